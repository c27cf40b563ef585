import { expect, test } from 'vitest';
import { succeed } from './successors.ts';
import type { Suite } from './suite.ts';

const suite = {
  cases: [{ id: 'a/now' }, { id: 'a/other' }],
  retired: {
    'a/before': { reason: 'it was two', successor: 'a/now' },
    'a/too': { reason: 'it was three', successor: 'a/now' },
    'a/late': { reason: 'it was twice', successor: 'a/other' },
    'a/gone': { reason: 'it was wrong' },
  },
} as unknown as Suite;

const entry = (id: string) => ({ id, reason: `reason of ${id}`, issue: '#7', fingerprint: '1: x' });
const of = (...ids: string[]) => ({ formatVersion: 1 as const, about: 'Known.', failures: ids.map(entry) });

test('an entry of a retired case moves to its successor, in its place, with its reason and issue', () => {
  const { baseline, moved, dropped } = succeed(of('a/before', 'a/other'), suite);
  expect(baseline.failures).toEqual([{ ...entry('a/before'), id: 'a/now' }, entry('a/other')]);
  expect([[...moved], dropped]).toEqual([[['a/now', 'a/before']], []]);
});

test('an entry without a successor, or whose successor has one already, is dropped', () => {
  const { baseline, moved, dropped } = succeed(of('a/before', 'a/too', 'a/late', 'a/gone', 'a/other'), suite);
  expect(baseline.failures.map(({ id }) => id)).toEqual(['a/now', 'a/other']);
  expect([[...moved], dropped]).toEqual([[['a/now', 'a/before']], ['a/too', 'a/late', 'a/gone']]);
});

test('an id that nobody knows is left, and a pass of a case that is gone forgotten', () => {
  const older = { ...of('a/nothing'), passes: ['a/gone', 'a/now'] };
  expect(succeed(older, suite)).toEqual({
    baseline: { ...of('a/nothing'), passes: ['a/now'] },
    moved: new Map(),
    dropped: [],
  });
});
