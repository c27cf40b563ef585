import { expect, test } from 'vitest';
import { locationOf, placesIn } from './location.ts';
import { loadSuite } from '../../engine/load.ts';
import { about, packageRoot } from '../../package.ts';

test('every value of a JSON text is found by its pointer', () => {
  const text = '{\n  "a": [1, { "b/c": "x,{\\"", "~": [] }],\n  "d": {}, "e": null\n}\n';
  const places = [...placesIn('a.json', text)].map(([pointer, { line, column }]) => `${pointer} ${line}:${column}`);
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

test('every case and every row has a place of its own, and every step stands below its case', () => {
  const { cases } = loadSuite(packageRoot, about);
  const places = cases.map((one) => Object.values(locationOf(one)).join(':'));
  expect(new Set(places).size).toBe(cases.length);
  const above = cases.filter((one) => !one.row && locationOf(one, 0).line <= locationOf(one).line);
  expect(above).toEqual([]);
});
