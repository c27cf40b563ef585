import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JSONReport } from '@playwright/test/reporter';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { areaOf } from '../engine/case-files.ts';
import { loadSuite } from '../engine/load.ts';
import { foldOver, isOverCase } from '../engine/over.ts';
import type { Report, Result, Verdict } from '../engine/result.ts';
import { createMock } from '../mocks/mock.ts';
import { serve } from '../mocks/serve.ts';
import { about, packageRoot } from '../package.ts';
import { joinReports, type Part } from '../hosts/join-reports.ts';
import { mortalCases, mortalManifest, mortalProgram, mortalVerdicts, toldOf } from '../hosts/mortal.test-data.ts';
import {
  acceptsEverything,
  command,
  manifestOf,
  only,
  playwright,
  resultsOf,
  scripts,
  specs,
  verdicts,
} from '../hosts/playwright/playwright.test-data.ts';
import { totals } from '../reports/totals.ts';

const suite = loadSuite(packageRoot, about);
const checks = suite.cases.filter(isOverCase);
const folder = mkdtempSync(join(tmpdir(), 'conformance-playwright-'));
const closers: (() => unknown)[] = [];

/** How often each operation was called on the wrong server. */
const calls = new Map<string, number>();
/** What the command says of it: 49 fail, one passes that a baseline holds for broken, 3 are known, 2 skipped, 9 pass. */
let chosen: Record<'failing' | 'fixed' | 'known' | 'skipped' | 'passing', Result[]>;

beforeAll(async () => {
  const { url, close } = await serve(createMock(), { port: 0, host: '127.0.0.1' });
  const wrong = acceptsEverything(url, calls);
  await once(wrong.listen(0, '127.0.0.1'), 'listening');
  closers.push(close, () => wrong.close());

  const start = { url: `http://127.0.0.1:${(wrong.address() as AddressInfo).port}` };
  write('wrong.json', manifestOf('wrong', { start }));
  // There they fail; here others pass and are skipped.
  const areas = ['UpdateUserAttributes', 'GetUser'];
  const cases = suite.cases.filter((one) => !isOverCase(one) && areas.includes(areaOf(one)));
  const { results } = await command(join(folder, 'wrong.json'), suite, cases);
  const of = (wanted: Verdict, from: number, to: number): Result[] =>
    results.filter(({ verdict }) => verdict === wanted).slice(from, to);
  const [failing, known, skipped] = [of('fail', 0, 49), of('fail', 49, 52), of('skip', 0, 2)];
  chosen = { failing, known, skipped, passing: of('pass', 0, 9), fixed: of('pass', 9, 10) };
  const failures = baselined().map(({ id, fingerprint = '1: none' }) => ({ id, reason: 'found before', fingerprint }));
  write('known.json', JSON.stringify({ formatVersion: 1, about: 'Of a test.', failures }));
  write('wrong.json', manifestOf('wrong', { start, baseline: './known.json' }));
  write('over.json', manifestOf('over', { start, baseline: './over-known.json' }));
  const passed = { id: 'wire/date', reason: 'found before', fingerprint: '1: none' };
  write('over-known.json', JSON.stringify({ formatVersion: 1, about: 'Of a test.', failures: [passed] }));
  write('gone.json', manifestOf('gone', { start: { url: 'http://127.0.0.1:1' } }));
  const program = { program: 'node', args: ['-e', 'process.exit(3)'] };
  write('broken.json', manifestOf('broken', { start: { command: program }, ready: { path: '/' } }));
  write('mortal.mjs', mortalProgram);
  write('mortal.json', JSON.stringify(mortalManifest));
  write(
    'playwright.config.mts',
    `import base, { conformanceProject } from ${JSON.stringify(new URL('playwright.config.ts', packageRoot))};
const projects = ['./wrong.json', './over.json', './gone.json', './broken.json', './mortal.json'].map(conformanceProject);
const files = [['junit', { outputFile: 'junit.xml' }], ['json', { outputFile: 'all.json' }], ['blob', { outputDir: 'blob' }]];
export default { ...base, projects, reporter: [base.reporter[0], ['line'], ...files] };
`,
  );
});

afterAll(async () => {
  for (const close of closers) await close();
  rmSync(folder, { recursive: true, force: true });
});

/** One run of all that is chosen. */
let ran: ReturnType<typeof playwright> | undefined;
function runAll(): ReturnType<typeof playwright> {
  if (ran) return ran;
  calls.clear();
  ran = playwright(['test', '--project', 'wrong', '--grep', only(Object.values(chosen).flat())], folder);
  return ran;
}

test('50 nonconformances end no worker and are 50 failures to every reporter, the exit code and a merged blob', async () => {
  const { code, output } = await runAll();
  expect(output).toContain('  50 failed\n');
  expect(code).toBe(1);
  expect(calls.get('DeleteUserPool')).toBe(calls.get('CreateUserPool'));

  const { stats, suites } = JSON.parse(read('all.json')) as JSONReport;
  expect(stats).toMatchObject({ unexpected: 50, expected: 12, skipped: 2, flaky: 0 });
  const runs = suites.flatMap(specs).flatMap(({ tests }) => tests.flatMap(({ results }) => results));
  expect(Math.max(...runs.map(({ workerIndex }) => workerIndex))).toBeLessThan(2);
  expect(read('junit.xml')).toContain('tests="64" failures="50" skipped="2" errors="0"');
  const merged = await playwright(['merge-reports', '--reporter', 'line', 'blob'], folder);
  expect(merged.output).toContain('  50 failed\n');
  expect(merged.output).toContain('  2 skipped\n  12 passed');

  const report = resultsOf(folder, 'wrong');
  const tested = report.results.filter(({ id }) => !checks.some((check) => check.id === id));
  expect(totals(tested)).toMatchObject({ fail: 49, fixed: 1, known: 3, skip: 2, pass: 9 });
  expect(report.run).toMatchObject({ host: 'playwright', complete: true });
  const ids = baselined().map(({ id }) => id);
  const others = (results: readonly Result[]): Result[] => results.filter(({ id }) => !ids.includes(id));
  expect(verdicts(others(tested))).toEqual(verdicts(others(Object.values(chosen).flat())));
  // Those that fail bear a script, made alike by both hosts.
  expect(scripts(others(tested))).toEqual(scripts(others(Object.values(chosen).flat())));
  expect(Object.values(scripts(tested)).filter(Boolean).length).toBe(52);
});

test('shards say the same as one run, be their blobs merged or their results joined', async () => {
  await runAll();
  const whole = resultsOf(folder, 'wrong');
  mkdirSync(join(folder, 'blobs'));
  const parts: Part[] = [];
  for (const shard of ['1', '2']) {
    const grep = ['--grep', only(Object.values(chosen).flat())];
    await playwright(['test', '--project', 'wrong', '--shard', `${shard}/2`, '--output', shard, ...grep], folder);
    for (const blob of readdirSync(join(folder, 'blob'))) {
      cpSync(join(folder, 'blob', blob), join(folder, 'blobs', `${shard}.zip`));
    }
    parts.push({ file: shard, report: JSON.parse(read(`${shard}/conformance/wrong/results.json`)) as Report });
  }
  expect(parts.map(({ report }) => report.run.shard)).toEqual(['1/2', '2/2']);
  const [joined] = joinReports(parts, { suite, strict: false });
  const { output } = await playwright(['merge-reports', '--config', 'playwright.config.mts', 'blobs'], folder);
  expect(output).toContain('  50 failed\n');
  const merged = JSON.parse(read('1/conformance/wrong/results.json')) as Report;
  for (const { results, run } of [joined as Report, merged]) {
    expect(verdicts(results)).toEqual(verdicts(whole.results));
    expect([run.complete, run.shard]).toEqual([true, undefined]);
  }
  const [half] = joinReports(parts.slice(1), { suite, strict: false });
  expect([half?.run.complete, half?.run.notes?.[0]]).toEqual([false, 'shard 1/2 is missing']);
});

test('checks over every answer are judged by the reporter, which fails a run that nothing else fails', async () => {
  const args = ['test', '--project', 'over', '--grep', only(chosen.passing)];
  const { code, output } = await playwright(args, folder);
  expect(output).toContain('  9 passed');
  expect(output).toContain('FIXED  passes now, and is in the baseline  (1 case)');
  expect(code).toBe(1);
  const { results } = resultsOf(folder, 'over');
  const folded = foldOver(checks, results).map((result) =>
    result.id === 'wire/date' ? { ...result, verdict: 'fixed' } : result,
  );
  const told = results.filter(({ id }) => checks.some((check) => check.id === id));
  expect(told.map(({ id, verdict }) => [id, verdict])).toEqual(folded.map(({ id, verdict }) => [id, verdict]));
});

test('without our reporter tests fail plainly, with the same exit code', async () => {
  const some = only([...chosen.failing.slice(0, 2), ...chosen.known, ...chosen.passing]);
  const { code, output } = await playwright(
    ['test', '--project', 'wrong', '--reporter', 'list', '--grep', some],
    folder,
  );
  expect(output).toContain('  2 failed\n');
  expect(output).toContain('  12 passed');
  expect(code).toBe(1);
});

test('a failure shows the case: its file, its step, what differs and how it is known', async () => {
  const [first] = chosen.failing;
  const { output } = await runAll();
  expect(output).toMatch(new RegExp(`\\[wrong\\] › \\S*${first?.file}:\\d+:\\d+ › ${first?.area} › `));
  expect(output).toContain(`Error: expect(${first?.mismatches[0]?.call}).toConform()`);
  expect(output).toMatch(/> {1,2}\d+ \| {9,}\{\n/);
  expect(output).toContain(`Case: ${first?.id}\n`);
});

test('a target that cannot be judged or started is one failure; the other tests are skipped for its reason', async () => {
  const some = only([...chosen.passing, ...chosen.skipped]);
  const { code, output } = await playwright(
    ['test', '--project', 'gone', '--project', 'broken', '--grep', some],
    folder,
  );
  expect(output).toContain('  2 failed\n');
  expect(output).toContain('  20 skipped\n');
  expect(output).toContain('Error: nothing could be judged: http://127.0.0.1:1 cannot be judged: ');
  expect(output).toContain('Error: nothing could be judged: target broken: ');
  expect(code).toBe(1);
  const { results, target, run } = resultsOf(folder, 'broken');
  expect(results).toEqual([]);
  expect(target.name).toBe('broken');
  expect(run.complete).toBe(true);
  expect(run.problem).toContain('ended with exit code 3 before it answered');
});

test('a program that ends at some requests is started again for all workers, as in the command', async () => {
  const grep = only(suite.cases.filter(({ id }) => mortalCases.some((some) => id.startsWith(some))));
  const { code, output } = await playwright(['test', '--project', 'mortal', '--grep', grep], folder);
  expect(output).toContain('  1 failed\n');
  expect(code).toBe(1);
  const { results, run } = resultsOf(folder, 'mortal');
  const found = results.filter(({ id }) => !checks.some((check) => check.id === id));
  expect(toldOf(found)).toEqual(mortalVerdicts);
  expect(run.notes).toEqual([
    'the target stopped answering and was started again',
    'the target stopped answering at GetUser/malformed-token/space, which ran alone',
    'the target stopped answering at wire/malformed-json/cut-off, which ran alone',
  ]);
});

function baselined(): Result[] {
  return [...chosen.known, ...chosen.fixed];
}

function read(name: string): string {
  return readFileSync(join(folder, name), 'utf8');
}

function write(name: string, text: string): void {
  writeFileSync(join(folder, name), text);
}
