import { expect, test } from 'vitest';
import type { Json } from './case.ts';
import { referencesIn, resolve, SuiteFault, Unset, type Compute } from './values.ts';

const scope = {
  unique: '1234567890',
  user: { sub: '7', Password: 'a$&b', flag: true },
  list: { Items: [{ Name: 'x' }] },
  answer: { echo: '${user.Password}' },
  row: {
    count: 3,
    list: [1, 2],
    nothing: null,
    token: { $token: 'expired', of: 'user' },
    long: { $repeat: ['ab', 3] },
    address: 'a-${unique}@example.com',
    deep: { inner: ['${user.sub}'] },
  },
};
const compute: Compute = ({ $token }) => (typeof $token === 'string' ? `made ${$token}` : undefined);

test.each<[name: string, value: Json, resolved: Json]>([
  ['a plain text', 'red', 'red'],
  ['null', null, null],
  ['a reference alone keeps its type', '${row.count}', 3],
  ['a list alone', '${row.list}', [1, 2]],
  ['true alone', '${user.flag}', true],
  ['a null alone', '${row.nothing}', null],
  ['a reference in a text', 'a-${unique}-${user.sub}', 'a-1234567890-7'],
  ['a number in a text', 'n${row.count}', 'n3'],
  ['two references and nothing else', '${user.sub}${user.sub}', '77'],
  ['an index', '${list.Items.0.Name}', 'x'],
  ['signs that mean something to replace()', 'x${user.Password}', 'xa$&b'],
  ['an unclosed reference', '${user.sub', '${user.sub'],
  ['a row value computed', { AccessToken: '${row.token}' }, { AccessToken: 'made expired' }],
  ['a row value with a reference', '${row.address}', 'a-1234567890@example.com'],
  ['a row value with a reference in a text', '<${row.address}>', '<a-1234567890@example.com>'],
  ['a row value repeated', '${row.long}', 'ababab'],
  ['a row value in a text', '-${row.long}-', '-ababab-'],
  ['a row value with parts', '${row.deep}', { inner: ['7'] }],
  ['a repeated text', { $repeat: ['x', 2049] }, 'x'.repeat(2049)],
  ['a repeated reference', { $repeat: ['${user.sub}', 2] }, '77'],
  ['a repeated text inside a list', [{ Value: { $repeat: ['é', 2] } }], [{ Value: 'éé' }]],
  ['an answer is never read for references', '${answer.echo}', '${user.Password}'],
  ['nor inside a text', 'it says ${answer.echo}', 'it says ${user.Password}'],
])('%s', (_, value, resolved) => {
  expect(resolve(value, scope, compute)).toEqual(resolved);
});

test('a computed value sees its members resolved', () => {
  const seen: Json[] = [];
  resolve({ $token: 'expired', claims: { sub: '${user.sub}' } }, scope, (value) => void seen.push({ ...value }));
  expect(seen).toEqual([{ sub: '7' }, { $token: 'expired', claims: { sub: '7' } }]);
});

test.each<[text: string, fault: typeof SuiteFault | typeof Unset]>([
  ['${nobody.sub}', SuiteFault],
  ['${toString}', SuiteFault],
  ['${row.none}', SuiteFault],
  ['a ${user.name}', Unset],
  ['${list.Items.1.Name}', Unset],
  ['${user.sub.length}', Unset],
  ['${user.toString}', Unset],
])('%s is not set: a fault of the suite where nobody sets it, and else of the target', (text, fault) => {
  const path = /\{(.+)\}/.exec(text)?.[1];
  const read = (): unknown => resolve({ deep: [text] }, scope);
  expect(read).toThrow(fault);
  expect(read).toThrow(new Error(`\${${path}} is not set`));
});

test('the value itself is left as it was', () => {
  const value = { list: ['${user.sub}'] };
  resolve(value, scope);
  expect(value).toEqual({ list: ['${user.sub}'] });
});

test('references are found wherever they stand', () => {
  expect(referencesIn({ a: ['x${unique}', { b: '${user.sub}' }], '${row.name}': 1 })).toEqual([
    'unique',
    'user.sub',
    'row.name',
  ]);
  expect(referencesIn(undefined)).toEqual([]);
});

test.each<[said: Json]>([
  [{ $any: true }],
  [{ $is: { $ref: 'http://127.0.0.1:9/schema.json' } }],
  [[{ Name: { $is: { pattern: '(a+)+$' } } }]],
])('what a target says never becomes a pattern: %j', (said) => {
  const found = { ...scope, saved: { said } };
  expect(() => resolve('${saved.said}', found, compute)).toThrow(Unset);
  expect(() => resolve({ Name: 'a ${saved.said}' }, found, compute)).toThrow(Unset);
});

test('what is no text stands in one as JSON, whatever it says of itself', () => {
  expect(resolve('a ${user}', { user: { toString: 1, valueOf: 1 } })).toBe('a {"toString":1,"valueOf":1}');
});
