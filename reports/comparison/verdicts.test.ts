import { expect, test } from 'vitest';
import type { Report, Result, Verdict } from '../../engine/result.ts';
import { report, result } from '../sample.test-data.ts';
import { compareVerdicts } from './verdicts.ts';

const one = (verdict: Verdict, members: Partial<Result> = {}): Result => result('GetUser/a', { verdict, ...members });
const lists = ['broken', 'fixed', 'improved', 'changed', 'details'] as const;

/** The list that a case is in, or that it is in none. */
function listed(was: Result, is: Result, strict = false): string {
  const found = compareVerdicts(report([was]), report([is]), { strict });
  expect(found.judged).toBe(1);
  return lists.find((list) => found[list].length > 0) ?? 'alike';
}

test.each<[was: Verdict, is: Verdict, list: string]>([
  ['pass', 'pass', 'alike'],
  ['pass', 'fixed', 'alike'],
  ['pass', 'fail', 'broken'],
  ['pass', 'blocked', 'broken'],
  ['pass', 'changed', 'broken'],
  ['fixed', 'known', 'broken'],
  ['warn', 'fail', 'broken'],
  ['fail', 'pass', 'fixed'],
  ['known', 'fixed', 'fixed'],
  ['blocked', 'warn', 'improved'],
  ['known', 'info', 'improved'],
  ['fail', 'known', 'alike'],
  ['warn', 'warn', 'alike'],
  ['pass', 'warn', 'details'],
  ['info', 'pass', 'details'],
])('%s and then %s is %s', (was, is, list) => {
  expect(listed(one(was), one(is))).toBe(list);
});

test('the same verdict is another where it differs otherwise, and not where it is only told otherwise', () => {
  const prints = ['1: GetUser must error 200', '1: GetUser must error 500'].map((fingerprint) => ({ fingerprint }));
  const [here, there] = prints;
  expect(listed(one('fail', here), one('known', there))).toBe('changed');
  expect(listed(one('fail', { ...here, reason: 'a' }), one('known', { ...here, reason: 'b' }))).toBe('alike');
  expect(listed(one('warn', here), one('warn', there))).toBe('details');
});

test('a warning is a difference where it counts', () => {
  expect(listed(one('pass'), one('warn'), true)).toBe('broken');
  expect(listed(one('warn'), one('pass'), true)).toBe('fixed');
  expect(listed(one('pass'), one('info'), true)).toBe('details');
});

test('what one of them did not judge is out of scope, with the reason', () => {
  const first = report([
    result('GetUser/a'),
    result('GetUser/b', { verdict: 'fail' }),
    result('GetUser/c', { verdict: 'skip', reason: 'no codes' }),
    result('GetUser/d', { verdict: 'skip', reason: 'no codes' }),
    result('GetUser/e'),
  ]);
  const second = report([
    result('GetUser/a', { verdict: 'skip', cause: 'GetUser is not implemented' }),
    result('GetUser/b', { verdict: 'skip', cause: 'GetUser is not implemented' }),
    result('GetUser/c'),
    result('GetUser/d', { verdict: 'error', reason: 'time-out' }),
  ]);
  const other: Report = { ...second, suite: { ...second.suite, hash: 'f00d' } };
  expect(compareVerdicts(first, other, { strict: false }).outOfScope[1]).toEqual({
    judgedBy: 'first',
    why: 'it has no such case',
    cases: ['GetUser/e'],
  });
  expect(compareVerdicts(first, second, { strict: false })).toEqual({
    judged: 0,
    broken: [],
    fixed: [],
    improved: [],
    changed: [],
    details: [],
    outOfScope: [
      { judgedBy: 'first', why: 'skip: GetUser is not implemented', cases: ['GetUser/a', 'GetUser/b'] },
      { judgedBy: 'first', why: 'it was not run there (--case, or interrupted)', cases: ['GetUser/e'] },
      { judgedBy: 'second', why: 'skip: no codes', cases: ['GetUser/c'] },
    ],
  });
});

test('a change says how the case stood and stands', () => {
  const is = { verdict: 'fail', reason: 'it is accepted: 200', cause: 'GetUser: 200' } as const;
  expect(compareVerdicts(report([one('pass')]), report([result('GetUser/a', is)]), { strict: false }).broken).toEqual([
    { id: 'GetUser/a', title: 'a rule holds', was: { verdict: 'pass' }, is },
  ]);
});
