import { expect, test } from 'vitest';
import { createPruning } from './pruning.ts';
import { differing, result } from './result.test-data.ts';

const entry = (id: string, fingerprint = '1: x') => ({ id, reason: `reason of ${id}`, fingerprint });
const baseline = { formatVersion: 1 as const, about: 'Known.', failures: [entry('b/two'), entry('a/one')] };
const against = { version: undefined, strict: false, whole: true };

test('what passes now is a pass, and its entry is gone; others stay as they are, in their order', () => {
  const pruning = createPruning({ baseline: { ...baseline, passes: ['z/last'] }, moved: new Map(), dropped: [] });
  expect(pruning.judge(result('a/one', 'pass'), against)).toEqual(result('a/one', 'pass'));
  expect(pruning.judge(differing('b/two', '1: x'), against).verdict).toBe('known');
  expect(pruning.fixed).toEqual(['a/one']);
  expect(pruning.pruned()).toEqual({ ...baseline, failures: [entry('b/two')], passes: ['a/one', 'z/last'] });
});

test('what differs otherwise, is skipped or was not run keeps its entry', () => {
  const pruning = createPruning({ baseline, moved: new Map(), dropped: [] });
  expect(pruning.judge(differing('a/one', '1: y'), against).verdict).toBe('changed');
  expect(pruning.judge(result('b/two', 'skip'), against).verdict).toBe('skip');
  expect(pruning.pruned()).toEqual(baseline);
});

test('an entry that moved takes the fingerprint of its new case, and goes where that passes', () => {
  const moved = new Map([
    ['b/two', 'b/before'],
    ['a/one', 'a/before'],
  ]);
  const pruning = createPruning({ baseline, moved, dropped: [] });
  expect(pruning.judge(differing('b/two', '1: y'), against)).toMatchObject({
    verdict: 'known',
    reason: 'reason of b/two',
  });
  expect(pruning.judge(result('a/one', 'pass'), against).verdict).toBe('pass');
  expect(pruning.pruned().failures).toEqual([entry('b/two', '1: y')]);
});
