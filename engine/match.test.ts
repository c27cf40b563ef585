import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test, vi } from 'vitest';
import type { Json } from './case.ts';
import { createMatch, type Match } from './match.ts';

/** Made anew for every pair, so that nothing of one is left for the next. */
const match: Match = (pattern, actual) =>
  createMatch({ uuid: { type: 'string', pattern: '^[0-9a-f-]{36}$' } })(pattern, actual);
const token = (claims: Json): string => `h.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.s`;

test.each<[name: string, pattern: Json, actual: Json | undefined]>([
  ['an equal text', 'red', 'red'],
  ['an equal number', 0, 0],
  ['null', null, null],
  ['an object with more members', { a: 1 }, { a: 1, b: 2 }],
  ['an array', [1, { a: 2 }], [1, { a: 2, b: 3 }]],
  ['an empty array', [], []],
  ['a set in another order', { $set: ['a', 'b'] }, ['b', 'a']],
  ['a set of objects', { $set: [{ n: 'a' }, { n: 'b' }] }, [{ n: 'b', v: 1 }, { n: 'a' }]],
  ['a set whose first choice is not the only one', { $set: [{ $any: true }, 'a'] }, ['a', 'b']],
  ['a set of equals', { $set: ['a', 'a'] }, ['a', 'a']],
  ['an empty set', { $set: [] }, []],
  ['a set in a set', { $set: [{ $set: ['a', 'b'] }, { $set: ['c'] }] }, [['c'], ['b', 'a']]],
  ['lines in another order', { $lines: ['one', 'two'] }, 'two\none\n'],
  ['lines of a pattern', { $lines: [{ $is: { type: 'string', pattern: '^o' } }] }, 'one'],
  ['$absent of a member', { a: { $absent: true } }, {}],
  ['$absent of everything', { $absent: true }, undefined],
  ['$any of a member', { a: { $any: true } }, { a: null }],
  ['$any of a member that is not there', { a: { $any: true } }, {}],
  ['$any of nothing at all', { $any: true }, undefined],
  ['claims', { $jwt: { sub: '7' } }, token({ sub: '7', exp: 1 })],
  ['lines of a claim', { $jwt: { text: { $lines: ['a', 'b'] } } }, token({ text: 'b\na' })],
  ['$is by name', { $is: 'uuid' }, '01234567-89ab-cdef-0123-456789abcdef'],
  ['$is by schema', { $is: { type: 'integer', minimum: 3 } }, 3],
  ['$is by a schema whose types stand further in', { $is: { items: { minimum: 3 }, required: ['a'] } }, [3]],
  ['$is by a schema of a list that goes on', { $is: { type: 'array', prefixItems: [{ const: 1 }] } }, [1, 2]],
  ['$is by a schema of two types', { $is: { type: ['string', 'number'], minimum: 3 } }, 'a'],
  ['a list with an item that fits', { $is: { type: 'array', contains: { const: 2 } } }, [1, 2]],
  ['a member named as one of every object', { constructor: 'a', toString: 'b' }, { constructor: 'a', toString: 'b' }],
  ['a literal that looks like a reference', '/slots/0', '/slots/0'],
])('%s matches', (_, pattern, actual) => {
  expect(match(pattern, actual)).toEqual([]);
});

test.each<[name: string, pattern: Json, actual: Json | undefined, differences: unknown[]]>([
  [
    'another text',
    'red',
    'blue',
    [{ path: '', keyword: 'const', message: 'is another value', expected: 'red', actual: 'blue' }],
  ],
  [
    'a text for a number',
    1,
    '1',
    [{ path: '', keyword: 'const', message: 'is another value', expected: 1, actual: '1' }],
  ],
  ['nothing', 'red', undefined, [{ path: '', keyword: 'required', message: 'is absent' }]],
  ['a missing member', { a: { b: 1 } }, { a: {} }, [{ path: '/a/b', keyword: 'required', message: 'is absent' }]],
  [
    'a missing member with a slash',
    { 'a/b~': 1 },
    {},
    [{ path: '/a~1b~0', keyword: 'required', message: 'is absent' }],
  ],
  [
    'a member of another value',
    { a: { 'b/c': 1 } },
    { a: { 'b/c': 2 } },
    [{ path: '/a/b~1c', keyword: 'const', message: 'is another value', expected: 1, actual: 2 }],
  ],
  [
    'an item too many',
    [1],
    [1, 2],
    [{ path: '', keyword: 'maxItems', message: 'must NOT have more than 1 items', actual: [1, 2] }],
  ],
  [
    'an item too few',
    [1, 2],
    [1],
    [{ path: '', keyword: 'minItems', message: 'must NOT have fewer than 2 items', actual: [1] }],
  ],
  [
    'items in another order',
    [1, 2],
    [2, 1],
    [
      { path: '/0', keyword: 'const', message: 'is another value', expected: 1, actual: 2 },
      { path: '/1', keyword: 'const', message: 'is another value', expected: 2, actual: 1 },
    ],
  ],
  ['no object', { a: 1 }, [], [{ path: '', keyword: 'type', message: 'must be object', actual: [] }]],
  ['no array', [1], {}, [{ path: '', keyword: 'type', message: 'must be array', actual: {} }]],
  [
    'a member that must not be',
    { a: { $absent: true } },
    { a: null },
    [{ path: '/a', keyword: 'absent', message: 'is there and must be absent', actual: null }],
  ],
  [
    'what must be absent',
    { $absent: true },
    'x',
    [{ path: '', keyword: 'absent', message: 'is there and must be absent', actual: 'x' }],
  ],
  [
    'no uuid',
    { $is: 'uuid' },
    'x',
    [{ path: '', keyword: 'pattern', message: 'must match pattern "^[0-9a-f-]{36}$"', actual: 'x' }],
  ],
  ['a schema', { n: { $is: { type: 'integer' } } }, {}, [{ path: '/n', keyword: 'required', message: 'is absent' }]],
  [
    'none of an enum',
    { $is: { enum: ['a', 'b'] } },
    'c',
    [{ path: '', keyword: 'enum', message: 'is none of the allowed values', expected: ['a', 'b'], actual: 'c' }],
  ],
  [
    'a member named as what is compared',
    { actual: { actual: 1 } },
    { actual: { actual: 2 } },
    [{ path: '/actual/actual', keyword: 'const', message: 'is another value', expected: 1, actual: 2 }],
  ],
  [
    'a missing member further in, of that name',
    { a: { actual: 1 } },
    { a: {} },
    [{ path: '/a/actual', keyword: 'required', message: 'is absent' }],
  ],
  [
    'a list without the item that it is to hold',
    { List: { $is: { type: 'array', contains: { type: 'string', const: 'c' } } }, Other: 1 },
    { List: ['a', 7], Other: 2 },
    [
      {
        path: '/List',
        keyword: 'contains',
        message: 'has no item that fits',
        expected: { type: 'string', const: 'c' },
        actual: ['a', 7],
      },
      { path: '/Other', keyword: 'const', message: 'is another value', expected: 1, actual: 2 },
    ],
  ],
  [
    'what a branch of a schema wants',
    { $is: { type: 'object', if: { required: ['a'] }, then: { required: ['b'] } } },
    { a: 1 },
    [{ path: '/b', keyword: 'required', message: 'is absent' }],
  ],
  [
    'a branch that nothing fits',
    { $is: { type: 'object', if: { required: ['a'] }, then: false } },
    { a: 1 },
    [{ path: '', keyword: 'absent', message: 'is there and must be absent', actual: { a: 1 } }],
  ],
  [
    'two literals of a set',
    { $set: ['a', 'b'] },
    ['a', 'c'],
    [
      {
        path: '/1',
        keyword: 'unordered',
        message: 'is none of the expected items',
        expected: ['a', 'b'],
        actual: ['a', 'c'],
      },
      { path: '', keyword: 'unordered', message: 'lacks expected item 2', expected: ['a', 'b'], actual: ['a', 'c'] },
    ],
  ],
  [
    'another claim',
    { $jwt: { sub: '7' } },
    token({ sub: '8' }),
    [{ path: '/sub', keyword: 'const', message: 'is another value', expected: '7', actual: '8' }],
  ],
  [
    'no token',
    { $jwt: { sub: '7' } },
    'opaque',
    [{ path: '', keyword: 'type', message: 'must be object', actual: 'opaque' }],
  ],
])('%s differs', (_, pattern, actual, differences) => {
  expect(match(pattern, actual)).toEqual(differences);
});

test.each<[name: string, pattern: Json, actual: Json, places: [path: string, message: string][]]>([
  ['a missing one', { $set: ['a', 'b'] }, ['a'], [['', 'lacks expected item 2']]],
  ['an extra one', { $set: ['a'] }, ['x', 'a'], [['/0', 'is none of the expected items']]],
  [
    'a duplicate',
    { $set: ['a', 'b'] },
    ['a', 'a'],
    [
      ['/1', 'is none of the expected items'],
      ['', 'lacks expected item 2'],
    ],
  ],
  ['one too often', { $set: ['a'] }, ['a', 'a'], [['/1', 'is none of the expected items']]],
  ['no array', { $set: ['a'] }, 'a', [['', 'must be array']]],
  ['an unexpected line', { $lines: ['one'] }, 'one\ntwo', [['/1', 'is none of the expected items']]],
  ['a missing line', { $lines: ['one', 'two'] }, 'two\n', [['', 'lacks expected item 1']]],
  ['a set further in', { list: { $set: ['a'] } }, { list: [] }, [['/list', 'lacks expected item 1']]],
])('%s of a set differs at its place', (_, pattern, actual, places) => {
  expect(match(pattern, actual).map(({ path, message }) => [path, message])).toEqual(places);
});

test('equal shapes compile once, whatever their literals', () => {
  const compile = vi.spyOn(Ajv2020.prototype, 'compile');
  const own = createMatch();
  expect(own({ Name: 'a', list: [1] }, { Name: 'a', list: [1] })).toEqual([]);
  const once = compile.mock.calls.length;
  for (const name of ['b', 'c', 'd']) expect(own({ Name: name, list: [2] }, { Name: name, list: [2] })).toEqual([]);
  expect([once, compile.mock.calls.length]).toEqual([1, 1]);
  own({ Name: 'a', list: [1, 2] }, {});
  expect(compile).toHaveBeenCalledTimes(2);
  compile.mockRestore();
});

test('a set compares by its own literals although its shape is shared', () => {
  expect(match({ $set: [{ n: 'a' }] }, [{ n: 'a' }])).toEqual([]);
  expect(match({ $set: [{ n: 'b' }] }, [{ n: 'a' }])).toHaveLength(2);
  expect(match({ $set: [{ n: 'b' }] }, [{ n: 'b' }])).toEqual([]);
});
