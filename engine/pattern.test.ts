import { expect, test } from 'vitest';
import type { Json } from './case.ts';
import { claimsOf, compilePattern, unfold } from './pattern.ts';

const slot = (index: number) => ({ const: { $data: `/slots/${index}` } });
const uuid = { type: 'string', minLength: 36 };

test.each<[name: string, pattern: Json, schema: unknown, slots: Json[]]>([
  ['a literal', 'red', slot(0), ['red']],
  ['null', null, slot(0), [null]],
  ['an empty object', {}, { type: 'object', properties: {}, required: [] }, []],
  ['an empty array', [], { type: 'array', minItems: 0, maxItems: 0 }, []],
  ['an array', [1, true], { type: 'array', prefixItems: [slot(0), slot(1)], minItems: 2, maxItems: 2 }, [1, true]],
  ['$any', { $any: true }, true, []],
  ['$absent', { $absent: true }, false, []],
  ['$set', { $set: ['a', 'b'] }, { type: 'array', unordered: [slot(0), slot(1)] }, ['a', 'b']],
  ['$lines', { $lines: ['a'] }, { type: 'array', unordered: [slot(0)] }, ['a']],
  ['$is with a name', { $is: 'uuid' }, uuid, []],
  ['$is with a schema', { $is: { type: 'integer' } }, { type: 'integer' }, []],
  [
    'an object, where only what may be absent is not required',
    { a: 'x', b: { $any: true }, c: { $absent: true }, d: { $is: 'uuid' }, e: { $is: { minLength: 1 } } },
    {
      type: 'object',
      properties: { a: slot(0), b: true, c: false, d: uuid, e: { minLength: 1 } },
      required: ['a', 'd'],
    },
    ['x'],
  ],
])('%s compiles to a schema with its literals beside it', (_, pattern, schema, slots) => {
  expect(compilePattern(pattern, { uuid })).toEqual({ schema, slots });
});

test('equal shapes with other literals are the same schema', () => {
  const one = compilePattern({ Name: 'a', list: [1, { $set: ['x'] }] });
  const other = compilePattern({ Name: 'b', list: [2, { $set: ['y'] }] });
  expect(other.schema).toEqual(one.schema);
  expect([one.slots, other.slots]).toEqual([
    ['a', 1, 'x'],
    ['b', 2, 'y'],
  ]);
});

test('an unknown name for $is says which there are', () => {
  expect(() => compilePattern({ $is: 'uid' }, { uuid })).toThrow(new Error('no schema "uid" for $is; there are uuid'));
  expect(() => compilePattern({ $is: 'uid' })).toThrow(new Error('no schema "uid" for $is; there are none'));
});

const token = `h.${Buffer.from('{"sub":"7"}').toString('base64url')}.s`;

test.each<[name: string, pattern: Json, actual: Json | undefined, unfolded: Json | undefined]>([
  ['lines', { $lines: [] }, 'b\na\n', ['b', 'a']],
  ['a last empty line that is two', { $lines: [] }, 'a\n\n', ['a', '']],
  ['lines of no text', { $lines: [] }, 7, 7],
  ['claims', { $jwt: {} }, token, { sub: '7' }],
  ['no token', { $jwt: {} }, 'opaque', 'opaque'],
  ['claims inside', { list: [{ $jwt: {} }] }, { list: [token, 'more'] }, { list: [{ sub: '7' }, 'more'] }],
  ['nothing', { a: { $lines: [] } }, undefined, undefined],
  ['a member that is not there', { a: { $lines: [] } }, { b: 1 }, { b: 1 }],
  ['what no word reads', { a: 'x' }, { a: 'x\ny' }, { a: 'x\ny' }],
])('%s unfold only where the pattern reads them', (_, pattern, actual, unfolded) => {
  expect(unfold(pattern, actual)).toEqual(unfolded);
});

test('claims are read without a look at the signature', () => {
  expect(claimsOf(token)).toEqual({ sub: '7' });
  expect([claimsOf('opaque'), claimsOf(''), claimsOf('a.!.c')]).toEqual(['opaque', '', 'a.!.c']);
});
