import { expect, test } from 'vitest';
import { colours, redraws } from './colours.ts';

const terminal = { isTTY: true };

test.each([
  ['a terminal', {}, terminal, true],
  ['a pipe', {}, {}, false],
  ['a dumb terminal', { TERM: 'dumb' }, terminal, false],
  ['NO_COLOR', { NO_COLOR: '1' }, terminal, false],
  ['an empty NO_COLOR, which says nothing', { NO_COLOR: '' }, terminal, true],
  ['FORCE_COLOR on a pipe', { FORCE_COLOR: '1' }, {}, true],
  ['FORCE_COLOR on a dumb terminal', { FORCE_COLOR: '1', TERM: 'dumb' }, terminal, true],
  ['FORCE_COLOR=0', { FORCE_COLOR: '0' }, terminal, false],
  ['both', { NO_COLOR: '1', FORCE_COLOR: '1' }, terminal, false],
])('colours on %s', (_, environment, stream, coloured) => {
  expect(colours(environment, stream)).toBe(coloured);
});

test('a line is written again on a terminal alone, whatever the colours', () => {
  expect([
    redraws({ NO_COLOR: '1' }, terminal),
    redraws({ FORCE_COLOR: '1' }, {}),
    redraws({ TERM: 'dumb' }, terminal),
  ]).toEqual([true, false, false]);
});
