import { expect, test } from 'vitest';
import { locationOf } from './location.ts';
import { loadSuite } from '../../engine/load.ts';
import { about, packageRoot } from '../../package.ts';

test('every case and every row has a place of its own, and every step stands below its case', () => {
  const { cases } = loadSuite(packageRoot, about);
  const places = cases.map((one) => Object.values(locationOf(one)).join(':'));
  expect(new Set(places).size).toBe(cases.length);
  const above = cases.filter(
    (one) => !one.row && one.steps.length > 0 && locationOf(one, 0).line <= locationOf(one).line,
  );
  expect(above).toEqual([]);
});
