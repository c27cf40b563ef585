import { expect, test } from 'vitest';
import { readAnswer } from './answer.ts';
import type { Json } from './case.ts';
import { createMatch } from './match.ts';
import type { Caller } from './caller.ts';
import { attributesIn, compareAttributes, observe } from './observation.ts';
import type { Session } from './session.ts';

const match = createMatch();
const before = new Map([
  ['sub', '7'],
  ['email', 'a@example.com'],
]);
const after = (changes: Record<string, string | null>): Map<string, string> => {
  const all = new Map(before);
  for (const [name, value] of Object.entries(changes)) value === null ? all.delete(name) : all.set(name, value);
  return all;
};

test.each<
  [name: string, after: Map<string, string>, changes: Parameters<typeof compareAttributes>[2], differences: unknown[]]
>([
  ['nothing', after({}), {}, []],
  ['what was said', after({ email: 'b@example.com', name: 'B' }), { email: 'b@example.com', name: 'B' }, []],
  ['a value that fits a pattern', after({ name: 'B' }), { name: { $is: { type: 'string', pattern: '^B$' } } }, []],
  ['what is said to be gone', after({ email: null }), { email: null }, []],
  ['what is not asserted', after({ email: null, name: 'x' }), { email: { $any: true }, name: { $any: true } }, []],
  [
    'something that was to stay',
    after({ email: 'b@example.com' }),
    {},
    [{ attribute: 'email', fate: 'altered', expected: 'a@example.com', actual: 'b@example.com' }],
  ],
  ['something new', after({ name: 'B' }), {}, [{ attribute: 'name', fate: 'added', expected: undefined, actual: 'B' }]],
  [
    'something lost',
    after({ sub: null }),
    {},
    [{ attribute: 'sub', fate: 'removed', expected: '7', actual: undefined }],
  ],
  [
    'nothing where something was to',
    after({}),
    { email: 'b@example.com' },
    [{ attribute: 'email', fate: 'kept', expected: 'b@example.com', actual: 'a@example.com' }],
  ],
  [
    'no removal',
    after({}),
    { email: null },
    [{ attribute: 'email', fate: 'kept', expected: undefined, actual: 'a@example.com' }],
  ],
  ['no addition', after({}), { name: 'B' }, [{ attribute: 'name', fate: 'kept', expected: 'B', actual: undefined }]],
  [
    'an addition of another value',
    after({ name: 'C' }),
    { name: 'B' },
    [{ attribute: 'name', fate: 'added', expected: 'B', actual: 'C' }],
  ],
  [
    'an empty value for none',
    after({ name: '' }),
    {},
    [{ attribute: 'name', fate: 'added', expected: undefined, actual: '' }],
  ],
])('%s changes', (_, now, changes, differences) => {
  expect(compareAttributes(before, now, changes, match)).toEqual(differences);
});

test.each<[name: string, before: Json, after: Json, fates: string[]]>([
  ['a value that stays null', null, null, []],
  ['null for a value', 'x', null, ['altered']],
  ['a value for null', null, 'x', ['altered']],
  ['another value after one that looks like a pattern', { $any: true }, 'x', ['altered']],
  ['another value after one that looks like a schema', { $is: { type: 'string' } }, 'x', ['altered']],
  ['a value that looks like a pattern, and stays', { $any: true }, { $any: true }, []],
  ['a name listed twice that is listed once', ['x', 'x'], 'x', ['altered']],
])('%s is compared as it came', (_, one, other, fates) => {
  const found = compareAttributes(new Map([['name', one]]), new Map([['name', other]]), {}, match);
  expect(found.map(({ fate }) => fate)).toEqual(fates);
});

test.each(['constructor', 'toString', '__proto__'])('an attribute named %s is one like any other', (name) => {
  const listed = (value: string): Map<string, string> => new Map([[name, value]]);
  expect(compareAttributes(listed('x'), listed('x'), {}, match)).toEqual([]);
  expect(compareAttributes(listed('x'), listed('y'), {}, match)).toEqual([
    { attribute: name, fate: 'altered', expected: 'x', actual: 'y' },
  ]);
});

test.each<[body: unknown, attributes: [string, unknown][]]>([
  [{ UserAttributes: [{ Name: 'a', Value: '1' }] }, [['a', '1']]],
  [
    {
      UserAttributes: [
        { Name: 'a', Value: '1' },
        { Name: 'a', Value: '2' },
      ],
    },
    [['a', ['1', '2']]],
  ],
  [
    {
      UserAttributes: [
        { Name: 'a', Value: '1' },
        { Name: 'a', Value: '1' },
      ],
    },
    [['a', ['1', '1']]],
  ],
  [
    { UserAttributes: [{ Name: 'a' }, { Name: 'b', Value: true }] },
    [
      ['a', null],
      ['b', true],
    ],
  ],
  [{ UserAttributes: ['a', null] }, []],
  [{ UserAttributes: {} }, []],
  [{}, []],
  [[], []],
])('%j shows these attributes', (body, attributes) => {
  expect([...attributesIn(readAnswer({ status: 200, headers: [], body: JSON.stringify(body) }))]).toEqual(attributes);
});

/** A user as a target shows it. */
function observing(status: number, body: unknown, lacks = false) {
  const asked: unknown[] = [];
  const caller = {
    call: async (...given: unknown[]) => {
      asked.push(given);
      return readAnswer({ status, headers: [], body: JSON.stringify(body) });
    },
  } as unknown as Caller;
  const support = { lacks: async (operation: string) => lacks && operation === 'AdminGetUser' };
  return { asked, seen: observe('pool', 'ada', { support, target: {} } as unknown as Session, caller) };
}

test('a user is observed by an administrator', async () => {
  const { asked, seen } = observing(200, { UserAttributes: [{ Name: 'a', Value: '1' }] });
  expect([...(await seen)]).toEqual([['a', '1']]);
  expect(asked).toEqual([
    ['AdminGetUser', { UserPoolId: 'pool', Username: 'ada' }, { role: 'observation', signed: true }],
  ]);
});

test('a user that cannot be read, and a target that shows none', async () => {
  await expect(observing(400, { __type: 'UserNotFoundException' }).seen).rejects.toThrow(
    'AdminGetUser answered 400 UserNotFoundException',
  );
  await expect(observing(200, { __type: 'Bad' }).seen).rejects.toThrow('AdminGetUser answered 200 holding Bad');
  await expect(observing(400, {}, true).seen).rejects.toMatchObject({
    verdict: 'skip',
    cause: 'attributes cannot be observed: AdminGetUser is not implemented',
  });
});

test('differences stand by name', () => {
  const found = compareAttributes(
    new Map([
      ['c', '1'],
      ['a', '1'],
    ]),
    new Map([['b', '1']]),
    { d: '1' },
    match,
  );
  expect(found.map(({ attribute, fate }) => `${attribute} ${fate}`)).toEqual([
    'a removed',
    'b added',
    'c removed',
    'd kept',
  ]);
});

test('$any asserts nothing of a value that changed', () => {
  const both = (value: Json): Map<string, Json> => new Map([['name', value]]);
  expect(compareAttributes(both('x'), both({ a: 1 }), { name: { $any: true } }, match)).toEqual([]);
});

test('a name that comes a hundred thousand times holds one list, and what is no text is named by its JSON', () => {
  const again = Array.from({ length: 1e5 }, (_, nth) => ({ Name: 'email', Value: `${nth}` }));
  const strange = { Name: { toString: 1, valueOf: 1 }, Value: 'x' };
  const body = JSON.stringify({ UserAttributes: [...again, strange] });
  const found = attributesIn(readAnswer({ status: 200, headers: [], body }));
  expect((found.get('email') as Json[]).slice(0, 3)).toEqual(['0', '1', '2']);
  expect((found.get('email') as Json[]).length).toBe(1e5);
  expect(found.get('{"toString":1,"valueOf":1}')).toBe('x');
  expect(compareAttributes(new Map(), found, {}, match).length).toBe(2);
});
