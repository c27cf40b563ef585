import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { areaOf } from '../engine/case-files.ts';
import { loadSuite } from '../engine/load.ts';
import { isOverCase } from '../engine/over.ts';
import type { Report } from '../engine/result.ts';
import { only, playwright } from '../hosts/playwright/playwright.test-data.ts';
import { about, packageRoot } from '../package.ts';
import { shareOf } from './variations/share.ts';
import { openStage, type Stage } from './variations/stage.ts';
import { forbidden, variations } from './variations/variations.ts';

const suite = loadSuite(packageRoot, about);
const names = Object.keys(variations);
const folder = mkdtempSync(join(tmpdir(), 'variations-playwright-'));

/** How many exchanges showed each variation. */
const shown = new Map<string, number>();
let stage: Stage;

beforeAll(async () => {
  const all = { ...variations, ...forbidden };
  stage = await openStage(all, (name, sent) => {
    if (all[name]?.shows(sent)) shown.set(name, (shown.get(name) ?? 0) + 1);
  });
  const projects = [...names, ...Object.keys(forbidden)].map((name, nth) => {
    writeFileSync(join(folder, `${name}.json`), JSON.stringify(stage.manifest(name)));
    const cases =
      name in forbidden ? suite.cases.filter((one) => areaOf(one) === 'GetUser') : shareOf(suite.cases, nth, 10);
    const grep = only(cases.filter((one) => !isOverCase(one)));
    return `{ ...conformanceProject('./${name}.json'), workers: 1, grep: new RegExp(${JSON.stringify(grep)}) }`;
  });
  writeFileSync(
    join(folder, 'playwright.config.mts'),
    `import base, { conformanceProject } from ${JSON.stringify(new URL('playwright.config.ts', packageRoot))};
export default { ...base, projects: [${projects.join(',\n')}], reporter: [base.reporter[0], ['dot']] };
`,
  );
});

afterAll(() => {
  stage.close();
  rmSync(folder, { recursive: true, force: true });
});

test('every case passes in Playwright, each variation with a tenth of them, each tenth under several variations', async () => {
  const { code, output } = await playwright(['test', ...names.flatMap((name) => ['--project', name])], folder);
  expect([code, output.match(/\d+ (failed|skipped|flaky|did not run)/g)]).toEqual([0, null]);
  for (const [nth, name] of names.entries()) {
    const { results, run } = resultsOf(name);
    const others = results.filter(({ verdict }) => verdict !== 'pass');
    expect([name, others.map(({ id, verdict, reason }) => `${id}: ${verdict}, ${reason}`)]).toEqual([name, []]);
    expect([name, results.length, run.complete]).toEqual([name, shareOf(suite.cases, nth, 10).length, true]);
  }
  expect(names.filter((name) => !shown.has(name))).toEqual([]);
});

test.each(Object.keys(forbidden))('what the contract does not allow fails in Playwright: %s', async (name) => {
  const { code } = await playwright(['test', '--project', name], folder);
  expect(code).toBe(1);
  expect(resultsOf(name).results.find(({ id }) => id === 'GetUser/lists-attributes')?.verdict).toBe('fail');
});

function resultsOf(project: string): Report {
  const file = join(folder, 'test-results', 'conformance', project, 'results.json');
  return JSON.parse(readFileSync(file, 'utf8')) as Report;
}
