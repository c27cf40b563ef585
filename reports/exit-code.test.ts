import { expect, test } from 'vitest';
import type { Verdict } from '../engine/result.ts';
import { exitCode } from './exit-code.ts';
import { report, result, run } from './sample.test-data.ts';

const lenient = { strict: false };

function of(...verdicts: Verdict[]) {
  return report(verdicts.map((verdict, index) => result(`GetUser/case-${index}`, { verdict })));
}

test.each<[Verdict, number, number]>([
  ['pass', 0, 0],
  ['warn', 0, 1],
  ['info', 0, 0],
  ['known', 0, 0],
  ['fail', 1, 1],
  ['blocked', 1, 1],
  ['fixed', 1, 1],
  ['changed', 1, 1],
  ['error', 3, 3],
  ['skip', 0, 0],
])('a pass and %s give %i, %i under strict', (verdict, code, strict) => {
  expect(exitCode([of('pass', verdict)], lenient)).toBe(code);
  expect(exitCode([of('pass', verdict)], { strict: true })).toBe(strict);
});

test('nothing judged is no conformance', () => {
  expect(exitCode([], lenient)).toBe(3);
  expect(exitCode([of()], lenient)).toBe(3);
  expect(exitCode([of('skip', 'skip')], lenient)).toBe(3);
});

test('a problem or an interruption leaves something unjudged', () => {
  const passed = [result('GetUser/a')];
  expect(exitCode([report(passed, { run: { ...run, problem: 'connection refused' } })], lenient)).toBe(3);
  expect(exitCode([report(passed, { run: { ...run, complete: false } })], lenient)).toBe(3);
});

test('a difference comes before something unjudged, in one report and among several', () => {
  expect(exitCode([of('fail', 'error')], lenient)).toBe(1);
  expect(exitCode([of('error'), of('pass'), of('fail')], lenient)).toBe(1);
  expect(exitCode([of('pass'), of('error')], lenient)).toBe(3);
});
