import { afterEach, expect, test } from 'vitest';
import { loadSuite } from '../../engine/load.ts';
import type { Report } from '../../engine/result.ts';
import { about, packageRoot } from '../../package.ts';
import type { PlannedRun } from '../../targets/aws/plan-summary.ts';
import type { Plan } from '../../targets/aws/plan.ts';
import { runTarget } from '../command/run-target.ts';
import { quotasWith } from '../quotas.ts';
import { openAccount, type AccountOptions, type TestAccount } from './account.test-data.ts';
import { awsManifest } from './choose.ts';
import { callOf, connect } from './connection.ts';

const suite = loadSuite(packageRoot, about);
const cases = suite.cases.filter(({ id }) => id.startsWith('AdminGetUser/'));
const named = { account: '123456789012', region: 'us-east-1' };

const before = { ...process.env };
const accounts: TestAccount[] = [];
afterEach(async () => {
  process.env = { ...before };
  for (const account of accounts.splice(0)) await account.close();
});

async function opened(options: AccountOptions = {}): Promise<TestAccount> {
  const account = await openAccount(options);
  if (typeof account === 'string') throw new Error(account);
  accounts.push(account);
  Object.assign(process.env, account.env);
  return account;
}

interface Ran {
  report: Report;
  /** What was shown before it began. */
  shown: { plan: Plan; run: PlannedRun };
}

async function run({ signal = new AbortController().signal, account = named.account } = {}): Promise<Ran> {
  const shown: Ran['shown'][] = [];
  const approve = async (plan: Plan, of: PlannedRun): Promise<void> => void shown.push({ plan, run: of });
  const quotas = quotasWith([]);
  const aws = { suite, cases, quotas, approve, signal };
  const manifest = awsManifest({ ...named, account, yes: true });
  const report = await runTarget(manifest, { suite, cases, strict: false, trace: false, signal, aws, detail: 'quiet' });
  return { report, shown: shown[0] ?? ({} as Ran['shown']) };
}

async function poolsLeft(): Promise<unknown> {
  const connection = await connect(named);
  const { body } = await callOf(connection)('ListUserPools', { MaxResults: 60 });
  connection.close();
  return (body as { UserPools: { Name: string }[] }).UserPools.map(({ Name }) => Name);
}

const sweep = ({ shown }: Ran): string =>
  `npx cognito-conformance aws sweep --account 123456789012 --region us-east-1 --run ${shown.run.runId}`;

test('cases are judged in the account that was named, in pools that say whose they are, and nothing is left', async () => {
  const made: Record<string, unknown>[] = [];
  await opened({
    seen: ({ headers, body }) => {
      if (headers['x-amz-target']?.endsWith('.CreateUserPool')) made.push(JSON.parse(body) as Record<string, unknown>);
    },
  });
  const { report, shown } = await run();
  expect(report.results.map(({ verdict }) => verdict)).toEqual(cases.map(() => 'pass'));
  expect(report.run).toMatchObject({ complete: true });
  const { runId } = shown.run;
  expect(shown.run).toEqual({
    ...named,
    runId,
    arn: 'arn:aws:iam::123456789012:user/cognito-conformance',
    leftovers: 0,
  });
  expect(shown.plan.makes).toEqual({ pools: 1, clients: 1, users: 3 });
  expect(made).toEqual([
    {
      PoolName: `cognito-conformance-${runId}-plain`,
      DeletionProtection: 'INACTIVE',
      UserPoolTags: {
        'cognito-conformance:run': runId,
        'cognito-conformance:made-at': expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      },
    },
  ]);
  expect(await poolsLeft()).toEqual([]);
});

test('nothing is asked of an account that was not named', async () => {
  const asked: unknown[] = [];
  await opened({ seen: ({ headers }) => void asked.push(headers['x-amz-target']) });
  const { report } = await run({ account: '999999999999' });
  expect(report.run.problem).toBe(
    'target aws: the credentials are of account 123456789012, and --account names 999999999999',
  );
  expect([report.results, asked]).toEqual([[], [undefined]]);
});

test('a permission that is missing ends the run at once, and is named with what it is for', async () => {
  const Action = ['ListUserPools', 'CreateUserPool', 'DescribeUserPool', 'TagResource', 'DeleteUserPool'];
  const actions = [...Action, 'CreateUserPoolClient'].map((name) => `cognito-idp:${name}`);
  const Statement = [
    { Effect: 'Allow' as const, Action: [...actions, 'cognito-idp:DescribeConformanceUnicorn'], Resource: '*' },
  ];
  await opened({ policy: { Statement } });
  const { report } = await run();
  expect(report.run.problem).toMatch(
    /^a permission is missing: cognito-idp:AdminCreateUser on arn:aws:cognito-idp:us-east-1:123456789012:userpool\/us-east-1_\w+; npx cognito-conformance aws plan prints the whole policy$/,
  );
  expect([report.results, report.run.complete]).toEqual([[], false]);
  expect(await poolsLeft()).toEqual([]);
});

test('an account that has room for no pool ends the run', async () => {
  const none = { ...quotasWith([]), resources: { poolsPerRegion: 0 } };
  await opened({ quotas: none });
  const { report } = await run();
  expect(report.run.problem).toBe(
    'there is no room for another pool (LimitExceededException of CreateUserPool): delete pools of this account and region that nobody needs, or ask for a higher quota',
  );
  expect(report.results).toEqual([]);
});

test('credentials that expire in the middle end the run, and what they cannot delete is told', async () => {
  const credentials = {
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    secretAccessKey: 'secret',
    sessionToken: 's',
    expires: Infinity,
  };
  await opened({
    credentials,
    seen: ({ headers }) => {
      if (headers['x-amz-target']?.endsWith('.AdminCreateUser')) credentials.expires = 0;
    },
  });
  process.env['AWS_SESSION_TOKEN'] = 's';
  const ran = await run();
  expect(ran.report.run.problem).toMatch(
    /^the credentials have expired \(at Admin\w+\): get new ones that last longer than the run; 1 pool is left behind/,
  );
  expect(ran.report.run.problem?.endsWith(`: ${sweep(ran)}`)).toBe(true);
  expect(ran.report.results).toEqual([]);
});

test('an interrupted run deletes the pool whose creation was under way', async () => {
  const interrupt = new AbortController();
  await opened({
    latency: 100,
    seen: ({ headers }) => {
      if (headers['x-amz-target']?.endsWith('.CreateUserPool')) interrupt.abort();
    },
  });
  const { report } = await run({ signal: interrupt.signal });
  expect([report.run.complete, report.run.problem, report.run.notes, report.results]).toEqual([
    false,
    undefined,
    undefined,
    [],
  ]);
  expect(await poolsLeft()).toEqual([]);
});
