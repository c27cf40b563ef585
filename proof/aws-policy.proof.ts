import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Report } from '../engine/result.ts';
import { openAccount } from '../hosts/aws/account.test-data.ts';
import { runIn } from '../hosts/aws/run.test-data.ts';
import { command, folder, results } from '../hosts/command/command.test-data.ts';
import type { Policy } from '../targets/aws/policy.ts';
import { policed } from './policed.ts';

/** Between them they need every action that the whole suite needs. */
const CASES = [
  'AddCustomAttributes/described-with-prefix',
  'AdminDeleteUserAttributes/attribute-never-set',
  'AdminInitiateAuth/access-token',
  'AdminUpdateUserAttributes/message-to-the-pending-email',
  'GetUser/token-of-a-deleted-user',
  'InitiateAuth/disabled-user',
  'InitiateAuth/password-reset-required',
  'InitiateAuth/refresh-after-admin-sign-out',
  'UpdateUserAttributes/token-of-a-deleted-client',
  'VerifyUserAttribute/bad-token/without-scope',
  'triggers/code-by-sms',
].flatMap((id) => ['--case', id]);

const whole = await printed();
const actions = whole.Statement.flatMap(({ Action }) => Action);
/** What the caller may do now. */
const policy: Policy = { Version: '2012-10-17', Statement: [] };
const account = await openAccount({ stack: true, policy });
const missing = typeof account === 'string' ? account : undefined;
const because = missing === undefined ? '' : ` (${missing})`;
let services: Awaited<ReturnType<typeof policed>> | undefined;

beforeAll(async () => {
  if (typeof account !== 'string') services = await policed(account.env['AWS_ENDPOINT_URL'] ?? '', policy);
});

afterAll(async () => {
  services?.close();
  if (typeof account !== 'string') await account.close();
});

test('the cases of this proof need all that the whole suite needs', async () => {
  expect((await printed(...CASES)).Statement).toEqual(whole.Statement);
});

test.skipIf(missing)(`with the policy that is printed, and nothing else, a run passes${because}`, async () => {
  const { code, report } = await run(whole, CASES);
  expect([code, report.totals.pass, report.run.problem]).toEqual([0, 11, undefined]);
});

test
  .skipIf(missing)
  .each([
    'AdminGetUser/modified-date',
    'AdminUpdateUserAttributes/auto-verified-email',
    'AdminUpdateUserAttributes/phone-verified-at-once',
    'GetUser/bad-token/without-scope',
  ])(`so does %s with the smaller policy that is printed for it${because}`, async (id) => {
  const only = ['--case', id];
  const { code, report } = await run(await printed(...only), only);
  expect([code, report.totals.pass, report.run.problem]).toEqual([0, 1, undefined]);
});

test.skipIf(missing).each(actions)(`without %s a run fails, and names it${because}`, async (action) => {
  const Statement = whole.Statement.map((statement) => ({
    ...statement,
    Action: statement.Action.filter((allowed) => allowed !== action),
  }));
  const { code, report } = await run({ ...whole, Statement }, CASES);
  expect([code, report.run.problem]).toEqual([3, expect.stringMatching(new RegExp(`^[^\\n]*${action}\\b[^\\n]*$`))]);
});

/** As its owner fills it in. */
function filled({ Statement }: Policy): Policy['Statement'] {
  if (typeof account === 'string' || !account.stack) throw new Error('no stack');
  const values = { REGION: account.region, ACCOUNT: account.account, KEY_ID: account.stack.KeyArn.split('/').at(-1) };
  const text = Object.entries(values).reduce(
    (done, [name, value]) => done.replaceAll(name, value ?? ''),
    JSON.stringify(Statement),
  );
  return JSON.parse(text) as Policy['Statement'];
}

/** A run by whoever may do this and no more. */
async function run(allowed: Policy, cases: readonly string[]): Promise<{ code: number | null; report: Report }> {
  if (typeof account === 'string' || !services) throw new Error('no account');
  policy.Statement = filled(allowed);
  const elsewhere = ['', '_SQS', '_KMS', '_CLOUDFORMATION'].map((name) => [`AWS_ENDPOINT_URL${name}`, services?.url]);
  const env = { ...account.env, ...(Object.fromEntries(elsewhere) as Record<string, string>) };
  const out = mkdtempSync(join(folder, 'policy-'));
  const { code } = await runIn({ ...account, env }, ...cases, '--out', out);
  return { code, report: results(out) };
}

async function printed(...words: string[]): Promise<Policy> {
  const { stdout } = await command('aws', 'plan', '--json', ...words);
  return (JSON.parse(stdout) as { policy: Policy }).policy;
}
