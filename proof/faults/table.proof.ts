import { expect, test } from 'vitest';
import { faults } from '../../mocks/faults.ts';
import { rowsOf, suite } from '../faulty-mock.ts';
import { entries, table } from './table.ts';

/** A fault that more than a tenth of the cases find says little of any of them. */
const MANY = suite.cases.length / 10;

test(`${Object.keys(faults).length} faults are named, each with what it does`, () => {
  expect(Object.keys(faults).length).toBeGreaterThanOrEqual(120);
  expect(Object.values(table).flatMap(Object.keys).sort()).toEqual(Object.keys(faults).sort());
});

test('the table names cases that there are', () => {
  const ids = Object.values(entries).flatMap(({ cases }) => cases);
  expect(ids.filter((id) => rowsOf(id).length === 0)).toEqual([]);
});

test(`each of ${suite.cases.length} cases finds a fault that at most a tenth of them find`, () => {
  const finders = Object.values(entries)
    .map(({ cases }) => cases.flatMap(rowsOf))
    .filter(({ length }) => length <= MANY);
  const found = new Set(finders.flat());
  expect(suite.cases.filter((one) => !found.has(one)).map(({ id }) => id)).toEqual([]);
});
