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

const suite = loadSuite(packageRoot, about);
const cases = suite.cases.filter((one) => tokensOf(one).some(({ kind, claims }) => kind === 'expired' && !claims));
const ids = cases.flatMap(({ id }) => ['--case', id]);
const other = ['--case', 'GetUser/lists-attributes'];

test.concurrent('tokens that Cognito itself issued are waited for until they expire, and refused', async () => {
  const account = await accountWithoutStack();
  const out = join(folder, 'expired');
  const { code } = await runIn(account, '--out', out, ...ids);
  const report = results(out);
  expect(report.results.map(({ id, verdict, reason }) => [id, verdict, reason]).sort()).toEqual(
    cases.map(({ id }) => [id, 'pass', undefined]).sort(),
  );
  expect([code, await poolsIn(account)]).toEqual([0, []]);
  // They waited side by side, and none was judged before its token had expired.
  expect(report.run.durationMs).toBeGreaterThan(330_000);
  expect(report.run.durationMs).toBeLessThan(2 * 330_000);
  expect(Math.max(...report.results.map(({ durationMs }) => durationMs))).toBeLessThan(330_000);
  await account.close();
});

test.concurrent(
  'Ctrl-C ends the waiting at once: others are judged, these have no verdict, and nothing is left',
  async () => {
    let last = '';
    let quietSince = Date.now();
    const account = await accountWithoutStack((operation) => {
      last = operation;
      quietSince = Date.now();
      return 0;
    });
    const out = join(folder, 'interrupted');
    const child = start([...argumentsFor(account), '--out', out, ...ids, ...other], account.env);
    while (last !== 'GetUser' || Date.now() - quietSince < 3000) await sleep(100);
    expect(await poolsIn(account)).not.toEqual([]);
    const signalled = Date.now();
    child.kill('SIGINT');
    const [code] = (await once(child, 'exit')) as [number];
    expect(Date.now() - signalled).toBeLessThan(60_000);
    expect([code, await poolsIn(account)]).toEqual([130, []]);
    const { run, results: judged } = results(out);
    expect([run.complete, judged.map(({ id, verdict }) => [id, verdict])]).toEqual([false, [[other[1], 'pass']]]);
    await account.close();
  },
);

async function accountWithoutStack(latency?: (operation: string) => number): Promise<TestAccount> {
  const account = await openAccount(latency && { latency });
  if (typeof account === 'string') throw new Error(account);
  return account;
}

async function poolsIn({ url }: TestAccount): Promise<(string | undefined)[]> {
  const { UserPools = [] } = await clientOf(url).send(new ListUserPoolsCommand({ MaxResults: 60 }));
  return UserPools.map(({ Name }) => Name);
}
