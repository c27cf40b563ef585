import { expect, test } from 'vitest';
import { fill, list, sentence } from './page.ts';

test.each<[name: string, given: Parameters<typeof fill>, lines: string[]]>([
  ['what fits exactly', ['ab cd ef', 5], ['ab cd', 'ef']],
  ['what is one column too long', ['ab cde', 5], ['ab', 'cde']],
  ['an indent of every line', ['ab cd', 4, '  '], ['  ab', '  cd']],
  ['an indent of the first line, another of the rest', ['ab cd ef', 7, '- ', '    '], ['- ab cd', '    ef']],
  ['a word longer than a line', ['see https://a.example b', 8, ' '], [' see', ' https://a.example', ' b']],
  ['a long word at the start', ['abcdef b', 3, ' '], [' abcdef', ' b']],
  ['nothing', ['', 9, '- '], ['- ']],
])('a text fills lines: %s', (_, given, lines) => {
  expect(fill(...given)).toEqual(lines);
});

test.each([
  ['it is so', 'It is so.'],
  ['it, too', 'It, too.'],
  ['so', 'So.'],
  ['is it?', 'Is it?'],
  ['yes it is!', 'Yes it is!'],
  ['done.', 'Done.'],
  ['email_verified is set', 'email_verified is set.'],
  ['custom:team is set', 'custom:team is set.'],
  ['2xx is a success', '2xx is a success.'],
  ['Already so. and more', 'Already so. and more.'],
  ['so. it is', 'So. it is.'],
])('"%s" as a sentence is "%s"', (text, written) => {
  expect(sentence(text)).toBe(written);
});

test.each<[words: string[], last: string | undefined, text: string]>([
  [[], undefined, ''],
  [['a'], undefined, 'a'],
  [['a', 'b'], undefined, 'a and b'],
  [['a', 'b', 'c'], 'or', 'a, b or c'],
])('a list of %j', (words, last, text) => {
  expect(list(words, last)).toBe(text);
});
