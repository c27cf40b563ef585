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

test.each([
  ['abcd', 'abdc', 'letters swapped'],
  ['abcd', 'bacd', 'the first two swapped'],
  ['ab', 'ba', 'all there is, swapped'],
  ['abcd', 'abxd', 'a letter replaced'],
  ['abcd', 'abcdx', 'a letter more'],
  ['abcd', 'bcd', 'a letter less'],
  ['a', 'b', 'one of one'],
  ['abcdefghi', 'abcxyzghi', 'a third of nine'],
])('from %s it is one step to %s: %s', (wanted, word) => {
  expect(nearest(wanted, ['somewhere-else', word])).toBe(word);
});

test.each([
  ['abcd', 'dcba'],
  ['abcd', 'abcdxy'],
  ['abcd', 'badc'],
  ['abcd', 'cbad'],
  ['abcde', 'abxcy'],
  ['abcdefgh', 'abcxyzgh'],
  ['ab', 'cd'],
])('from %s it is too far to %s', (wanted, word) => {
  expect(nearest(wanted, [word])).toBe(undefined);
});

test('of words as near the first is taken, and a nearer one wins wherever it stands', () => {
  expect(nearest('abcdef', ['abcdex', 'abcdey'])).toBe('abcdex');
  expect(nearest('abcdef', ['abcdxy', 'abcdex'])).toBe('abcdex');
});
