import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Report } from '../../engine/result.ts';
import { file, folder, ONE, results } from './command.test-data.ts';
import { said } from './in-process.test-data.ts';

const at = (name: string): string => join(folder, name, 'results.json');

beforeAll(async () => {
  const run = (name: string, target: string, ...ids: string[]) =>
    said('run', '--target', target, '--out', join(folder, name), ...ids.flatMap((id) => ['--case', id]));
  const ran = await Promise.all([
    run('one', 'mock', 'GetUser/*', 'wire/request-id'),
    run('two', 'mock', ONE, 'wire/request-id'),
    run('other', 'mock-served', ONE),
  ]);
  expect(ran.map(({ code }) => code)).toEqual([0, 0, 0]);
});

test('parts of one target become one report, in any format, and results.json of it', async () => {
  const out = join(folder, 'joined');
  const { code, stdout } = await said('report', at('one'), at('two'), '--out', out);
  const [one, two, joined] = [results(join(folder, 'one')), results(join(folder, 'two')), results(out)];
  expect(code).toBe(0);
  // Both were asked for the check over every answer.
  expect(joined.totals).toEqual({ ...one.totals, pass: one.totals.pass + two.totals.pass - 1 });
  expect(stdout).toContain(`passes: ${joined.totals.pass} pass; `);
  const again = await said('report', at('one'), at('two'), '--json');
  expect(JSON.parse(again.stdout)).toEqual(joined);
});

test('several targets become a matrix, each with its folder', async () => {
  const out = join(folder, 'matrix');
  const reporters = ['--reporter', 'json', '--reporter', 'badge'];
  const { code, stdout } = await said('report', at('one'), at('other'), ...reporters, '--out', out);
  expect([code, (JSON.parse(stdout) as Report[]).map(({ target }) => target.name)]).toEqual([
    0,
    ['mock', 'mock-served'],
  ]);
  const { version } = results(join(folder, 'one')).target;
  expect(['mock', 'mock-served'].map((name) => existsSync(join(out, `${name}-${version}`, 'results.json')))).toEqual([
    true,
    true,
  ]);
  expect(readdirSync(out).filter((name) => name.startsWith('badge'))).toEqual([
    'badge-mock-served.json',
    'badge-mock.json',
  ]);
});

test('two dates of a target stand side by side, each with its folder', async () => {
  const later = results(join(folder, 'two'));
  const run = { ...later.run, id: 'later', startedAt: '2026-01-02T03:04:05.678Z' };
  const again = file('again.json', { ...later, run });
  const out = join(folder, 'dates');
  const args = ['report', at('two'), again, '--reporter', 'terminal', '--reporter', 'badge', '--out', out];
  const { code, stdout } = await said(...args);
  const names = [later.run.startedAt.slice(0, 10), '2026-01-02'].map((date) => `mock ${later.target.version} ${date}`);
  expect([code, names.filter((name) => !stdout.includes(`${name} `))]).toEqual([0, []]);
  const files = names.map((name) => name.replaceAll(' ', '-'));
  expect(readdirSync(out).sort()).toEqual([...files.map((name) => `badge-${name}.json`), ...files].sort());
  expect((await said('report', at('two'), file('copy.json', later))).stderr).toBe(
    `${at('two')} and ${join(folder, 'copy.json')} are of the same run; give each run once\n`,
  );
});

test('a missing shard and a run that broke off are said, and exit 3', async () => {
  const whole = results(join(folder, 'two'));
  const shard = file('shard.json', { ...whole, run: { ...whole.run, shard: '2/2', complete: false } });
  const { code, stdout } = await said('report', shard);
  expect(code).toBe(3);
  expect(stdout).toContain('NOTE  shard 1/2 is missing\n');
  expect(stdout).toContain(`NOTE  ${shard} is of a run that did not come to its end`.slice(0, 70));
  expect(stdout.replace(/\s+/g, ' ')).toContain(' was not judged in full: 2 pass; incomplete after ');
});

describe.concurrent('what is wrong with the use is one line', () => {
  test.each<[args: () => string[], line: string]>([
    [() => [], 'report needs files that run --out has written: report FILE...'],
    [() => ['none.json'], 'cannot read none.json: there is no such file'],
    [() => [file('torn-results.json', '{')], 'torn-results.json is not JSON: '],
    [
      () => [file('no-results.json', {})],
      "no-results.json is no results.json: / must have required property 'reportVersion'",
    ],
    [() => [at('one'), at('one')], 'results.json is named twice'],
    [() => [at('one'), '--reporter', 'pdf'], 'no reporter "pdf"; there are terminal, '],
    [
      () => [at('one'), at('other'), '--reporter', 'badge'],
      '--reporter badge writes a file a target: give those of 2 a folder with --out DIR',
    ],
    [() => [at('one'), '--target', 'moto'], 'report has no --target; it has --reporter, --out, --open, --strict, '],
  ])('%#', async (args, line) => {
    const { code, stdout, stderr } = await said('report', ...args());
    expect([code, stdout]).toEqual([2, '']);
    expect(stderr).toContain(line);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });
});
