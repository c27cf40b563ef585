import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { OutputError, writeOutput } from './output.ts';

const folder = mkdtempSync(join(tmpdir(), 'reports-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('a report is written into a folder that is made for it', () => {
  writeOutput(join(folder, 'a', 'b'), 'results.md', '# Conformance\n');
  expect(readFileSync(join(folder, 'a', 'b', 'results.md'), 'utf8')).toBe('# Conformance\n');
});

test('a file in the way is one line with path, cause and what to do', () => {
  writeFileSync(join(folder, 'file'), '');
  expect(() => writeOutput(join(folder, 'file', 'out'), 'results.md', '')).toThrow(OutputError);
  expect(() => writeOutput(join(folder, 'file', 'out'), 'results.md', '')).toThrow(
    `cannot write ${folder}/file/out/results.md: not a directory (ENOTDIR); choose a folder that can be written with --out`,
  );
});

test('a cause that is no error of the system is told as it is', () => {
  expect(new OutputError('results.md', new TypeError('bad path')).message).toBe(
    'cannot write results.md: TypeError: bad path; choose a folder that can be written with --out',
  );
});
