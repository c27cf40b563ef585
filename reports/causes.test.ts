import { expect, test } from 'vitest';
import { causes, counted } from './causes.ts';
import { result } from './sample.test-data.ts';

const a = result('GetUser/a', { verdict: 'error', cause: 'time-out' });
const b = result('GetUser/b', { verdict: 'fail', cause: '200 instead of 400' });
const c = result('GetUser/c', { verdict: 'blocked', cause: '200 instead of 400' });
const d = result('GetUser/d', { verdict: 'fail', reason: 'no answer' });
const e = result('GetUser/e', { verdict: 'fixed' });

test('each cause comes once, the most frequent first, then the gravest', () => {
  expect(causes([a, c, b, d, e, result('GetUser/f')], ['fail', 'blocked', 'fixed', 'error'])).toEqual([
    { cause: '200 instead of 400', verdict: 'fail', results: [b, c] },
    { cause: 'no answer', verdict: 'fail', results: [d] },
    { cause: 'it passes now: take it out of the baseline', verdict: 'fixed', results: [e] },
    { cause: 'time-out', verdict: 'error', results: [a] },
  ]);
});

test('only the verdicts asked for are grouped', () => {
  expect(causes([a, b, c], ['error'])).toEqual([{ cause: 'time-out', verdict: 'error', results: [a] }]);
});

test('reasons are counted in one line, a long list is cut', () => {
  const skipped = ['p', 'q', 'r', 's'].flatMap((reason, index) =>
    Array.from({ length: 4 - index }, () => result('GetUser/x', { verdict: 'skip', reason })),
  );
  expect(counted(causes(skipped, ['skip']))).toBe('10: 4 p, 3 q, 2 r, 1 s');
  expect(counted(causes(skipped, ['skip']), 3)).toBe('10: 4 p, 3 q, 2 r, … and 1 reason more');
  expect(counted(causes(skipped, ['skip']), 1)).toBe('10: 4 p, … and 3 reasons more');
});

test('the gravest verdict of a cause is its own, whichever case came first', () => {
  const [fail, blocked] = [b, c].map((one) => ({ ...one, cause: 'same' }));
  for (const list of [
    [fail, blocked],
    [blocked, fail],
  ])
    expect(causes(list as (typeof b)[], ['fail', 'blocked'])[0]?.verdict).toBe('fail');
});

test('causes alike in all else stand by name', () => {
  const named = (cause: string) => result('GetUser/x', { verdict: 'fail', cause });
  const names = (list: string[]): string[] => causes(list.map(named), ['fail']).map(({ cause }) => cause);
  expect([names(['b', 'a', 'c']), names(['c', 'b', 'a'])]).toEqual([
    ['a', 'b', 'c'],
    ['a', 'b', 'c'],
  ]);
});

test('a list that is just short enough is not cut', () => {
  expect(counted(causes([b, d], ['fail']), 2)).toBe('2: 1 200 instead of 400, 1 no answer');
});
