import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { OutputError, requireFolder, writeOutput } from './output.ts';

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

test.each([
  ['no space left on device (ENOSPC)', -28, 'make room or choose another folder with --out'],
  ['permission denied (EACCES)', -13, 'choose a folder that can be written with --out'],
])('what the system says is told in words: %s', (words, errno, remedy) => {
  const cause = Object.assign(new Error('raw'), { errno });
  const error = new OutputError('results.md', cause);
  expect([error.message, error.name, error.cause]).toEqual([
    `cannot write results.md: ${words}; ${remedy}`,
    'OutputError',
    cause,
  ]);
});

test.each([
  ['without a number', new Error('raw'), 'Error: raw'],
  ['with a word for a number', Object.assign(new Error('raw'), { errno: 'E' }), 'Error: raw'],
  ['that is no error', { errno: -28 }, '[object Object]'],
  ['that is nothing', undefined, 'undefined'],
])('a cause %s is told as it is', (_what, cause, words) => {
  expect(new OutputError('a', cause).message).toBe(
    `cannot write a: ${words}; choose a folder that can be written with --out`,
  );
});

test('a folder is made before anything is run, and one that cannot be is refused', () => {
  const deep = join(folder, 'c', 'd');
  requireFolder(deep);
  requireFolder(deep);
  expect(existsSync(deep)).toBe(true);
  writeFileSync(join(folder, 'taken'), '');
  expect(() => requireFolder(join(folder, 'taken'))).toThrow(
    `cannot write ${folder}/taken: file already exists (EEXIST); choose a folder that can be written with --out`,
  );
});
