import { expect, test } from 'vitest';
import { coverageOf, stateOf } from './engine/coverage.ts';
import { loadSuite } from './engine/load.ts';
import { about, packageRoot } from './package.ts';

const coverage = coverageOf(loadSuite(packageRoot, about));

test('nothing of UpdateUserAttributes is open', () => {
  const { operations, errors, constraints, statements } = coverage;
  const items = [operations, errors, constraints, statements].flat();
  const open = items.filter((item) => item.on === 'UpdateUserAttributes' && stateOf(item) === 'open');
  expect(open.map(({ name }) => name)).toEqual([]);
});

test('no evidence and no operation is open', () => {
  const open = [...coverage.operations, ...coverage.evidence].filter((item) => stateOf(item) === 'open');
  expect(open.map(({ name }) => name)).toEqual([]);
});

test('every error and constraint of UpdateUserAttributes is listed', () => {
  const of = (items: { on?: string }[]): number => items.filter(({ on }) => on === 'UpdateUserAttributes').length;
  expect([of(coverage.errors), of(coverage.constraints)]).toEqual([20, 17]);
});
