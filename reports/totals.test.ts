import { expect, test } from 'vitest';
import { totals, verdicts } from './totals.ts';

test('every verdict is counted, also those that nothing has', () => {
  expect(totals([{ verdict: 'pass' }, { verdict: 'fail' }, { verdict: 'pass' }])).toEqual({
    pass: 2,
    warn: 0,
    info: 0,
    fail: 1,
    skip: 0,
    blocked: 0,
    error: 0,
    known: 0,
    fixed: 0,
    changed: 0,
  });
});

test('the list of verdicts names each once', () => {
  expect(Object.keys(totals([]))).toEqual(verdicts);
});
