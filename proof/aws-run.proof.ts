import { mkdtempSync } from 'node:fs';
import { availableParallelism, loadavg } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import { isOverCase } from '../engine/over.ts';
import { openAccount, type AccountOptions } from '../hosts/aws/account.test-data.ts';
import { planFor } from '../hosts/aws/plan.ts';
import { runIn } from '../hosts/aws/run.test-data.ts';
import { command, folder, results } from '../hosts/command/command.test-data.ts';
import { quotasWith } from '../hosts/quotas.ts';
import { rehearse } from '../hosts/rehearse.ts';
import { about, packageRoot } from '../package.ts';
import type { Rehearsal } from '../targets/aws/plan.ts';
import { found, jsonIn, parsed, secretsIn } from './canary.ts';

const credentials = {
  accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'canary/secret+access/key',
  sessionToken: 'canary/of+the/session',
};
const suite = loadSuite(packageRoot, about);
const quotas = quotasWith([]);

/** All that a recording must not hold. */
const secrets = new Set<string>();
let throttled = 0;
const seen: AccountOptions['seen'] = (request, response) => {
  if (response.body.includes('"TooManyRequestsException"')) throttled += 1;
  const { authorization = '' } = request.headers;
  const signature = /Credential=ASIA.*Signature=(\w+)/.exec(authorization)?.[1];
  const said = [request.body, response.body].flatMap((body) => secretsIn(parsed(body)));
  for (const secret of [...said, ...(signature === undefined ? [] : [signature])]) secrets.add(secret);
};

/** In no case, as it must not be in a recording. */
const ACCOUNT = '210987654321';
const account = await openAccount({ stack: true, account: ACCOUNT, quotas, latency: 80, credentials, seen });
const missing = typeof account === 'string' ? account : undefined;
afterAll(async () => {
  if (typeof account !== 'string') await account.close();
});

let rehearsal: Rehearsal;
beforeAll(async () => {
  rehearsal = await rehearse(suite.cases, suite);
});
beforeEach(() => {
  throttled = 0;
});

async function run(...args: string[]) {
  if (typeof account === 'string') throw new Error(account);
  const out = mkdtempSync(join(folder, 'aws-'));
  const env = { ...account.env, AWS_SESSION_TOKEN: credentials.sessionToken };
  const ended = await runIn({ ...account, env }, '--out', out, ...args);
  await account.settled();
  return { ...ended, report: results(out) };
}

/** Where others work too, a run waits for the processor. */
const busy = loadavg()[0] ?? 0;
const noisy = busy > availableParallelism() / 2 ? `${busy.toFixed(1)} programs run beside this one` : undefined;

test.skipIf(missing ?? noisy)(
  `at the default quotas and 80 ms the suite takes 1.2 times what the plan says at most${(missing ?? noisy) ? ` (${missing ?? noisy})` : ''}`,
  async () => {
    const waiting = new Set(rehearsal.cases.filter(({ waitsForExpiry }) => waitsForExpiry).map(({ id }) => id));
    const cases = rehearsal.cases.filter(({ id }) => !waiting.has(id));
    const plan = planFor({ ...rehearsal, cases }, quotas, suite);
    const { code, report } = await run(...cases.flatMap(({ id }) => ['--case', id]));
    const others = report.results.filter(({ verdict }) => verdict !== 'pass');
    expect(others.map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([]);
    expect([code, throttled]).toEqual([0, 0]);
    expect(report.run.durationMs / 1000).toBeLessThanOrEqual(1.2 * plan.time.quotaSeconds);
  },
);

test.skipIf(missing)(
  `the whole suite passes in an account with the fixed parts, is recorded without a secret, and replayed${missing ? ` (${missing})` : ''}`,
  async () => {
    if (typeof account === 'string') return;
    const plan = planFor(rehearsal, quotas, suite);
    const recording = join(folder, 'recording');
    const { code, report, stderr } = await run('--record', recording);
    const ids = (verdict: string): string[] =>
      report.results.filter((result) => result.verdict === verdict).map(({ id }) => id);
    const [passed, skipped] = [ids('pass'), ids('skip')];
    const others = report.results.filter(({ verdict }) => verdict !== 'pass' && verdict !== 'skip');
    expect(others.map(({ id, verdict, reason }) => [id, verdict, reason])).toEqual([]);
    expect([code, report.run.notes]).toEqual([0, undefined]);
    expect(skipped.sort()).toEqual(plan.leftOut.map(({ id }) => id).sort());
    const over = suite.cases.filter((test) => isOverCase(test)).map(({ id }) => id);
    expect(passed.sort()).toEqual([...rehearsal.cases.map(({ id }) => id), ...over].sort());
    expect([throttled, account.sent]).toEqual([0, []]);
    expect(report.run.durationMs / 1000).toBeLessThanOrEqual(1.2 * plan.time.expirySeconds);

    for (const secret of Object.values(credentials)) secrets.add(secret);
    for (const { code: sent } of account.mock.messages) secrets.add(sent);
    const written = JSON.stringify(suite.cases);
    for (const secret of [...secrets]) if (written.includes(secret)) secrets.delete(secret);
    expect(secrets.size).toBeGreaterThan(2000);
    expect(found(secrets, jsonIn(recording).join('\n'))).toEqual([]);
    expect(jsonIn(recording).filter((file) => file.includes(ACCOUNT))).toEqual([]);
    expect(found(secrets, stderr)).toEqual([]);

    const replayed = join(folder, 'replayed');
    await command('run', '--target', `replay:${recording}`, '--out', replayed, '--quiet');
    const verdicts = ({ results: all }: typeof report): string[] =>
      all.map(({ id, verdict }) => `${id} ${verdict}`).sort();
    expect(verdicts(results(replayed))).toEqual(verdicts(report));
  },
  900_000,
);
