import { expect, test } from 'vitest';
import type { Comparison } from './compare.ts';
import { named } from './named.ts';

test('what is said of a proxy and of its upstream is said of the two targets by name', () => {
  const group = (cause: string): Comparison['differences'][number] => ({
    cause,
    answers: 1,
    cases: ['GetUser/a'],
    example: { cause, call: 'GetUser' } as Comparison['differences'][number]['example'],
  });
  const causes = [
    '404 text/html: the proxy knows no such path, or asks the upstream for another one',
    'header x is lost',
  ];
  const comparison = {
    reference: { name: 'moto', endpoint: '' },
    target: { name: 'ministack', endpoint: '' },
    differences: causes.map(group),
  } as unknown as Comparison;
  expect(named(comparison).differences.map(({ cause }) => cause)).toEqual([
    '404 text/html: ministack knows no such path, or asks moto for another one',
    'header x is lost',
  ]);
});
