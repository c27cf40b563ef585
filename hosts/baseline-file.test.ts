import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test, vi } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import type { Result } from '../engine/result.ts';
import { about, packageRoot } from '../package.ts';
import { report, result } from '../reports/sample.test-data.ts';
import { baselineDrafter } from './baseline-file.ts';

const suite = loadSuite(packageRoot, about);
const folder = mkdtempSync(join(tmpdir(), 'baseline-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
const blocked = (slug: string, cause: string): Result =>
  result(`GetUser/${slug}`, { verdict: 'blocked', cause, fingerprint: `1: blocked AdminCreateUser ${cause}` });
const failed = result('GetUser/z', { verdict: 'fail', cause: 'it is accepted', fingerprint: '1: GetUser' });

/** What is said, but for the last line, which tells the file. */
function said(name: string, results: Result[]): unknown[] {
  const lines = vi.spyOn(console, 'error').mockImplementation(() => {});
  baselineDrafter(join(folder, `${name}.json`), suite, { strict: false, whole: true })(report(results));
  const all = lines.mock.calls.flat();
  lines.mockRestore();
  return all.slice(0, -1);
}

test.each<[name: string, results: Result[], lines: string[]]>([
  ['none', [failed], []],
  [
    'alone',
    [blocked('a', 'x')],
    ['the only entry is blocked by 1 cause (x): nothing behind it is judged; mend that first'],
  ],
  [
    'most',
    [blocked('a', 'x'), blocked('b', 'x'), failed],
    ['2 of 3 entries are blocked by 1 cause (x): nothing behind it is judged; mend that first'],
  ],
  [
    'several',
    [blocked('a', 'x'), blocked('b', 'y'), blocked('c', 'y'), failed],
    ['3 of 4 entries are blocked by 2 causes (most: y): nothing behind them is judged; mend those first'],
  ],
])('a draft says how much of it hides what is behind: %s', (name, results, lines) => {
  expect(said(name, results)).toEqual(lines);
});
