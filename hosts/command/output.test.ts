import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import type { Report } from '../../engine/result.ts';
import { about, packageRoot } from '../../package.ts';
import { file, folder, listen, ONE, results, start } from './command.test-data.ts';
import { said } from './in-process.test-data.ts';

describe.concurrent('what cannot be written is said before anything is run', () => {
  test.each([
    ['--out', 'in-the-way/out'],
    ['--out', 'in-the-way'],
    ['--write-baseline', 'in-the-way/known.json'],
  ])('%s %s', async (flag, path) => {
    const inTheWay = file('in-the-way', 'a file');
    const served = await listen(createServer((_, response) => void response.end()));
    const { code, stdout, stderr } = await said('run', '--endpoint', served.url, flag, path);
    expect([code, stdout, served.connections()]).toEqual([2, '', 0]);
    expect(stderr).toMatch(/^cannot write in-the-way\S*: .+ \(E[A-Z]+\); .+\n$/);
    expect(readFileSync(inTheWay, 'utf8')).toBe('a file');
  });

  test('a broken baseline is not written over', async () => {
    const path = file('older.json', '{"formatVersion":');
    const { code } = await said('run', '--target', 'mock', '--case', ONE, '--write-baseline', path);
    expect([code, readFileSync(path, 'utf8')]).toEqual([2, '{"formatVersion":']);
  });
});

test('a drafted baseline says what passed, also before, and forgets cases that are gone', async () => {
  const older = { formatVersion: 1, about: 'x', failures: [], passes: ['GetUser/number-as-text', 'gone/long-ago'] };
  const path = file('passes.json', older);
  const { code, stderr } = await said('run', '--target', 'mock', '--case', ONE, '--write-baseline', path);
  expect([code, stderr]).toEqual([0, `0 known differences in ${path}\n`]);
  expect(JSON.parse(readFileSync(path, 'utf8'))).toEqual({
    ...older,
    suite: about.version,
    passes: ['GetUser/number-as-text', ONE],
  });
});

test('a run writes results that fit their schema, and every format asked for', async () => {
  const out = join(folder, 'deep/out');
  const { code, stdout } = await said(
    ...['run', '--target', 'mock', '--case', 'UpdateUserAttributes/*token*', '--out', out],
    ...['--reporter', 'terminal', '--reporter', 'markdown', '--trace'],
  );
  expect([code, readdirSync(out).sort()]).toEqual([0, ['results.json', 'results.md']]);
  expect(stdout).toMatch(/^mock .* passes: \d+ pass/);
  const report = results(out);
  const schema = JSON.parse(readFileSync(new URL('reports/results.schema.json', packageRoot), 'utf8')) as object;
  const validate = new Ajv2020({ allowUnionTypes: true }).compile(schema);
  expect([validate(report), validate.errors]).toEqual([true, null]);
  expect(report.results.length).toBe(report.suite.cases);
  expect(report.totals.pass).toBe(report.results.length);
  expect(report.results.map(({ id }) => id)).toContain(ONE);
  expect(report.results.every(({ steps }) => steps.length > 0)).toBe(true);
  expect(report.run).toMatchObject({ host: 'command', complete: true });
});

test('several targets each have their folder', async () => {
  const out = join(folder, 'both');
  const { code } = await said('run', '--target', 'mock', '--target', 'mock-served', '--case', ONE, '--out', out);
  expect([code, readdirSync(out).sort()]).toEqual([0, ['mock', 'mock-served']]);
  expect(['mock', 'mock-served'].map((name) => results(join(out, name)).totals.pass)).toEqual([1, 1]);
});

test('json goes to standard output alone', async () => {
  const { code, stdout } = await said('run', '--target', 'mock', '--case', ONE, '--reporter', 'json');
  expect([code, (JSON.parse(stdout) as Report).results.map(({ id, verdict }) => [id, verdict])]).toEqual([
    0,
    [[ONE, 'pass']],
  ]);
});

test.each([
  ['list', 0],
  [`run --target mock --case ${ONE} --trace --reporter json`, 0],
  ['run --endpoint http://127.0.0.1:1', 3],
])('a reader that has gone is no fault and changes no exit code: %s', async (args, code) => {
  const child = start(args.split(' '));
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => (errors += chunk));
  child.stdout?.destroy();
  const [exit] = (await once(child, 'exit')) as [number | null];
  expect([exit, errors]).toEqual([code, '']);
});

test.concurrent('how much is told: one line, everything, or results alone', async () => {
  const run = ['run', '--target', 'mock', '--case', 'cors/preflight'];
  const line = /^mock \S+ \(a self-test: proves nothing about Cognito\) passes: 1 pass; \d\.\d s\n$/;
  const quiet = await said(...run, '--quiet');
  expect([quiet.code, quiet.stdout, quiet.stderr]).toEqual([0, expect.stringMatching(line), '']);
  const verbose = await said(...run, '--verbose');
  expect(verbose.stdout).toMatch(line);
  expect(verbose.stderr).toMatch(/^pass {5}cors\/preflight {2}\d\.\d s\n$/);
  const json = await said(...run, '--json');
  expect([json.code, (JSON.parse(json.stdout) as Report).totals.pass, json.stderr]).toEqual([0, 1, '']);
});

test.concurrent('a script is all that explain prints where it is asked for', async () => {
  const { code, stdout, stderr } = await said('explain', 'cors/preflight', '--script');
  expect([code, stdout.split('\n')[0], stderr]).toEqual([0, '#!/bin/sh', '']);
  const told = await said('explain', 'cors/preflight');
  expect(told.stdout.replaceAll(/^ {2}/gm, '')).toContain(stdout);
});
