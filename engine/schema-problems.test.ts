import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import type { Json } from './case.ts';
import { schemaProblems } from './schema-problems.ts';

/** What is said of a value that does not fit a schema, each with its pointer. */
function said(schema: object, value: Json): string[] {
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false });
  const validate = ajv.compile(schema);
  validate(value);
  return schemaProblems('a.json', validate.errors ?? []).map(({ file, pointer, message }) => {
    expect(file).toBe('a.json');
    return `${pointer} ${message}`;
  });
}

const within = (schema: object): object => ({ properties: { a: schema } });
const members = { properties: { name: {}, title: {} }, additionalProperties: false };
const one = { oneOf: [{ required: ['call'] }, { required: ['request'] }] };
const steps = { anyOf: [{ required: ['steps'] }, { required: ['over', 'expect'] }] };

test.each<[name: string, schema: object, value: Json, lines: string[]]>([
  [
    'an unknown member',
    within(members),
    { a: { 'nam/e': 1 } },
    ['/a/nam~1e unknown member "nam/e"; allowed are name, title. Did you mean "name"?'],
  ],
  ['a member like none', members, { zzz: 1 }, ['/zzz unknown member "zzz"; allowed are name, title.']],
  ['a value of none', { enum: ['must', 'may', 3] }, 'mst', [' "mst" is none of must, may, 3. Did you mean "must"?']],
  ['a number of none', { enum: ['must', 3] }, 4, [' 4 is none of must, 3']],
  ['another value', within({ const: { b: 1 } }), { a: 2 }, ['/a 2 must be {"b":1}']],
  ['another form', { pattern: '^a+$' }, 'b', [' "b" does not match ^a+$']],
  ['nothing', { required: ['a', 'b'] }, { b: 1 }, [' lacks "a"']],
  ['a member alone', { dependentRequired: { a: ['b'] } }, { a: 1 }, ['/a "a" stands only beside "b"']],
  ['no items', { minItems: 2 }, [1], [' has 1 items; at least 2 must be there']],
  ['no members', { minProperties: 1 }, {}, [' has 0 members; at least 1 must be there']],
  ['a short text', { minLength: 3 }, 'ab', [' has 2 characters; at least 3 must be there']],
  ['a long text', { maxLength: 1 }, 'ab', [' has 2 characters; at most 1 are allowed']],
  ['many members', { maxProperties: 1 }, { a: 1, b: 2 }, [' has 2 members; at most 1 are allowed']],
  ['what may not be', within(false as never), { a: 1 }, ['/a does not stand here, beside what is there']],
  ['the same twice', { uniqueItems: true }, [1, 2, 1], [' items 0 and 2 are the same']],
  ['another type', { type: 'array' }, 'a', [' "a" must be array']],
  ['a small number', { minimum: 3 }, 2, [' 2 must be >= 3']],
  ['a text of 60 columns', { type: 'array' }, 'x'.repeat(58), [` "${'x'.repeat(58)}" must be array`]],
  ['a longer text', { type: 'array' }, 'x'.repeat(59), [` "${'x'.repeat(58)}… must be array`]],
  ['a name in another form', { propertyNames: { pattern: '^[a-z]+$' } }, { A: 1 }, ['/A "A" does not match ^[a-z]+$']],
  ['none of two members', within(one), { a: {} }, ['/a lacks "call" or "request"']],
  ['both of two members', one, { call: 1, request: 2 }, [' has "call" and "request"; one of them is allowed']],
  ['none of a member and a pair', steps, { expect: 1 }, [' lacks "steps" or "over" with "expect"']],
  ['another member beside', { ...one, required: ['id'] }, {}, [' lacks "call" or "request"', ' lacks "id"']],
  [
    'no type of several',
    within({ oneOf: [{ type: 'string' }, { type: 'array' }] }),
    { a: 5 },
    ['/a 5 is of no type that is allowed here'],
  ],
  [
    'one type of several, in another form',
    { anyOf: [{ type: 'string', pattern: '^a' }, { type: 'array' }] },
    'b',
    [' "b" does not match ^a'],
  ],
  [
    'one type of several, with an item in another form',
    { anyOf: [{ type: 'string' }, { type: 'array', items: { pattern: '^a' } }] },
    ['a', 'b'],
    ['/1 "b" does not match ^a'],
  ],
  [
    'a choice in a choice',
    { oneOf: [{ type: 'string' }, { oneOf: [{ type: 'array' }, { type: 'null' }] }] },
    5,
    [' 5 is of no type that is allowed here', ' 5 is of no type that is allowed here'],
  ],
  ['a branch', { if: { required: ['a'] }, then: { required: ['b'] } }, { a: 1 }, [' lacks "b"']],
])('%s is told in one line', (_, schema, value, lines) => {
  expect(said(schema, value)).toEqual(lines);
});
