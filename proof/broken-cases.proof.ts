import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CaseFile } from '../engine/case.ts';
import type { Report } from '../engine/result.ts';
import { packageRoot } from '../package.ts';
import { playwright } from '../hosts/playwright/playwright.test-data.ts';

/** A copy of the package with a few of its cases, one of them wrong and one there twice, and a file that is no JSON. */
const copy = mkdtempSync(join(tmpdir(), 'faults-test-'));
const FILE = 'specs/GetUser/tokens.json';
const said = [
  /^specs\/GetUser\/broken\.json:2:12: is not JSON: value expected, found "}"$/,
  /^specs\/GetUser\/tokens\.json:9:16 at \/cases\/0\/level: "mst" is none of must, should, may\. Did you mean "must"\?$/,
  /^specs\/GetUser\/tokens\.json:\d+:13 at \/cases\/\d+\/id: the id GetUser\/\S+ is also in specs\/GetUser\/attributes\.json at \/cases\/\d+$/,
];
let wrong: string;
let others: number;

beforeAll(() => {
  const root = fileURLToPath(packageRoot);
  for (const name of ['dist', 'specs', 'fixtures', 'targets', 'package.json'])
    cpSync(join(root, name), join(copy, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'), 'junction');
  const kept = ['GetUser', 'evidence', 'shapes'];
  for (const entry of readdirSync(join(copy, 'specs'), { withFileTypes: true }))
    if (entry.isDirectory() && !kept.includes(entry.name)) rmSync(join(copy, 'specs', entry.name), { recursive: true });
  const { cases, ...content } = fileOf(FILE);
  const twice = fileOf('specs/GetUser/attributes.json').cases.find(({ each }) => !each);
  if (!twice) throw new Error('no case without rows');
  const [first, ...rest] = cases;
  wrong = first?.id ?? '';
  others = rest.length;
  const changed = { ...content, cases: [{ ...first, level: 'mst' }, ...rest, twice] };
  writeFileSync(join(copy, FILE), JSON.stringify(changed, null, 2));
  writeFileSync(join(copy, 'specs/GetUser/broken.json'), '{\n  "cases": }\n');
});

afterAll(() => rmSync(copy, { recursive: true, force: true }));

function fileOf(name: string): CaseFile {
  return JSON.parse(readFileSync(join(copy, name), 'utf8')) as CaseFile;
}

function command(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [join(copy, 'dist/cli.js'), ...args], { cwd: copy }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** The cases at fault are errors with their places, and every other one passes. */
function expectJudged({ results, totals }: Report): void {
  const errors = results
    .filter(({ verdict }) => verdict === 'error')
    .sort((one, other) => (one.id < other.id ? 1 : -1));
  expect(errors.map(({ id, area, cause, reason }) => [id, area, cause, reason])).toEqual([
    [`${FILE}#/cases/${others + 1}`, 'GetUser', 'a fault of the suite', expect.stringMatching(said[2] ?? '')],
    ['specs/GetUser/broken.json', 'GetUser', 'a fault of the suite', expect.stringMatching(said[0] ?? '')],
    [wrong, 'GetUser', 'a fault of the suite', expect.stringMatching(said[1] ?? '')],
  ]);
  expect(totals.pass).toBeGreaterThanOrEqual(others);
  expect(totals.pass + totals.error).toBe(results.length);
}

test('the command tells faults, runs all other cases, and exits 3', async () => {
  const { code, stdout, stderr } = await command('run', '--target', 'mock', '--reporter', 'json');
  expect([code, stderr.trimEnd().split('\n')]).toEqual([3, said.map((line) => expect.stringMatching(line))]);
  expectJudged(JSON.parse(stdout) as Report);
});

test('list tells faults and lists the cases at fault', async () => {
  const { code, stdout, stderr } = await command('list');
  expect([code, stderr.trimEnd().split('\n')]).toEqual([0, said.map((line) => expect.stringMatching(line))]);
  expect(stdout).toContain(`${wrong}  `);
  expect(stdout).toContain('specs/GetUser/broken.json  ');
});

test('in Playwright the cases at fault fail where they stand, and all others run', async () => {
  const { code, output } = await playwright(
    ['test', '--config', 'dist/playwright.config.js', '--project', 'mock', '--output', join(copy, 'test-results')],
    copy,
  );
  expect(code).toBe(1);
  const lines = output.split('\n');
  for (const line of said) expect(lines.filter((one) => line.test(one))).toHaveLength(1);
  expect(output).toContain(`at ${join(copy, FILE)}:9:16`);
  expectJudged(JSON.parse(readFileSync(join(copy, 'test-results/conformance/mock/results.json'), 'utf8')) as Report);
});
