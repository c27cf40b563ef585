import { once } from 'node:events';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { openAccount, type AccountOptions, type TestAccount } from '../hosts/aws/account.test-data.ts';
import { callOf, connect } from '../hosts/aws/connection.ts';
import { command, folder, results, start } from '../hosts/command/command.test-data.ts';
import { found, jsonIn, parsed, secretsIn } from './canary.ts';

const before = { ...process.env };
const accounts: TestAccount[] = [];
afterEach(async () => {
  process.env = { ...before };
  for (const account of accounts.splice(0)) await account.close();
});

async function opened(options: AccountOptions): Promise<TestAccount> {
  const account = await openAccount({ latency: 30, ...options });
  if (typeof account === 'string') throw new Error(account);
  accounts.push(account);
  Object.assign(process.env, account.env);
  return account;
}

/** A run of all cases, and what it says. */
function running({ account, region, env }: TestAccount, ...more: string[]) {
  const out = mkdtempSync(join(folder, 'aws-'));
  const args = ['run', '--target', 'aws', '--account', account, '--region', region, '--yes', '--out', out, ...more];
  const child = start(args, env);
  if (!child.stdout || !child.stderr) throw new Error('no output');
  const said = Promise.all([text(child.stdout), text(child.stderr)]).then(([stdout, stderr]) => ({ stdout, stderr }));
  return { child, out, exit: once(child, 'exit') as Promise<[number | null]>, said };
}

/** Resolves when so many users were made. */
function users(count: number) {
  let seen = 0;
  let reached: () => void;
  const there = new Promise<void>((resolve) => (reached = resolve));
  return {
    there,
    see: (operation: string) => {
      if (operation === 'AdminCreateUser' && (seen += 1) === count) reached();
    },
  };
}

const operationOf = (headers: Readonly<Record<string, string>>): string => headers['x-amz-target']?.split('.')[1] ?? '';

async function poolsOf({ account, region }: TestAccount): Promise<string[]> {
  const connection = await connect({ account, region });
  const { body } = await callOf(connection)('ListUserPools', { MaxResults: 60 });
  connection.close();
  return (body as { UserPools: { Name: string }[] }).UserPools.map(({ Name }) => Name);
}

test.each(['SIGINT', 'SIGTERM'] as const)(
  'a recorded run that is ended by %s leaves no pool and no secret, and what it recorded is replayed',
  async (signal) => {
    const secrets = new Set<string>();
    const { there, see } = users(60);
    const account = await opened({
      seen: ({ headers, body }, response) => {
        for (const said of [body, response.body]) for (const one of secretsIn(parsed(said))) secrets.add(one);
        see(operationOf(headers));
      },
    });
    const recording = join(folder, `recording-${signal}`);
    const { child, out, exit, said } = running(account, '--record', recording);
    await there;
    child.kill(signal);
    expect(await exit).toEqual([130, null]);
    expect((await said).stderr).toContain('interrupted: cleaning up; once more to end at once');
    expect(await poolsOf(account)).toEqual([]);
    const { run, results: judged, totals } = results(out);
    expect([run.complete, run.problem, run.notes, totals.error, totals.blocked]).toEqual([
      false,
      undefined,
      undefined,
      0,
      0,
    ]);
    expect(judged.length).toBeGreaterThan(0);
    // Most of the users had a password by then.
    expect(secrets.size).toBeGreaterThan(50);
    expect(found(secrets, jsonIn(recording).join('\n'))).toEqual([]);

    const replayed = join(folder, `replayed-${signal}`);
    await command('run', '--target', `replay:${recording}`, '--out', replayed, '--quiet');
    const passed = results(replayed).results.filter(({ verdict }) => verdict === 'pass');
    const sent = judged.filter(({ verdict }) => verdict === 'pass').map(({ id }) => id);
    expect(sent.filter((id) => !passed.some((one) => one.id === id))).toEqual([]);
    expect([results(replayed).totals.error, results(replayed).totals.blocked]).toEqual([0, 0]);
  },
);

test('a second Ctrl-C ends at once, and says what deletes the rest', async () => {
  const { there, see } = users(20);
  const account = await opened({ latency: 3000, seen: ({ headers }) => see(operationOf(headers)) });
  const { child, exit, said } = running(account);
  await there;
  child.kill('SIGINT');
  await once(child.stderr ?? child, 'data');
  child.kill('SIGINT');
  expect(await exit).toEqual([130, null]);
  const { stderr } = await said;
  const run = /--run (\w{8})/.exec(stderr)?.[1];
  const last = `what it has made is left behind: npx cognito-conformance aws sweep --account 123456789012 --region us-east-1 --run ${run}`;
  expect(stderr.trimEnd().split('\n').at(-1)).toBe(last);
  expect((await poolsOf(account)).length).toBeGreaterThan(0);
});

test('a network that goes away in the middle ends the run in one line, which says what deletes the rest', async () => {
  const { there, see } = users(60);
  const account = await opened({ seen: ({ headers }) => see(operationOf(headers)) });
  const { out, exit, said } = running(account);
  await there;
  accounts.length = 0;
  await account.close();
  expect(await exit).toEqual([3, null]);
  const { stdout } = await said;
  const { run, results: judged, totals } = results(out);
  const { host } = new URL(account.url);
  expect(run.problem).toMatch(
    new RegExp(
      `^Cognito cannot be reached: nothing listens at ${host}; \\d+ pools are left behind: npx cognito-conformance aws sweep --account 123456789012 --region us-east-1 --run \\w{8}$`,
    ),
  );
  expect([run.complete, totals.blocked, totals.fail]).toEqual([false, 0, 0]);
  expect(judged.length).toBeGreaterThan(0);
  expect(stdout).toContain('PROBLEM  the run could not go on: Cognito cannot be reached:');
});
