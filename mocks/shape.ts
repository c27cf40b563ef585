/** What the members of an input are: data that `decode.ts` and `validate.ts` walk, and from which their types follow. */
export type Shape = TextShape | IntegerShape | BooleanShape | MapShape | ListShape | StructureShape;

export interface Bounds {
  min?: number;
  max?: number;
  pattern?: string;
  oneOf?: readonly string[];
  /** Its value is never quoted in an error. */
  sensitive?: true;
}

export interface TextShape extends Bounds {
  kind: 'text';
}
export interface IntegerShape {
  kind: 'integer';
}
export interface BooleanShape {
  kind: 'boolean';
}
/** From text to text. */
export interface MapShape {
  kind: 'map';
}
export interface ListShape<Member = Shape> {
  kind: 'list';
  member: Member;
  /** The least and the greatest number of members. */
  min?: number;
  max?: number;
}
export interface StructureShape<Members = Readonly<Record<string, Shape | Present<Shape>>>> {
  kind: 'structure';
  members: Members;
}

/** A member that may not be absent. */
export type Present<S> = S & { required: true };

export type Value<S> = S extends TextShape
  ? string
  : S extends IntegerShape
    ? number
    : S extends BooleanShape
      ? boolean
      : S extends MapShape
        ? Record<string, string>
        : S extends ListShape<infer Member>
          ? Value<Member>[]
          : S extends StructureShape<infer Members>
            ? MemberValues<Members>
            : never;

type MemberValues<Members> = {
  [Name in keyof Members as Members[Name] extends { required: true } ? Name : never]: Value<Members[Name]>;
} & {
  [Name in keyof Members as Members[Name] extends { required: true } ? never : Name]?: Value<Members[Name]> | undefined;
};

export const integer: IntegerShape = { kind: 'integer' };
export const boolean: BooleanShape = { kind: 'boolean' };
export const map: MapShape = { kind: 'map' };
export const text = (bounds: Bounds = {}): TextShape => ({ kind: 'text', ...bounds });
export const oneOf = (...values: string[]): TextShape => ({ kind: 'text', oneOf: values });
export const list = <Member extends Shape>(
  member: Member,
  bounds: Pick<ListShape, 'min' | 'max'> = {},
): ListShape<Member> => ({ kind: 'list', member, ...bounds });
export const structure = <Members extends Readonly<Record<string, Shape>>>(
  members: Members,
): StructureShape<Members> => ({ kind: 'structure', members });
export const required = <S extends Shape>(shape: S): Present<S> => ({ ...shape, required: true });
