import { expect, test } from 'vitest';
import { folder, ONE, results } from './command.test-data.ts';
import { said } from './in-process.test-data.ts';

test('a run through the SDK says so on its last lines and in its results, and counts what it cannot send', async () => {
  const cases = ['--case', ONE, '--case', 'wire/put'];
  const { code, stdout, stderr } = await said('run', '--target', 'mock', '--via', 'sdk', '--out', 'sdk', ...cases);
  expect([code, stderr]).toEqual([0, '']);
  expect(stdout.replace(/\s+/g, ' ')).toMatch(
    /^mock \S+ via sdk \(a self-test: .*\) passes: 1 pass, skipped 1: 1 the SDK cannot send it: raw HTTP is not for it; /,
  );
  expect(results(`${folder}/sdk`).run.via).toBe('sdk');
});

test.each<[line: string, ...flags: string[]]>([
  ['--via "sdx": there are wire, sdk, browser. Did you mean "sdk"?', '--via', 'sdx'],
  ['--browser is the browser of --via browser: give both', '--browser', '/bin/true'],
  ['--browser is the browser of --via browser: give both', '--via', 'sdk', '--browser', '/bin/true'],
  [
    '--write-baseline and --via sdk exclude each other: --write-baseline is of what is on the wire',
    '--via',
    'sdk',
    '--write-baseline',
    'a.json',
  ],
  ['--prune and --via sdk exclude each other: --prune is of what is on the wire', '--via', 'sdk', '--prune'],
  [
    '--reference and --via sdk exclude each other: --reference is of what is on the wire',
    '--via',
    'sdk',
    '--reference',
    'http://127.0.0.1:1',
  ],
  ['--via browser needs an address, and mock has none; mock-served is the same over HTTP', '--via', 'browser'],
])('%s', async (line, ...flags) => {
  expect(await said('run', '--target', 'mock', ...flags)).toEqual({ code: 2, stdout: '', stderr: `${line}\n` });
});

test('a browser that is not there is told before anything is started', async () => {
  const flags = ['--via', 'browser', '--browser', '/nowhere/chromium'];
  const { code, stdout, stderr } = await said('run', '--target', 'mock-served', ...flags);
  expect([code, stdout]).toEqual([2, '']);
  expect(stderr).toMatch(/^there is no browser \/nowhere\/chromium; get one with: .*\n$/);
});
