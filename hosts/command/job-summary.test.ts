import { expect, test } from 'vitest';
import { fitting } from './job-summary.ts';

const note = '\n\nCut here: GitHub shows no more of one step. Keep the whole with `--reporter markdown --out DIR`.\n';
const long = ['# Title', '', '<details>', '<summary>é</summary>', '', '<pre>', 'x'.repeat(200), '</pre>', '</details>'];

test.each([
  ['what fits is whole', long.join('\n'), 400, long.join('\n')],
  [
    'what is folded is closed before the note',
    long.join('\n'),
    200,
    `${long.slice(0, 6).join('\n')}\n</details>${note}`,
  ],
  ['what has no room at all is left out', 'x'.repeat(200), 100, ''],
])('%s', (_, markdown, bytes, kept) => {
  expect(fitting(markdown, bytes)).toBe(kept);
  expect(Buffer.byteLength(fitting(markdown, bytes))).toBeLessThanOrEqual(bytes);
});
