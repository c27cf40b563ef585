import type { Input } from './inputs.ts';

export interface Attribute {
  name: string;
  type: 'String' | 'Number' | 'DateTime' | 'Boolean';
  mutable: boolean;
  required: boolean;
  developerOnly: boolean;
  /** Of a String the length in characters, of a Number the value. */
  min?: number | undefined;
  max?: number | undefined;
}

type Definition = NonNullable<Input<'CreateUserPool'>['Schema']>[number];

const plain = { type: 'String', mutable: true, required: false, developerOnly: false } as const;

const standard: Attribute[] = [
  { ...plain, name: 'sub', mutable: false, required: true, min: 1, max: 2048 },
  ...'name given_name family_name middle_name nickname preferred_username profile picture website email gender'
    .split(' ')
    .map((name) => ({ ...plain, name, min: 0, max: 2048 })),
  { ...plain, name: 'email_verified', type: 'Boolean' },
  { ...plain, name: 'birthdate', min: 10, max: 10 },
  ...'zoneinfo locale phone_number address'.split(' ').map((name) => ({ ...plain, name, min: 0, max: 2048 })),
  { ...plain, name: 'phone_number_verified', type: 'Boolean' },
  { ...plain, name: 'updated_at', type: 'Number', min: 0 },
];

/** The standard attributes, with what a pool's `Schema` says of them, and its custom ones. */
export function createSchema(definitions: Definition[]): Map<string, Attribute> {
  const schema = new Map(standard.map((attribute) => [attribute.name, attribute]));
  for (const definition of definitions) {
    const base = schema.get(definition.Name);
    const attribute = base ? redefined(base, definition) : custom(definition);
    schema.set(attribute.name, attribute);
  }
  return schema;
}

/** Custom attributes bear a prefix on the wire; those that only developers may write bear two. */
export function custom(definition: Definition): Attribute {
  const developerOnly = definition.DeveloperOnlyAttribute ?? false;
  return redefined(
    { ...plain, developerOnly, name: `${developerOnly ? 'dev:' : ''}custom:${definition.Name}` },
    definition,
  );
}

function redefined(base: Attribute, definition: Definition): Attribute {
  const { StringAttributeConstraints: length, NumberAttributeConstraints: range } = definition;
  return {
    ...base,
    type: (definition.AttributeDataType as Attribute['type'] | undefined) ?? base.type,
    mutable: definition.Mutable ?? base.mutable,
    required: definition.Required ?? base.required,
    min: bound(length?.MinLength ?? range?.MinValue) ?? base.min,
    max: bound(length?.MaxLength ?? range?.MaxValue) ?? base.max,
  };
}

const bound = (text: string | undefined) => (text === undefined ? undefined : Number(text));

/** Why a value does not fit its attribute; undefined if it does. */
export function misfit({ type, min = -Infinity, max = Infinity }: Attribute, value: string): string | undefined {
  if (type === 'Boolean' && !/^(true|false)$/i.test(value)) return 'Attribute value must be true or false';
  if (type === 'Number') {
    if (!/^-?\d+(\.\d+)?$/.test(value)) return 'Attribute value must be a number';
    const number = Number(value);
    if (number < min) return `Number must be no less than ${min}`;
    if (number > max) return `Number must be no greater than ${max}`;
  }
  if (type === 'String') {
    const length = [...value].length;
    if (length < min) return `String must be no shorter than ${min} characters`;
    if (length > max) return `String must be no longer than ${max} characters`;
  }
  return undefined;
}

/** An attribute as DescribeUserPool shows it. */
export function describeAttribute({ name, type, mutable, required, developerOnly, min, max }: Attribute) {
  return {
    Name: name,
    AttributeDataType: type,
    DeveloperOnlyAttribute: developerOnly,
    Mutable: mutable,
    Required: required,
    ...(type === 'String' && {
      StringAttributeConstraints: { MinLength: min?.toString(), MaxLength: max?.toString() },
    }),
    ...(type === 'Number' && { NumberAttributeConstraints: { MinValue: min?.toString(), MaxValue: max?.toString() } }),
  };
}
