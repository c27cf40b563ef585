import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import type { Case } from '../../engine/case.ts';
import { loadSuite } from '../../engine/load.ts';
import { about, packageRoot } from '../../package.ts';
import { lonelyCases, lonelyLine, recordedPasses, type Passes } from './lonely.ts';

const folder = mkdtempSync(join(tmpdir(), 'lonely-test-'));
afterAll(() => rmSync(folder, { recursive: true }));

const suite = loadSuite(packageRoot, about);
const cases = ['a/one', 'a/two', 'b/three'].map((id) => ({ id }) as Case);
const passes = (target: string, ...ids: string[]): Passes => ({ target, file: `${target}.json`, ids: new Set(ids) });

test('a case that anybody passed is not lonely', () => {
  const ids = (...all: Passes[]): string[] => lonelyCases(cases, all).map(({ id }) => id);
  expect(ids(passes('x', 'a/one'), passes('y', 'a/one', 'b/three'))).toEqual(['a/two']);
  expect(ids()).toEqual(['a/one', 'a/two', 'b/three']);
});

test.each<[passes: Passes[], line: string]>([
  [
    [passes('x', 'a/one'), passes('y', 'b/three')],
    '1 of 3 cases was passed by no target but our mock, as the baselines of x (x.json) and y (y.json) record it.',
  ],
  [[passes('x')], '3 of 3 cases were passed by no target but our mock, as the baseline of x (x.json) records it.'],
  [[], 'No baseline of a shipped target records what passed; draft one with --write-baseline.'],
])('the sum is one sentence: %#', (all, line) => {
  expect(lonelyLine(cases, all)).toBe(line);
});

test('passes are read once from each baseline of targets that are no self-test', async () => {
  cpSync(new URL('targets/', packageRoot), join(folder, 'targets'), { recursive: true });
  const file = (name: string): string => join(folder, 'targets', name);
  const change = (name: string, more: object): void =>
    writeFileSync(file(name), JSON.stringify({ ...(JSON.parse(readFileSync(file(name), 'utf8')) as object), ...more }));
  const baseline = { formatVersion: 1, about: 'x', failures: [] };
  writeFileSync(file('own.json.txt'), JSON.stringify({ ...baseline, passes: ['UpdateUserAttributes/expired-token'] }));
  change('mock.json', { baseline: 'own.json.txt' });
  change('cognito-local.json', { baseline: 'without.txt' });
  change('ministack.json', { baseline: 'without.txt' });
  writeFileSync(file('without.txt'), JSON.stringify(baseline));
  change('moto.json', { baseline: 'some.txt' });
  change('cognito-local-image.json', { baseline: 'some.txt' });
  change('ministack.json', { baseline: 'without.txt' });
  writeFileSync(file('some.txt'), JSON.stringify({ ...baseline, passes: ['GetUser/number-as-text', 'gone/long-ago'] }));
  const read = await recordedPasses(suite, pathToFileURL(`${folder}/`));
  expect(read).toEqual([
    { target: 'cognito-local-image', file: 'some.txt', ids: new Set(['GetUser/number-as-text', 'gone/long-ago']) },
  ]);
  expect(lonelyCases(suite.cases, read).length).toBe(suite.cases.length - 1);
});
