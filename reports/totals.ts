import type { Result, Totals, Verdict } from '../engine/result.ts';

export const verdicts: readonly Verdict[] = [
  'pass',
  'warn',
  'info',
  'fail',
  'skip',
  'blocked',
  'error',
  'known',
  'fixed',
  'changed',
];

/** How many results have each verdict; every verdict is named, also with 0. */
export function totals(results: readonly Pick<Result, 'verdict'>[]): Totals {
  const counts: Totals = {
    pass: 0,
    warn: 0,
    info: 0,
    fail: 0,
    skip: 0,
    blocked: 0,
    error: 0,
    known: 0,
    fixed: 0,
    changed: 0,
  };
  for (const { verdict } of results) counts[verdict] += 1;
  return counts;
}
