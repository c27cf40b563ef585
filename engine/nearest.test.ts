import { expect, test } from 'vitest';
import { nearest } from './nearest.ts';

test.each([
  ['motto', 'moto'],
  ['MOTO', 'moto'],
  ['mock-server', 'mock-served'],
  ['x', undefined],
  ['localstack', undefined],
])('nearest to %s is %s', (wanted, word) => {
  expect(nearest(wanted, ['cognito-local', 'mock', 'mock-served', 'moto'])).toBe(word);
});
