import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { loadSuite } from '../../engine/load.ts';
import type { Report } from '../../engine/result.ts';
import { about, packageRoot } from '../../package.ts';
import { runTarget } from '../command/run-target.ts';
import { manifestOf } from '../open-target.ts';
import { requireEmptyFolder } from './keep-recording.ts';
import { readRecording } from './read.ts';
import { fileOf, type Exchange, type Journal } from './recording.ts';

const folder = mkdtempSync(join(tmpdir(), 'recording-test-'));
const recorded = join(folder, 'recorded');
const FORGED = 'UpdateUserAttributes/token-without-scope';
const suite = loadSuite(packageRoot, about);
const halfOfFiles = new Set([...new Set(suite.cases.map(({ file }) => file))].filter((_, index) => index % 2 === 0));
/** One case of every other file of cases. */
const cases = suite.cases.filter(
  ({ id, file, over }, index, all) =>
    id === FORGED || (!over && halfOfFiles.has(file) && all.findIndex((one) => one.file === file) === index),
);
let live: Report;

beforeAll(async () => {
  live = await run({ name: 'mock' }, { record: recorded });
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(
  choice: { name: string } | { replay: string },
  { record, concurrency = 8 }: { record?: string; concurrency?: number } = {},
): Promise<Report> {
  const { signal } = new AbortController();
  return runTarget(await manifestOf(choice), {
    suite,
    cases,
    record,
    concurrency,
    strict: false,
    trace: false,
    signal,
  });
}

function outcomes({ results }: Report) {
  return results
    .map(({ id, verdict, fingerprint }) => ({ id, verdict, fingerprint }))
    .sort((one, other) => (one.id < other.id ? -1 : 1));
}

/** A copy of the recording in which one journal is another. */
function changed(of: string, change: (journal: Journal) => unknown): string {
  const copy = mkdtempSync(join(folder, 'changed-'));
  cpSync(recorded, copy, { recursive: true });
  const file = join(copy, fileOf(of));
  const content = change(JSON.parse(readFileSync(file, 'utf8')) as Journal);
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
  return copy;
}

test('a recording passes as its target did, whatever the order', async () => {
  expect(cases.length).toBeGreaterThan(15);
  expect(new Set(live.results.map(({ verdict }) => verdict))).toEqual(new Set(['pass']));
  expect(outcomes(await run({ replay: recorded }))).toEqual(outcomes(live));
  expect(outcomes(await run({ replay: recorded }, { concurrency: 1 }))).toEqual(outcomes(live));
});

test('what is answered otherwise in a recording is a finding of the case alone', async () => {
  const copy = changed(FORGED, (journal) => {
    const refused = journal.entries.find((entry) => 'response' in entry && entry.response?.status === 400) as Exchange;
    const { body = '', headers = [] } = refused.response ?? {};
    const other = (text: string): string => text.replace('NotAuthorized', 'InvalidParameter');
    refused.response = { status: 400, headers: headers.map(([name, text]) => [name, other(text)]), body: other(body) };
    return journal;
  });
  const { results } = await run({ replay: copy });
  expect(results.filter(({ verdict }) => verdict !== 'pass').map(({ id, verdict }) => [id, verdict])).toEqual([
    [FORGED, 'fail'],
  ]);
});

test('what is asked and was not recorded is no fault of the target, and is named', async () => {
  const copy = changed(FORGED, (journal) => {
    const update = journal.entries.find(
      (entry) => 'call' in entry && entry.call === 'UpdateUserAttributes',
    ) as Exchange;
    update.request.body = update.request.body?.replace('nickname', 'given_name');
    return journal;
  });
  const { results } = await run({ replay: copy });
  const [found, ...others] = results.filter(({ verdict }) => verdict !== 'pass');
  expect(others).toEqual([]);
  expect([found?.id, found?.verdict, found?.cause]).toEqual([
    FORGED,
    'error',
    'the recording does not hold what is asked',
  ]);
  const attribute = (name: string) => `"UserAttributes":[{"Name":"${name}"`;
  expect(found?.reason).toContain(`the recording of ${FORGED} does not hold UpdateUserAttributes {`);
  expect(found?.reason).toContain(attribute('nickname'));
  expect(found?.reason).toContain('it holds UpdateUserAttributes {');
  expect(found?.reason).toContain(attribute('given_name'));
});

test('a case that was not recorded is skipped', async () => {
  const copy = mkdtempSync(join(folder, 'less-'));
  cpSync(recorded, copy, { recursive: true });
  rmSync(join(copy, fileOf(FORGED)));
  const { results, totals } = await run({ replay: copy });
  expect([totals.skip, totals.pass]).toEqual([1, cases.length - 1]);
  expect(results.find(({ id }) => id === FORGED)?.reason).toBe('the recording does not hold the case');
});

test('a recording holds what it is of, and its results', () => {
  const { about: head, journals } = readRecording(recorded);
  expect([head.target.name, head.complete, head.region, head.node]).toEqual([
    'mock',
    true,
    'us-east-1',
    process.version,
  ]);
  expect(head.suite).toEqual({ name: suite.name, version: suite.version, hash: suite.hash });
  expect([...journals.keys()].filter((of) => !of.startsWith('fixtures/')).sort()).toEqual(
    cases.flatMap(({ id, over }) => (over ? [] : [id])).sort(),
  );
  const results = JSON.parse(readFileSync(join(recorded, 'results.json'), 'utf8')) as Report;
  expect(results.results.filter(({ steps }) => steps.length > 0).length).toBeGreaterThan(15);
  const files = readdirSync(recorded, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'));
  expect(files.length).toBeGreaterThan(journals.size);
  expect(files.filter((name) => /:(?!0{12})\d{12}:/.test(readFileSync(join(recorded, name), 'utf8')))).toEqual([]);
});

test.each<[string, (journal: Journal) => unknown, string]>([
  ['torn', (journal) => JSON.stringify(journal).slice(0, 200), ' is not whole: '],
  [
    'of another version',
    (journal) => ({ ...journal, recordingVersion: 2 }),
    ' is of recordingVersion 2; this version reads 1: record it again',
  ],
  [
    'something else',
    (journal) => ({ ...journal, entries: {} }),
    ' is no part of a recording: /entries must be array; record it again',
  ],
])('a file that is %s is named', (_, change, message) => {
  const copy = changed(FORGED, change);
  expect(() => readRecording(copy)).toThrow(join(copy, fileOf(FORGED)) + message);
});

test('a folder that is no recording, or cannot become one, is named', () => {
  const empty = join(folder, 'empty');
  mkdirSync(empty);
  expect(() => readRecording(empty)).toThrow(
    `${empty} is no recording: it has no recording.json; give a folder that run --record has written`,
  );
  requireEmptyFolder(join(empty, 'made'));
  expect(existsSync(join(empty, 'made'))).toBe(true);
  expect(() => requireEmptyFolder(empty)).toThrow(
    `--record ${empty}: the folder is not empty; recordings are not mixed: name a new one`,
  );
  writeFileSync(join(folder, 'file'), '');
  expect(() => requireEmptyFolder(join(folder, 'file', 'in'))).toThrow(
    'choose a folder that can be written with --record',
  );
});
