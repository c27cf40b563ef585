import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serveAsAws, type StandInOptions } from '../../mocks/aws/stand-in.ts';
import { MADE_AT_TAG, RUN_TAG } from '../../targets/aws/leftovers.ts';
import { callOf, connect } from './connection.ts';
import { sweep } from './sweep.ts';

const HOME = { account: '123456789012', region: 'us-east-1' };
const HOUR = 3_600_000;
const START = Date.parse('2026-12-01T00:00:00Z');

let said: string[] = [];
let complained: string[] = [];
let close: (() => Promise<void>)[] = [];

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
  [said, complained] = [[], []];
  vi.spyOn(console, 'log').mockImplementation((line: string) => void said.push(line));
  vi.spyOn(console, 'error').mockImplementation((line: string) => void complained.push(line));
});

afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  vi.useRealTimers();
  await Promise.all(close.splice(0).map((end) => end()));
});

interface Pool {
  PoolName: string;
  UserPoolTags?: Record<string, string>;
  DeletionProtection?: string;
}

/** An account with these pools, made so long ago, that the environment leads to. */
async function account(ago: number, pools: readonly Pool[], options: Partial<StandInOptions> = {}) {
  const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };
  const served = await serveAsAws({ credentials, ...options });
  close.push(served.close);
  for (const service of ['COGNITO_IDENTITY_PROVIDER', 'STS']) vi.stubEnv(`AWS_ENDPOINT_URL_${service}`, served.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', credentials.accessKeyId);
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', credentials.secretAccessKey);
  vi.stubEnv('AWS_SESSION_TOKEN', '');
  const connection = await connect(HOME);
  close.push(async () => connection.close());
  const call = callOf(connection) as (operation: string, input: object) => Promise<{ body?: unknown }>;
  const ids: string[] = [];
  vi.setSystemTime(START - ago);
  for (const pool of pools) {
    const { body } = await call('CreateUserPool', pool);
    ids.push((body as { UserPool?: { Id: string } }).UserPool?.Id ?? '');
  }
  vi.setSystemTime(START);
  const names = async (): Promise<string[]> => {
    const { body } = await call('ListUserPools', { MaxResults: 60 });
    return (body as { UserPools: { Name: string }[] }).UserPools.map(({ Name }) => Name).sort();
  };
  return { ids, names };
}

const ours = (run: string, fixture: string, settings: Partial<Pool> = {}): Pool => ({
  PoolName: `cognito-conformance-${run}-${fixture}`,
  UserPoolTags: { [RUN_TAG]: run, [MADE_AT_TAG]: new Date(START - 5 * HOUR).toISOString() },
  ...settings,
});

const strangers: Pool[] = [{ PoolName: 'customers' }, { PoolName: 'cognito-conformance-mine' }];

test('what runs left behind is shown, and nothing deleted where nobody can be asked', async () => {
  const { ids, names } = await account(5 * HOUR, [ours('run00001', 'plain'), ...strangers]);
  expect(await sweep(HOME)).toBe(2);
  expect(said).toEqual([
    [
      'Cognito lists 3 pools in account 123456789012, us-east-1; 1 of them left by runs of 3 h ago and before',
      '  pool                                id                   run       age',
      `  cognito-conformance-run00001-plain  ${ids[0]}  run00001  5 h`,
      'Left alone',
      `  cognito-conformance-mine (${ids[2]}): it has no tag cognito-conformance:run`,
    ].join('\n'),
  ]);
  expect(complained).toEqual(['nothing was deleted; --yes deletes without asking']);
  expect(await names()).toHaveLength(3);
});

test('with --yes it is deleted, and nothing else', async () => {
  const { names } = await account(5 * HOUR, [ours('run00001', 'a'), ours('run00002', 'b'), ...strangers]);
  expect(await sweep({ ...HOME, yes: true })).toBe(0);
  expect([said[1], complained]).toEqual(['2 pools deleted', []]);
  expect(await names()).toEqual(['cognito-conformance-mine', 'customers']);
});

test('a run that may be going on is left alone, unless it is named', async () => {
  const { names } = await account(HOUR, [ours('run00001', 'a'), ours('run00002', 'b')]);
  expect(await sweep({ ...HOME, yes: true })).toBe(0);
  expect(said).toEqual([
    [
      'Cognito lists 2 pools in account 123456789012, us-east-1; none of them left by runs of 3 h ago and before',
      'Left alone',
      '  2 pools of the same prefix, but younger: a run may be going on',
    ].join('\n'),
  ]);
  expect(await sweep({ ...HOME, run: 'run00001', yes: true })).toBe(0);
  expect(await names()).toEqual(['cognito-conformance-run00002-b']);
  expect(await sweep({ ...HOME, 'older-than': '59m', yes: true })).toBe(0);
  expect(await names()).toEqual([]);
});

test('of a run that left nothing it says so, and that lists come late', async () => {
  await account(0, []);
  expect(await sweep({ ...HOME, run: 'run00001' })).toBe(0);
  expect(said).toEqual([
    'Cognito lists 0 pools in account 123456789012, us-east-1; none of them left by run run00001. It may not list yet what was made a moment ago: sweep again then',
  ]);
});

test('what cannot be deleted is named, with what to do', async () => {
  const kept = ours('run00001', 'kept', { DeletionProtection: 'ACTIVE' });
  const { ids, names } = await account(0, [kept, ours('run00001', 'plain')]);
  expect(await sweep({ ...HOME, run: 'run00001', yes: true })).toBe(3);
  expect([said[1], complained]).toEqual([
    '1 pool deleted',
    [
      `not deleted: cognito-conformance-run00001-kept (${ids[0]}): deletion protection is on; switch it off: aws cognito-idp update-user-pool --user-pool-id ${ids[0]} --deletion-protection INACTIVE`,
    ],
  ]);
  expect(await names()).toEqual(['cognito-conformance-run00001-kept']);
});

test('programs get it as JSON, and are asked nothing', async () => {
  const {
    ids: [id],
  } = await account(0, [ours('run00001', 'plain')]);
  const name = 'cognito-conformance-run00001-plain';
  const looked = { ...HOME, wanted: { run: 'run00001' }, listed: 1, leftovers: [{ id, name, run: 'run00001' }] };
  expect(await sweep({ ...HOME, run: 'run00001', json: true })).toBe(2);
  expect(JSON.parse(said[0] ?? '')).toMatchObject({ ...looked, deleted: [], left: [] });
  expect(await sweep({ ...HOME, run: 'run00001', json: true, yes: true })).toBe(0);
  expect(JSON.parse(said[1] ?? '')).toMatchObject({ ...looked, deleted: [id], left: [] });
});

test.each<[what: string, names: Partial<typeof HOME>, options: Partial<StandInOptions>, line: string]>([
  [
    'another account',
    { account: '210987654321' },
    {},
    'target aws: the credentials are of account 123456789012, and --account names 210987654321',
  ],
  [
    'no permission',
    {},
    { policy: { Statement: [] } },
    'target aws: cognito-idp:ListUserPools is refused: AccessDeniedException: User: arn:aws:iam::123456789012:user/cognito-conformance is not authorized to perform: cognito-idp:ListUserPools on resource: * because no identity-based policy allows the cognito-idp:ListUserPools action',
  ],
])('%s is one line', async (_, names, options, line) => {
  await account(0, [], options);
  expect(await sweep({ ...HOME, ...names, run: 'run00001', yes: true })).toBe(3);
  expect([said, complained]).toEqual([[], [line]]);
});

test.each([
  [{}, 'aws sweep needs --account ID and --region NAME'],
  [{ ...HOME, run: 'a' }, '--run "a" is no id of a run, which is eight letters and digits; the run prints it'],
  [{ ...HOME, run: 'cognito-conformance-run00001-plain' }, 'eight letters and digits; did you mean run00001?'],
  [{ ...HOME, run: 'run00001', 'older-than': '3h' }, '--run and --older-than exclude each other'],
  [{ ...HOME, 'older-than': '0h' }, '--older-than "0h" is no age of minutes, hours or days, such as 90m, 3h or 2d'],
])('%j is refused', async (flags, line) => {
  await expect(sweep(flags)).rejects.toThrow(line);
});
