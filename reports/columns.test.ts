import { expect, test } from 'vitest';
import { columns, cut, pad, wrap } from './columns.ts';

test('wide characters take two columns', () => {
  expect(columns('user')).toBe(4);
  expect(columns('größe …')).toBe(7);
  expect(columns('漢字')).toBe(4);
  expect(columns('🙂')).toBe(2);
});

test('a long text is cut and says so', () => {
  expect(cut('abcde', 5)).toBe('abcde');
  expect(cut('abcdef', 5)).toBe('abcd…');
  expect(cut('漢字漢字', 6)).toBe('漢字…');
});

test('a short text is padded', () => {
  expect(pad('ab', 4)).toBe('ab  ');
  expect(pad('漢', 4)).toBe('漢  ');
  expect(pad('abcde', 4)).toBe('abcde');
});

test('lines break between words, and within a word that is too long', () => {
  expect(wrap('a rule holds', 20)).toEqual(['a rule holds']);
  expect(wrap('a rule holds always', 7)).toEqual(['a rule', 'holds', 'always']);
  expect(wrap('a rule holds', 6)).toEqual(['a rule', 'holds']);
  expect(wrap('see abcdefghijklm', 5)).toEqual(['see', 'abcde', 'fghij', 'klm']);
  expect(wrap('漢字', 3)).toEqual(['漢', '字']);
  expect(wrap('', 10)).toEqual(['']);
});

test('a word that is to stay whole leaves the width, and no other does', () => {
  expect(wrap('see https://example.com/a and', 10, /^https:/)).toEqual(['see', 'https://example.com/a', 'and']);
  expect(wrap('see https://example.com/a abcdefghijk', 10, /^http:/)).toEqual([
    ...['see', 'https://ex', 'ample.com/', 'a', 'abcdefghij', 'k'],
  ]);
});

test('a word without an end is broken in one pass', () => {
  const started = performance.now();
  expect(wrap('x'.repeat(4e5), 40).length).toBe(1e4);
  // To measure the rest anew at every line takes half a minute.
  expect(performance.now() - started).toBeLessThan(5000);
});
