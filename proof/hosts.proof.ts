import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import { isOverCase } from '../engine/over.ts';
import { about, packageRoot } from '../package.ts';
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
