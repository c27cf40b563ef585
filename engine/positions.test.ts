import { expect, test } from 'vitest';
import { layoutOf, positionIn, repeatsNames, syntaxErrorIn } from './positions.ts';

test('every value of a JSON text is found by its pointer', () => {
  const text = '{\n  "a": [1, { "b/c": "x,{\\"", "~": [] }],\n  "d": {}, "e": null\n}\n';
  const places = [...layoutOf(text).positions].map(([pointer, { line, column }]) => `${pointer} ${line}:${column}`);
  expect(places).toEqual([
    ' 1:1',
    '/a 2:8',
    '/a/0 2:9',
    '/a/1 2:12',
    '/a/1/b~1c 2:21',
    '/a/1/~0 2:35',
    '/d 3:8',
    '/e 3:17',
  ]);
});

test('what is not there stands where its holder does', () => {
  const layout = layoutOf('{\n  "a": [1]\n}');
  const at = (pointer: string) => Object.values(positionIn(layout, pointer)).join(':');
  expect(['/a/0', '/a/7/b', '/none', ''].map(at)).toEqual(['2:9', '2:8', '1:1', '1:1']);
});

test('a name that one object has twice is found where it stands again', () => {
  const text = '{\n  "a": { "b": 1,\n "\\u0062": "x\\":" },\n "b": [{ "a": 1 }, { "a": 2 }] }';
  expect(repeatsNames(text, JSON.parse(text))).toBe(true);
  expect(layoutOf(text).repeated).toEqual([{ pointer: '/a/b', name: 'b', position: { line: 3, column: 2 } }]);
  const fine = text.replace('\\u0062', 'c');
  expect([repeatsNames(fine, JSON.parse(fine)), layoutOf(fine).repeated]).toEqual([false, []]);
});

test.each([
  ['{"cases": [,]}', '1:12 value expected, found ","'],
  ['{\n "a": 1,\n}', '3:1 property name expected, found "}"'],
  ['{"a" 1}', '1:6 colon expected, found "1"'],
  ['[1,2', '1:5 close bracket expected, found the end'],
  ['', '1:1 value expected, found the end'],
  ['{"a": 1} x', '1:10 invalid symbol, found "x"'],
  ['{"a": 1} // b', '1:10 invalid comment token, found "// b"'],
  ["{'a': 1}", '1:2 invalid symbol, found "\'a\'"'],
])('what is wrong with %s is told with its place', (text, said) => {
  const { line, column, message } = syntaxErrorIn(text);
  expect(() => JSON.parse(text) as unknown).toThrow();
  expect(`${line}:${column} ${message}`).toBe(said);
});

test('a text without a value has one place, and a value after a line of nothing its own', () => {
  expect([positionIn(layoutOf(''), '/a'), positionIn(layoutOf('\n {}'), '/a')]).toEqual([
    { line: 1, column: 1 },
    { line: 2, column: 2 },
  ]);
});

test.each([
  ['null', false],
  ['[null, {"a": null}]', false],
  ['{"a" : 1, "b": ["c"]}', false],
  ['{"a" : 1, "a" : 2}', true],
  ['[":", "a:"]', false],
  ['["a", ":b"]', false],
])('%s names a member twice: %s', (text, twice) => {
  expect(repeatsNames(text, JSON.parse(text))).toBe(twice);
});
