import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import { isOverCase } from '../engine/over.ts';
import { about, packageRoot } from '../package.ts';
import { loadManifest } from '../targets/manifest.ts';
import { whyMissing } from '../targets/missing.test-data.ts';
import { command, only, playwright, resultsOf, verdicts } from '../hosts/playwright/playwright.test-data.ts';

const suite = loadSuite(packageRoot, about);
const folder = mkdtempSync(join(tmpdir(), 'conformance-playwright-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('the command and Playwright say the same of mock and of cognito-local', async () => {
  const targets = ['mock', 'cognito-local'];
  const cases = suite.cases.filter((one, index) => isOverCase(one) || index % 8 === 0);
  const projects = targets.flatMap((name) => ['--project', name]);
  const output = join(folder, 'test-results');
  await playwright(['test', ...projects, '--output', output, '--grep', only(cases)], fileURLToPath(packageRoot));
  for (const name of targets) {
    const byCommand = await command(name, suite, cases);
    const byPlaywright = resultsOf(folder, name);
    expect(verdicts(byPlaywright.results)).toEqual(verdicts(byCommand.results));
    expect(byPlaywright.suite).toEqual(byCommand.suite);
    expect(byPlaywright.totals).toEqual(byCommand.totals);
    expect(byPlaywright.target.version).toBe(byCommand.target.version);
    expect(byPlaywright.run.notes).toEqual(byCommand.run.notes);
  }
});

const missing = whyMissing(await loadManifest('moto', packageRoot), packageRoot);
const others = ['mock-served', 'cognito-local', ...(missing === undefined ? ['moto'] : [])];

test(`Playwright finds nothing new in mock-served, cognito-local and moto${missing === undefined ? '' : ` (${missing})`}`, async () => {
  const projects = others.flatMap((name) => ['--project', name]);
  const output = join(folder, 'others', 'test-results');
  const { code } = await playwright(['test', ...projects, '--output', output], fileURLToPath(packageRoot));
  const judged = others.map((name) => resultsOf(join(folder, 'others'), name));
  expect([code, judged.map(({ results, run }) => [results.length, run.complete])]).toEqual([
    0,
    others.map(() => [suite.cases.length, true]),
  ]);
});
