import { expect, test } from 'vitest';
import { duration } from './duration.ts';

test.each([
  [0, '0.0 s'],
  [19_460, '19.5 s'],
  [59_949, '59.9 s'],
  [59_950, '1 min 0 s'],
  [119_700, '2 min 0 s'],
  [124_000, '2 min 4 s'],
  [3_599_400, '59 min 59 s'],
  [3_599_600, '1 h 0 min'],
  [3_780_000, '1 h 3 min'],
])('%i ms are %s', (ms, words) => {
  expect(duration(ms)).toBe(words);
});
