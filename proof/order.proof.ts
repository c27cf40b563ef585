import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Case } from '../engine/case.ts';
import { loadSuite } from '../engine/load.ts';
import { foldOver, isOverCase } from '../engine/over.ts';
import type { Report, Result, Verdict } from '../engine/result.ts';
import { runCases } from '../engine/run-cases.ts';
import { closeSession, openSession } from '../engine/session.ts';
import { runTarget } from '../hosts/command/run-target.ts';
import { manifestOf as textOfManifest, playwright } from '../hosts/playwright/playwright.test-data.ts';
import { manifestOf, openTarget } from '../hosts/open-target.ts';
import { CognitoError } from '../mocks/errors.ts';
import { on, type Fault } from '../mocks/fault.ts';
import { createMock } from '../mocks/mock.ts';
import { serve } from '../mocks/serve.ts';
import { about, packageRoot } from '../package.ts';
import { loadManifest } from '../targets/manifest.ts';
import { startTarget } from '../targets/start.ts';
import { seed } from './seed.ts';

const suite = loadSuite(packageRoot, about);
const checks = suite.cases.filter(isOverCase);
/** Runs in an order of their own. */
const RUNS = 4;

/** Wrong in many ways at once, so that every verdict there is without a baseline is among the verdicts on it. */
const faults: Fault[] = [
  on('UpdateUserAttributes', async (input, state, next) => {
    const kept = input.UserAttributes.filter(({ Value }) => Value !== '');
    return next({ ...input, UserAttributes: kept }, state);
  }),
  on('AdminCreateUser', (input, state, next) => {
    const UserAttributes = input.UserAttributes?.filter(({ Name }) => Name !== 'phone_number');
    return next({ ...input, UserAttributes }, state);
  }),
  on('CreateUserPool', (input, state, next) => {
    if (input.AliasAttributes) throw new CognitoError('InvalidParameterException', 'no aliases');
    return next(input, state);
  }),
  on('RevokeToken', () => {
    throw new CognitoError('UnknownOperationException', '');
  }),
  on('AdminDisableUser', () => {
    throw new CognitoError('TooManyRequestsException', 'Rate exceeded');
  }),
  {
    answer: ({ headers, ...answer }, request) => {
      const ofGetUser = request.headers['x-amz-target']?.endsWith('.GetUser') ?? false;
      const body = answer.body.replace('"message":"', '"message":"Sorry. ');
      const { 'x-amzn-requestid': id = '', 'content-length': _, ...others } = headers;
      const status = request.method === 'OPTIONS' ? 204 : answer.status;
      return { status, body, headers: ofGetUser ? others : { ...others, 'x-amzn-requestid': id } };
    },
  },
];

const everyVerdict = ['blocked', 'error', 'fail', 'info', 'pass', 'skip', 'warn'];

/** What is known of a verdict wherever it was found: no time, no order, no number drawn in the run. */
type Verdicts = Record<string, { verdict: Verdict; fingerprint: string; reason?: string }>;

interface Plan {
  faults: readonly Fault[];
  concurrency: number;
}

test.each([
  { what: 'the mock', faults: [], wanted: ['pass'] },
  { what: 'a wrong mock', faults, wanted: everyVerdict },
])(
  `${RUNS} random orders of all ${suite.cases.length} cases, at concurrency 1 to 32, in 1 to 6 shards, judge $what as two plain runs do`,
  async ({ faults, wanted }) => {
    const plain = await judged(suite.cases, { faults, concurrency: 8 });
    expect(Object.keys(plain)).toHaveLength(suite.cases.length);
    expect([...new Set(Object.values(plain).map(({ verdict }) => verdict))].sort()).toEqual(wanted);
    expect(await judged(suite.cases, { faults, concurrency: 8 })).toEqual(plain);
    // A smaller order is another run of everything: the one that differs is told as it is.
    await fc.assert(inAnyOrder(suite.cases, faults, plain), { seed, numRuns: RUNS, endOnFailure: true });
  },
);

test('a mock whose answers depend on what others asked before is judged otherwise in another order', async () => {
  const some = suite.cases.filter((one, index) => isOverCase(one) || index % 6 === 0);
  let updates = 0;
  const moody = on('UpdateUserAttributes', (input, state, next) => {
    updates += 1;
    return updates % 10 === 0 ? {} : next(input, state);
  });
  const plain = await judged(some, { faults: [moody], concurrency: 1 });
  const { errorInstance } = await fc.check(inAnyOrder(some, [moody], plain), {
    seed,
    numRuns: RUNS,
    endOnFailure: true,
  });
  expect(String(errorInstance)).toMatch(/^AssertionError: expected .* to deeply equal /);
});

function inAnyOrder(cases: readonly Case[], faults: readonly Fault[], plain: Verdicts) {
  const order = fc.shuffledSubarray([...cases], { minLength: cases.length });
  const shard = fc.record({ concurrency: fc.integer({ min: 1, max: 32 }), weight: fc.integer({ min: 1, max: 100 }) });
  return fc.asyncProperty(order, fc.array(shard, { minLength: 1, maxLength: 6 }), async (ordered, shards) => {
    const total = shards.reduce((sum, { weight }) => sum + weight, 0);
    const results: Result[] = [];
    let [before, from] = [0, 0];
    for (const { concurrency, weight } of shards) {
      before += weight;
      const to = Math.round((before / total) * ordered.length);
      results.push(...(await run(ordered.slice(from, to), { faults, concurrency })));
      from = to;
    }
    expect(verdictsOf(results)).toEqual(plain);
  });
}

test(`all ${suite.cases.length} cases are judged alike by the command and by Playwright, whole or in 3 shards, on one wrong mock over HTTP`, async () => {
  const { url, close } = await serve(createMock({ faults }));
  const folder = mkdtempSync(join(tmpdir(), 'order-proof-'));
  const codes = { get: '/_mock/messages/${UserPoolId}/${Username}', pointer: '/0/code' };
  const messages = { ...codes, pointer: '' };
  const manifest = join(folder, 'wrong.json');
  writeFileSync(manifest, textOfManifest('wrong', { start: { url }, codes, messages }));
  writeFileSync(
    join(folder, 'playwright.config.mts'),
    `import base, { conformanceProject } from ${JSON.stringify(new URL('playwright.config.ts', packageRoot))};
export default { ...base, projects: [conformanceProject('./wrong.json')], reporter: [base.reporter[0]] };
`,
  );
  try {
    const { signal } = new AbortController();
    const options = { suite, cases: suite.cases, strict: false, trace: false, signal };
    const { results } = await runTarget(await loadManifest(manifest, packageRoot), options);
    const byCommand = essence(results);
    expect([...new Set(Object.values(byCommand).map(([verdict]) => verdict))].sort()).toEqual(everyVerdict);
    const whole = await byPlaywright(folder, 'whole');
    expect(essence(whole)).toEqual(byCommand);
    const shards: Result[] = [];
    for (const shard of [1, 2, 3]) shards.push(...(await byPlaywright(folder, `${shard}`, `--shard=${shard}/3`)));
    expect(shards.length).toBeGreaterThan(suite.cases.length);
    expect(essence(shards)).toEqual(byCommand);
  } finally {
    await close();
    rmSync(folder, { recursive: true });
  }
});

async function byPlaywright(folder: string, output: string, ...args: string[]): Promise<Result[]> {
  await playwright(['test', '--output', output, ...args], folder);
  const written = readFileSync(join(folder, output, 'conformance/wrong/results.json'), 'utf8');
  return (JSON.parse(written) as Report).results;
}

/** What a baseline would hold of each: two hosts may word the same difference otherwise. */
function essence(results: readonly Result[]): Record<string, [Verdict, string]> {
  const entries = Object.entries(verdictsOf(results));
  return Object.fromEntries(entries.map(([id, { verdict, fingerprint }]) => [id, [verdict, fingerprint]]));
}

async function judged(cases: readonly Case[], plan: Plan): Promise<Verdicts> {
  return verdictsOf(await run(cases, plan));
}

/** The cases on a target of their own. */
async function run(cases: readonly Case[], { faults, concurrency }: Plan): Promise<Result[]> {
  const manifest = await manifestOf({ name: 'mock' });
  const open = await openTarget(manifest, { running: await startTarget(manifest, { packageRoot, faults }) });
  const { functions, signingKey, ...rest } = open.target;
  const session = openSession(faults.length > 0 ? rest : open.target, suite);
  const results: Result[] = [];
  await runCases(cases, session, { concurrency, onResult: (result) => void results.push(result) });
  await closeSession(session);
  await open.close();
  return results;
}

/** As hosts do: what is held against every answer is folded when all results are there. */
function verdictsOf(results: readonly Result[]): Verdicts {
  const own = results.filter(({ id }) => !checks.some((check) => check.id === id));
  const all = [...own, ...foldOver(checks, own)].map((result) => [result.id, plainly(result)] as const);
  return Object.fromEntries(all);
}

function plainly({ id, verdict, fingerprint = '', reason }: Result): Verdicts[string] {
  // How many answers there were to judge, and which of them is told, depends on who made a pool that all share.
  const isOver = checks.some((check) => check.id === id);
  return { verdict, fingerprint, ...(!isOver && reason !== undefined && { reason: reason.replace(/\d+/g, '#') }) };
}
