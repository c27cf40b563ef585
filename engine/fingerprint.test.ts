import { expect, test } from 'vitest';
import { fingerprintOf, isCurrent, isOfEveryAnswer, isWithin, withoutIndices } from './fingerprint.ts';

test('a fingerprint holds each part once, in the order they were found', () => {
  expect(fingerprintOf(['b', 'a', 'b'])).toBe('1: b; a');
  expect(fingerprintOf([])).toBe('1: ');
});

test.each([
  ['1: every answer must header x-tag absent', true],
  ['1: every answer must header a absent; every answer must header b other', true],
  ['1: every answer must header a absent; GetUser#1 must error 200', false],
  ['1: GetUser#1 must body /every answer', false],
  ['12: every answer must status 500', true],
])('%s is of a check over every answer: %s', (fingerprint, expected) => {
  expect(isOfEveryAnswer(fingerprint)).toBe(expected);
});

test.each([
  ['1: a', '1: a; b', true],
  ['1: b; a', '1: a; b', true],
  ['11: b', '2: a; b', true],
  ['1: a; c', '1: a; b', false],
  ['1: a', '1: a b', false],
  ['1: 2: a', '1: a', false],
])('all of %s is told by %s: %s', (one, other, expected) => {
  expect(isWithin(one, other)).toBe(expected);
});

test.each([
  ['/UserAttributes/0/Value', '/UserAttributes/-/Value'],
  ['/a/10', '/a/-'],
  ['/0/1/2', '/-/-/-'],
  ['/a1/b/2c', '/a1/b/2c'],
  ['user.email', 'user.email'],
])('%s without indices is %s', (path, expected) => {
  expect(withoutIndices(path)).toBe(expected);
});

test.each([
  ['1: a', true],
  ['11: a', false],
  ['2: a', false],
  ['x 1: a', false],
])('%s was made as now: %s', (fingerprint, expected) => {
  expect(isCurrent(fingerprint)).toBe(expected);
});
