import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { file, folder, results } from '../hosts/command/command.test-data.ts';
import { mortalManifest, mortalProgram } from '../hosts/mortal.test-data.ts';
import { readResults } from '../hosts/results-file.ts';
import { packageRoot } from '../package.ts';
import { startRunner } from './world/judged.ts';
import { processesNaming } from './world/processes.ts';

const playwright = createRequire(import.meta.url).resolve('@playwright/test/cli');

const judged = (out: string): number => (existsSync(join(out, 'results.json')) ? results(out).results.length : 0);

async function until(holds: () => boolean): Promise<void> {
  for (let tries = 0; tries < 2400 && !holds(); tries += 1) await sleep(25);
  expect(holds()).toBe(true);
}

test('kill -9 of the runner: what was judged can be read, and nothing of it is left', async () => {
  const temp = mkdtempSync(join(folder, 'killed-'));
  const out = join(folder, 'killed-out');
  const { child, ended } = startRunner(['--target', 'cognito-local', '--out', out], { TMPDIR: temp });
  await until(() => judged(out) > 10);
  expect(readdirSync(temp)).toHaveLength(1);
  child.kill('SIGKILL');
  expect((await ended).code).toBe(null);
  const { run, results: kept } = readResults(join(out, 'results.json'));
  expect([run.complete, kept.length > 10]).toEqual([false, true]);
  await until(() => processesNaming(temp).length === 0 && readdirSync(temp).length === 0);
});

test('kill -9 of a target that the run has started: it is started again, and every case is judged', async () => {
  const temp = mkdtempSync(join(folder, 'target-killed-'));
  file('mortal.mjs', mortalProgram);
  const out = join(folder, 'target-killed-out');
  const words = [
    '--target',
    file('mortal.json', mortalManifest),
    '--out',
    out,
    '--case',
    'AdminUpdateUserAttributes/*',
  ];
  const { ended } = startRunner(words, { TMPDIR: temp });
  await until(() => judged(out) > 10);
  const [target] = processesNaming(temp).filter(({ line }) => /^\S+ \S+mortal\.mjs \d+$/.test(line));
  process.kill(target?.id ?? NaN, 'SIGKILL');
  expect((await ended).code).toBe(0);
  const { run, results: found, suite } = readResults(join(out, 'results.json'));
  expect(new Set(found.map(({ verdict }) => verdict))).toEqual(new Set(['pass', 'skip']));
  expect([found.length, run.notes]).toEqual([
    suite.cases,
    expect.arrayContaining(['the target stopped answering and was started again']),
  ]);
  await until(() => processesNaming(temp).length === 0);
});

test('kill -9 of a worker of Playwright: its case is an error, and every other one is judged', async () => {
  const out = join(folder, 'worker-killed');
  const words = ['test', '--config', 'dist/playwright.config.js', '--project', 'mock', '--workers', '2'];
  const { PATH, HOME } = process.env;
  const runner = spawn(process.execPath, [playwright, ...words, '--output', out, '-g', '@GetUser|@AdminUpdateUser'], {
    cwd: fileURLToPath(packageRoot),
    env: { PATH, HOME, NO_COLOR: '1', WORLD: out },
    stdio: 'ignore',
  });
  const ended = once(runner, 'exit');
  const into = join(out, 'conformance', 'mock');
  await until(() => judged(into) > 5);
  const [worker] = processesNaming(out).filter(({ id, line }) => id !== runner.pid && /worker/i.test(line));
  process.kill(worker?.id ?? NaN, 'SIGKILL');
  expect(await ended).toEqual([1, null]);
  const { results: found, run, totals } = readResults(join(into, 'results.json'));
  const errors = found.filter(({ verdict }) => verdict === 'error');
  const said = 'worker process exited unexpectedly (code=null, signal=SIGKILL)';
  expect([errors.map(({ reason }) => reason), run.complete, totals.fail]).toEqual([[said], true, 0]);
  await until(() => processesNaming(out).length === 0);
});

const mounts: string[] = [];
afterAll(() => mounts.forEach((mount) => execFileSync('umount', [mount])));

/** A disk of so many bytes; why there is none. */
function disk(kilobytes: number): string | Error {
  const mount = mkdtempSync(join(folder, 'disk-'));
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', mount], { stdio: 'pipe' });
  } catch (error) {
    return error as Error;
  }
  mounts.push(mount);
  return mount;
}

const noDisk = typeof disk(16) !== 'string';
if (noDisk) console.error('no small disk can be mounted (it takes root, on Linux): what a full one does is not shown');

const FULL =
  /^cannot write (\S+): no space left on device \(ENOSPC\); make room or choose another folder with --(\w+)$/m;

describe.skipIf(noDisk)('a disk that is full', () => {
  const KNOWN = JSON.stringify({ formatVersion: 1, about: 'Written by hand.', failures: [] });
  const GETS = ['--case', 'GetUser/*'];

  test.each([
    ['of results', 48, (at: string) => ['--target', 'mock', '--trace', '--out', at], 'results.json', 'out'],
    [
      'of a report',
      40,
      (at: string) => ['--target', 'mock', '--reporter', 'html', '--out', at, ...GETS],
      'results.html',
      'out',
    ],
    ['of a recording', 48, (at: string) => ['--target', 'mock', '--record', join(at, 'r')], 'r/', 'record'],
    [
      'of a baseline',
      8,
      (at: string) => ['--target', 'cognito-local', '--write-baseline', join(at, 'known.json'), '--case', 'Admin*'],
      'known.json',
      'out',
    ],
  ])('%s is one line, and what was there before can be read', async (_, size, words, path, flag) => {
    const at = String(disk(size));
    const known = join(at, 'known.json');
    writeFileSync(known, KNOWN);
    const { ended } = startRunner(words(at));
    const { code, stderr, seconds, peakMB } = await ended;
    const [line, full = '', named] = FULL.exec(stderr) ?? [];
    expect([line && code, full.startsWith(join(at, path)), named], stderr).toEqual([2, true, flag]);
    expect(stderr.split('\n').filter((one) => /^\s+at |Error:/.test(one))).toEqual([]);
    expect([seconds < 60, peakMB < 250]).toEqual([true, true]);
    if (existsSync(join(at, 'results.json'))) {
      const { results: kept, run } = readResults(join(at, 'results.json'));
      expect([kept.length > 0, run.complete]).toEqual([true, path !== 'results.json']);
    }
    expect([readFileSync(known, 'utf8'), processesNaming(at)]).toEqual([KNOWN, []]);
  });
});

test.each([
  ['--out', '/proc/x'],
  ['--record', '/proc/x'],
  ['--write-baseline', '/proc/x/known.json'],
])('%s %s, which can hold nothing, is one line', async (flag, path) => {
  if (!existsSync('/proc/self')) return;
  const { code, stderr } = await startRunner(['--target', 'mock', flag, path]).ended;
  expect([code, stderr.split('\n').length]).toEqual([2, 2]);
  expect(stderr).toMatch(
    /^cannot write \/proc\/x: no such file or directory \(ENOENT\); choose a folder that can be written with --\w+\n$/,
  );
});
