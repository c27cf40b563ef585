import type * as fs from 'node:fs';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, expect, test, vi } from 'vitest';
import { OutputError } from './output.ts';
import { header, report, result, run } from './sample.test-data.ts';
import { openResults } from './writer.ts';

/** Bytes that a file may have before the disk is full, how many it takes at once, and how many files were closed. */
const disk = vi.hoisted(() => ({ bytes: Infinity, atOnce: Infinity, closed: 0 }));

vi.mock('node:fs', async (importOriginal) => {
  const original = await importOriginal<typeof fs>();
  const full = (): Error => Object.assign(new Error('ENOSPC: no space left on device, write'), { errno: -28 });
  return {
    ...original,
    writeFileSync(file: string, text: string): void {
      original.writeFileSync(file, text.slice(0, disk.bytes));
      if (text.length > disk.bytes) throw full();
    },
    writeSync(fd: number, bytes: Buffer, offset: number, length: number, position: number): number {
      const room = Math.min(length, disk.atOnce, disk.bytes - position);
      if (room <= 0) throw full();
      return original.writeSync(fd, bytes, offset, room, position);
    },
    closeSync(fd: number): void {
      disk.closed += 1;
      original.closeSync(fd);
    },
  };
});

const root = mkdtempSync(join(tmpdir(), 'reports-'));
afterEach(() => {
  Object.assign(disk, { bytes: Infinity, atOnce: Infinity, closed: 0 });
});
afterAll(() => rmSync(root, { recursive: true }));

const first = result('GetUser/a');
const second = result('GetUser/b', { verdict: 'fail', reason: 'größer' });

function read(folder: string): string {
  return readFileSync(join(folder, 'results.json'), 'utf8');
}

test('the file is a valid report after every result', () => {
  const folder = join(root, 'valid', 'moto');
  const results = openResults(folder, header, run);
  expect(JSON.parse(read(folder))).toEqual(report([], { run: { ...run, complete: false } }));
  results.add(first);
  expect(JSON.parse(read(folder))).toEqual(report([first], { run: { ...run, complete: false } }));
  results.add(second);
  expect(JSON.parse(read(folder))).toEqual(report([first, second], { run: { ...run, complete: false } }));
  expect(results.finish(run)).toEqual(report([first, second]));
  expect(JSON.parse(read(folder))).toEqual(report([first, second]));
});

test('a result takes one line, totals and run come last', () => {
  const folder = join(root, 'lines');
  const results = openResults(folder, header, run);
  results.add(first);
  results.add(second);
  results.finish({ ...run, notes: ['no Attributes'] });
  expect(read(folder)).toBe(
    [
      '{"reportVersion":1,',
      '"suite":{"name":"cognito-conformance","version":"0.1.0","cases":64,"hash":"c0ffee"},',
      '"target":{"name":"moto","version":"5.2.1","endpoint":"http://127.0.0.1:5000"},',
      '"results":[',
      `${JSON.stringify(first)},`,
      JSON.stringify(second),
      '],',
      '"totals":{"pass":1,"warn":0,"info":0,"fail":1,"skip":0,"blocked":0,"error":0,"known":0,"fixed":0,"changed":0},',
      `"run":${JSON.stringify({ ...run, notes: ['no Attributes'] })}}`,
      '',
    ].join('\n'),
  );
});

test('an end that is shorter than the last one leaves nothing behind it', () => {
  const folder = join(root, 'shorter');
  const results = openResults(folder, header, { ...run, notes: ['x'.repeat(100)] });
  results.finish(run);
  expect(read(folder).endsWith(`"run":${JSON.stringify(run)}}\n`)).toBe(true);
});

test('results of an earlier run are replaced', () => {
  const folder = join(root, 'earlier');
  mkdirSync(folder);
  writeFileSync(join(folder, 'results.json'), 'x'.repeat(5000));
  openResults(folder, header, run);
  expect(JSON.parse(read(folder))).toEqual(report([], { run: { ...run, complete: false } }));
});

test('a run that was interrupted stays incomplete, and late results are dropped', () => {
  const folder = join(root, 'interrupted');
  const results = openResults(folder, header, run);
  results.add(first);
  results.finish({ ...run, complete: false });
  results.add(second);
  expect(JSON.parse(read(folder))).toEqual(report([first], { run: { ...run, complete: false } }));
});

test('a folder that cannot be made is refused before the run', () => {
  writeFileSync(join(root, 'file'), '');
  expect(() => openResults(join(root, 'file'), header, run)).toThrow(OutputError);
  expect(() => openResults(join(root, 'file'), header, run)).toThrow(
    `cannot write ${root}/file/results.json: file already exists (EEXIST); choose a folder that can be written with --out`,
  );
});

test('a file that cannot be written is refused before the run', () => {
  mkdirSync(join(root, 'taken', 'results.json'), { recursive: true });
  expect(() => openResults(join(root, 'taken'), header, run)).toThrow(
    `cannot write ${root}/taken/results.json: illegal operation on a directory (EISDIR); choose a folder that can be written with --out`,
  );
});

test('a full disk is one error, and the results before it stay readable', () => {
  const folder = join(root, 'full');
  const results = openResults(folder, header, run);
  results.add(first);
  disk.bytes = read(folder).length + 40;
  const message = `cannot write ${folder}/results.json: no space left on device (ENOSPC); make room or choose another folder with --out`;
  expect(() => results.add(second)).toThrow(OutputError);
  expect(() => results.add(second)).toThrow(message);
  expect(() => results.finish(run)).toThrow(message);
  expect(JSON.parse(read(folder))).toEqual(report([first], { run: { ...run, complete: false } }));
});

test('a disk that is full from the start is refused before the run', () => {
  disk.bytes = 10;
  expect(() => openResults(join(root, 'full-at-once'), header, run)).toThrow(OutputError);
  expect(readdirSync(join(root, 'full-at-once'))).toEqual([]);
});

test('a disk that takes little at once gets everything', () => {
  const folder = join(root, 'slow');
  disk.atOnce = 7;
  const results = openResults(folder, header, run);
  results.add(second);
  results.finish(run);
  expect(JSON.parse(read(folder))).toEqual(report([second]));
});

test('the file is closed once, also after a refusal', () => {
  const results = openResults(join(root, 'closed'), header, run);
  results.finish(run);
  expect(results.finish(run)).toEqual(report([]));
  expect(disk.closed).toBe(1);
  const refused = openResults(join(root, 'refused'), header, run);
  disk.bytes = 10;
  expect(() => refused.add(first)).toThrow(OutputError);
  expect(() => refused.finish(run)).toThrow('ENOSPC');
  expect(disk.closed).toBe(2);
});
