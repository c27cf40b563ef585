import { expect, test } from 'vitest';
import { isDeeper } from './depth.ts';

test.each<[text: string, levels: number, deeper: boolean]>([
  ['[[[]]]', 3, false],
  ['[[[1]]]', 2, true],
  ['{"a":{"b":[1]}}', 3, false],
  ['{"a":{"b":[1]}}', 2, true],
  ['[[],[],[],[]]', 2, false],
  ['{"a":"[[[[[[[","b":"{{{{"}', 1, false],
  ['{"a":"\\"[[[[[[","b":["\\\\",[[]]]}', 4, false],
  ['{"a":"\\"[[[[[[","b":["\\\\",[[]]]}', 3, true],
  ['[[[[[[[[', 3, true],
  ['no JSON "at all', 1, false],
])('%s is %d deep or more: %s', (text, levels, deeper) => {
  expect(isDeeper(text, levels)).toBe(deeper);
});
