import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { tokensOf } from '../engine/issued.ts';
import { loadSuite } from '../engine/load.ts';
import { openAccount, type TestAccount } from '../hosts/aws/account.test-data.ts';
import { argumentsFor, runIn } from '../hosts/aws/run.test-data.ts';
import { folder, results, start } from '../hosts/command/command.test-data.ts';
import { clientOf } from '../mocks/aws/client.test-data.ts';
import { about, packageRoot } from '../package.ts';
import { loadManifest } from '../targets/manifest.ts';
import { whyMissing } from '../targets/missing.test-data.ts';

const suite = loadSuite(packageRoot, about);
const cases = suite.cases.filter((one) => tokensOf(one).some(({ kind, claims }) => kind === 'expired' && !claims));
const ids = cases.flatMap(({ id }) => ['--case', id]);
const other = 'GetUser/lists-attributes';

/** They cause messages, and here is no stack. */
const causing = ['GetUserAttributeVerificationCode/bad-token/expired', 'VerifyUserAttribute/bad-token/expired'];
const noStack = 'it needs the stack cognito-conformance, which is not deployed in us-east-1';

const hasMoto = whyMissing(await loadManifest('moto', packageRoot), packageRoot) === undefined;
/** One file that waits for five minutes is enough. */
const elsewhere = hasMoto ? ' (where moto is, proof/aws-run waits for them)' : '';
const waiting = hasMoto ? test.skip : test.concurrent;

waiting(`tokens that Cognito itself issued are waited for until they expire, and refused${elsewhere}`, async () => {
  const account = await withoutStack();
  const out = join(folder, 'expired');
  const { code } = await runIn(account, '--out', out, ...ids);
  const { results: judged, run } = results(out);
  const expected = cases.map(({ id }) => (causing.includes(id) ? [id, 'skip', noStack] : [id, 'pass', undefined]));
  expect(judged.map(({ id, verdict, reason }) => [id, verdict, reason]).sort()).toEqual(expected.sort());
  expect([code, await poolsIn(account)]).toEqual([0, []]);
  // They waited side by side, and none was judged before its token had expired.
  expect(run.durationMs).toBeGreaterThan(330_000);
  expect(run.durationMs).toBeLessThan(2 * 330_000);
  expect(Math.max(...judged.map(({ durationMs }) => durationMs))).toBeLessThan(330_000);
  await account.close();
});

test.concurrent('Ctrl-C ends the waiting at once: others are judged, and nothing is left', async () => {
  let quietSince = Date.now();
  let hasBegun = false;
  const own = await withoutStack((operation) => {
    hasBegun ||= operation === 'AdminCreateUser';
    quietSince = Date.now();
    return 0;
  });
  const out = join(folder, 'interrupted');
  const child = start([...argumentsFor(own), '--out', out, ...ids, '--case', other], own.env);
  while (!hasBegun || Date.now() - quietSince < 3000) await sleep(100);
  expect(await poolsIn(own)).not.toEqual([]);
  const signalled = Date.now();
  child.kill('SIGINT');
  const [code] = (await once(child, 'exit')) as [number];
  // And not after the five minutes that they had to wait.
  expect(Date.now() - signalled).toBeLessThan(60_000);
  expect([code, await poolsIn(own)]).toEqual([130, []]);
  const { run, results: judged } = results(out);
  expect(run.complete).toBe(false);
  expect(Object.fromEntries(judged.map(({ id, verdict }) => [id, verdict]))).toEqual({
    [other]: 'pass',
    ...Object.fromEntries(causing.map((id) => [id, 'skip'])),
  });
  await own.close();
});

async function withoutStack(latency?: (operation: string) => number): Promise<TestAccount> {
  const opened = await openAccount(latency && { latency });
  if (typeof opened === 'string') throw new Error(opened);
  return opened;
}

async function poolsIn({ url }: TestAccount): Promise<(string | undefined)[]> {
  const { UserPools = [] } = await clientOf(url).send(new ListUserPoolsCommand({ MaxResults: 60 }));
  return UserPools.map(({ Name }) => Name);
}
