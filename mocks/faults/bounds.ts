import { invalidParameter } from '../errors.ts';
import { bounded, inShape, on, type Fault } from '../fault.ts';
import type { Input } from '../inputs.ts';
import { misfit, type Attribute } from '../schema.ts';
import type { User } from '../state.ts';
import { updates } from './attributes.ts';
import { subjectOf, withAttributes } from './views.ts';

type Update = Input<(typeof updates)[number]>;

/** Writes as if the schema were another. */
export const seeing = (
  change: (attribute: Attribute, value: string | undefined, user: User) => Partial<Attribute>,
  names: readonly (typeof updates)[number][] = updates,
): Fault =>
  on(names, async (input, state, next) => {
    const subject = subjectOf(state, input);
    const view = withAttributes(state, subject?.pool, (attribute) =>
      subject ? change(attribute, valueOf(input, attribute.name), subject.user) : {},
    );
    return next(input, view);
  });

const valueOf = ({ UserAttributes }: Update, name: string): string | undefined =>
  UserAttributes.find(({ Name }) => Name === name)?.Value;

/** Refuses values that the schema has nothing against. */
const refusing = (unwanted: (attribute: Attribute, value: string) => boolean): Fault =>
  on(updates, async (input, state, next) => {
    const schema = subjectOf(state, input)?.pool.schema;
    for (const { Name, Value = '' } of input.UserAttributes) {
      const attribute = schema?.get(Name);
      if (attribute && unwanted(attribute, Value)) throw invalidParameter(`user.${Name}: Invalid value.\n`);
    }
    return next(input, state);
  });

/** Takes values that are not plain numbers, if some other reading of them fits the bounds. */
const reading = (read: (text: string) => number | undefined): Fault =>
  seeing((attribute, value = '') => {
    const number = read(value);
    const fits = number !== undefined && !misfit(attribute, String(number));
    return attribute.type === 'Number' && fits ? { type: 'String', min: undefined, max: undefined } : {};
  });

export const unbounded = { min: undefined, max: undefined };

export const isCustom = ({ name }: Attribute): boolean => name.startsWith('custom:');

/** What the types and bounds of a schema let through. */
export const bounds: Record<string, Fault> = {
  'never-checks-bounds': seeing(() => unbounded),
  'never-checks-types-or-bounds': seeing(() => ({ type: 'String', ...unbounded })),
  'holds-blanks-to-the-least-length': refusing(
    ({ type, min = 0 }, value) => type === 'String' && value === '' && min > 0,
  ),
  'never-checks-the-length-of-a-value': {
    ...seeing(({ type }) => (type === 'String' ? unbounded : {})),
    ...inShape(updates, ['UserAttributes', '[]', 'Value'], bounded({ max: Infinity })),
  },
  'takes-values-of-2049-characters': {
    ...seeing(({ max }) => (max === 2048 ? { max: 2049 } : {})),
    ...inShape(updates, ['UserAttributes', '[]', 'Value'], bounded({ max: 2049 })),
  },
  'never-checks-the-least-length': seeing(({ type }) => (type === 'String' ? { min: undefined } : {})),
  'never-checks-the-greatest-length': seeing(({ type }) => (type === 'String' ? { max: undefined } : {})),
  'least-length-is-one-less': seeing(({ type, min = 0 }) => (type === 'String' ? { min: min - 1 } : {})),
  'least-length-is-exclusive': seeing((attribute) =>
    isCustom(attribute) && attribute.type === 'String' ? { min: (attribute.min ?? -1) + 1 } : {},
  ),
  'greatest-length-is-one-more': seeing(({ type, max = Infinity }) => (type === 'String' ? { max: max + 1 } : {})),
  'greatest-length-is-exclusive': seeing(({ type, max = Infinity }) => (type === 'String' ? { max: max - 1 } : {})),
  'measures-strings-in-bytes': refusing(
    ({ type, max = Infinity }, value) => type === 'String' && new TextEncoder().encode(value).length > max,
  ),
  'measures-strings-in-utf-16-units': refusing(
    ({ type, max = Infinity }, value) => type === 'String' && value.length > max,
  ),
  'wants-two-characters-of-a-custom-string': refusing(
    (attribute, value) => isCustom(attribute) && attribute.type === 'String' && value.length === 1,
  ),
  'never-checks-the-greatest-number': seeing(({ type }) => (type === 'Number' ? { max: undefined } : {})),
  'takes-a-bound-of-zero-for-none': seeing(({ min }) => (min === 0 ? { min: undefined } : {})),
  'bounds-of-numbers-are-exclusive': refusing(
    ({ type, min, max }, value) => type === 'Number' && [min, max].includes(Number(value)),
  ),
  'bounds-of-numbers-are-one-wider': seeing(({ type, min = 0, max = Infinity }) =>
    type === 'Number' ? { min: min - 1, max: max + 1 } : {},
  ),
  'compares-numbers-as-texts': refusing(
    ({ type, min, max }, value) => type === 'Number' && (value < String(min ?? '') || value > String(max ?? '~')),
  ),
  'refuses-negative-numbers': refusing(({ type }, value) => type === 'Number' && value.startsWith('-')),
  'refuses-fractions': refusing(({ type }, value) => type === 'Number' && value.includes('.')),
  'reads-numbers-as-the-language-does': reading((text) => (Number.isNaN(Number(text)) ? undefined : Number(text))),
  'reads-numbers-from-the-left': reading((text) => (Number.isNaN(parseInt(text)) ? undefined : parseInt(text))),
  'takes-any-text-for-a-number': reading((text) => (Number.isNaN(Number(text)) ? 0 : Number(text))),
  'takes-any-text-for-a-boolean': seeing(({ type }) => (type === 'Boolean' ? { type: 'String' } : {})),
  'takes-false-for-nothing': refusing(({ type }, value) => type === 'Boolean' && value === 'false'),
  'writes-booleans-as-numbers': on(updates, async (input, state, next) => {
    const known = subjectOf(state, input)?.pool.schema;
    const isTruth = (name: string): boolean => name.startsWith('custom:') && known?.get(name)?.type === 'Boolean';
    const output = await next(input, state);
    for (const { Name, Value } of input.UserAttributes) {
      if (isTruth(Name)) subjectOf(state, input)?.user.attributes.set(Name, Value === 'true' ? '1' : '0');
    }
    return output;
  }),
};
