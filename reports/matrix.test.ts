import { expect, test } from 'vitest';
import { matrix, tally } from './matrix.ts';
import { header, report, result, selfTest } from './sample.test-data.ts';

const moto = report([
  result('UpdateUserAttributes/a'),
  result('UpdateUserAttributes/b', { verdict: 'fail' }),
  result('UpdateUserAttributes/c', { verdict: 'skip' }),
  result('GetUser/a', { verdict: 'fixed' }),
  result('GetUser/b', { verdict: 'error' }),
]);
const floci = report([result('UpdateUserAttributes/a'), result('wire/a', { verdict: 'warn' })], {
  target: { ...header.target, name: 'floci' },
});
const mock = report([result('GetUser/a', { verdict: 'fail' })], { target: selfTest });

test('areas and cases stand by name, cells by target, self-tests apart', () => {
  expect(matrix([moto, mock, floci])).toEqual({
    targets: [moto, floci],
    selfTests: [mock],
    areas: [
      { area: 'GetUser', cells: [cell(1, 1, 0), cell(0, 0, 0)] },
      { area: 'UpdateUserAttributes', cells: [cell(1, 2, 1), cell(1, 1, 0)] },
      { area: 'wire', cells: [cell(0, 0, 0), cell(0, 1, 0)] },
    ],
    totals: [cell(2, 3, 1), cell(1, 2, 0)],
    differing: [
      { id: 'GetUser/b', title: 'a rule holds', area: 'GetUser', verdicts: ['error', undefined] },
      {
        id: 'UpdateUserAttributes/b',
        title: 'a rule holds',
        area: 'UpdateUserAttributes',
        verdicts: ['fail', undefined],
      },
      {
        id: 'UpdateUserAttributes/c',
        title: 'a rule holds',
        area: 'UpdateUserAttributes',
        verdicts: ['skip', undefined],
      },
      { id: 'wire/a', title: 'a rule holds', area: 'wire', verdicts: [undefined, 'warn'] },
    ],
  });
});

function cell(passed: number, judged: number, skipped: number) {
  return { passed, judged, skipped, unreached: 0 };
}

test('what was never reached is judged, also where that is known or became so', () => {
  const fingerprint = '1: blocked AdminCreateUser it is refused';
  const verdicts = ['blocked', 'known', 'changed', 'pass'] as const;
  const results = verdicts.map((verdict) => result(`GetUser/${verdict}`, { verdict, fingerprint }));
  const other = result('GetUser/x', { verdict: 'known', fingerprint: '1: GetUser must error blocked it' });
  expect(tally([...results, other])).toEqual({ passed: 1, judged: 5, skipped: 0, unreached: 3 });
});
