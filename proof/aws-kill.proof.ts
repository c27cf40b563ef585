import {
  AdminCreateUserCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  ListUserPoolsCommand,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { afterAll, expect, test } from 'vitest';
import { start } from '../hosts/command/command.test-data.ts';
import { clientOf, credentials } from '../mocks/aws/client.test-data.ts';
import { serveAsAws } from '../mocks/aws/stand-in.ts';
import { serve } from '../mocks/serve.ts';
import { MADE_AT_TAG, RUN_TAG } from '../targets/aws/leftovers.ts';
import { seed } from './seed.ts';

const ROUNDS = 10;
const HOME = ['--account', '123456789012', '--region', 'us-east-1', '--yes'];
/** Each of these cases makes a pool of its own. */
const RUN = ['run', '--target', 'aws', ...HOME, '--quota', 'UserPoolUpdate=60', '--case', 'AddCustomAttributes/*'];
/** Before a run says its id it asks who it is, and which pools there are. */
const FIRST_CALLS = 2;

const served = await serveAsAws({ credentials, latency: () => 10 + 40 * Math.random() });
const client = clientOf(served.url);
const ends = [served.close];
afterAll(() => Promise.all(ends.map((end) => end())));

const tags = (run: string) => ({ [RUN_TAG]: run, [MADE_AT_TAG]: new Date().toISOString() });

/** What stands beside our pools in an account, and only looks like them. */
const others: CreateUserPoolCommandInput[] = [
  { PoolName: 'customers' },
  { PoolName: 'customers-of-cognito-conformance-', UserPoolTags: tags('run00001') },
  { PoolName: 'cognito-conformance-untagged' },
  { PoolName: 'cognito-conformance-run00001-tagged', UserPoolTags: { team: 'identity' } },
  { PoolName: 'cognito-conformance-run00001-copied', UserPoolTags: tags('run00002') },
  // Of a run of ours that is going on.
  { PoolName: 'cognito-conformance-run00003-plain', UserPoolTags: tags('run00003') },
];

test('a run that is interrupted or killed leaves nothing that a sweep does not delete, and nothing of others is touched', async () => {
  console.log(`seed ${seed}`);
  for (const pool of others) await makeWithUser(pool);
  const before = await account();
  expect(before).toHaveLength(others.length);

  const whole = await openDoor();
  const undisturbed = await whole.start(RUN).exit;
  expect([undisturbed, await account()]).toEqual([0, before]);

  // Both go on at once: while a run is swept, there is another one of ours.
  const calls = whole.calls();
  const [interrupted, killed] = await Promise.all([rounds('SIGINT', calls, seed), rounds('SIGKILL', calls, seed + 1)]);
  console.log(`pools that were left: Ctrl-C ${counts(interrupted)}; kill -9 ${counts(killed)}`);

  expect(interrupted).toEqual(Array(ROUNDS).fill({ exit: 130, left: [], sweep: 0, leftBehind: [], strangers: 2 }));
  expect(killed).toEqual(
    Array(ROUNDS).fill({
      exit: 'SIGKILL',
      left: expect.any(Array) as string[],
      sweep: 0,
      leftBehind: [],
      strangers: 2,
    }),
  );
  expect(killed.filter(({ left }) => left.length > 0).length).toBeGreaterThan(ROUNDS / 2);
  expect(await account()).toEqual(before);
});

interface Round {
  exit: number | NodeJS.Signals;
  /** Pools of the run when it had ended. */
  left: string[];
  /** The exit code of the sweep, and what it left. */
  sweep: number | NodeJS.Signals;
  leftBehind: string[];
  /** Pools with the run's id in their names that are not its own. */
  strangers: number;
}

async function rounds(signal: NodeJS.Signals, calls: number, from: number): Promise<Round[]> {
  const random = randomFrom(from);
  const ended: Round[] = [];
  for (let count = 0; count < ROUNDS; count += 1) {
    // Not with the very last ones: a run has a few calls less where something was answered sooner.
    ended.push(await round(signal, FIRST_CALLS + 1 + Math.floor(random() * (calls - FIRST_CALLS) * 0.9)));
  }
  return ended;
}

/** Ends a run with the nth of its calls, and sweeps what it left. */
async function round(signal: NodeJS.Signals, nth: number): Promise<Round> {
  const door = await openDoor();
  const run = door.start(RUN);
  void door.call(nth).then(() => run.child.kill(signal));
  const id = await idOf(run.child.stderr);
  const exit = await run.exit;
  const strangers = [
    await makeWithUser({ PoolName: `cognito-conformance-${id}-untagged` }),
    await makeWithUser({ PoolName: `cognito-conformance-${id}-copied`, UserPoolTags: tags('run00001') }),
  ];
  const left = (await poolsOf(id)).filter((pool) => !strangers.includes(pool));
  const sweep = await door.start(['aws', 'sweep', ...HOME, '--run', id]).exit;
  const still = await poolsOf(id);
  for (const UserPoolId of strangers) await client.send(new DeleteUserPoolCommand({ UserPoolId }));
  const leftBehind = still.filter((pool) => !strangers.includes(pool));
  return { exit, left, sweep, leftBehind, strangers: still.length - leftBehind.length };
}

/** An entrance of its own to the account, at which calls are counted. */
async function openDoor() {
  let count = 0;
  const awaited = new Map<number, () => void>();
  const answer: typeof served.mock.answer = (request) => {
    awaited.get((count += 1))?.();
    return served.mock.answer(request);
  };
  const { url, close } = await serve({ answer }, { onUnsupported: () => {} });
  ends.push(close);
  const env = {
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ACCESS_KEY_ID: credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
  };
  return {
    calls: () => count,
    call: (nth: number) => new Promise<void>((resolve) => awaited.set(nth, resolve)),
    start: (words: string[]) => {
      const child = start(words, env);
      child.stdout?.resume();
      const exit = once(child, 'exit').then(([code, by]) => (code ?? by) as number | NodeJS.Signals);
      return { child, exit };
    },
  };
}

/** As a person reads it, who has nothing else after a kill. */
async function idOf(stderr: NodeJS.ReadableStream | null): Promise<string> {
  if (!stderr) throw new Error('no output');
  for await (const line of createInterface(stderr)) {
    const [, id] = /Is the run ([a-z0-9]{8});/.exec(line) ?? [];
    if (id === undefined) continue;
    stderr.resume();
    return id;
  }
  throw new Error('the run never said its id');
}

async function makeWithUser(pool: CreateUserPoolCommandInput): Promise<string> {
  const { UserPool: { Id: UserPoolId = '' } = {} } = await client.send(new CreateUserPoolCommand(pool));
  await client.send(new AdminCreateUserCommand({ UserPoolId, Username: 'ada' }));
  return UserPoolId;
}

/** All pools that are there, with what is in them. */
async function account(): Promise<unknown[]> {
  const { UserPools = [] } = await client.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  return Promise.all(
    UserPools.map(async ({ Id }) => (await client.send(new DescribeUserPoolCommand({ UserPoolId: Id }))).UserPool),
  );
}

/** Ids of all that bears the run's id in its name. */
async function poolsOf(run: string): Promise<string[]> {
  const { UserPools = [] } = await client.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  return UserPools.filter(({ Name }) => Name?.startsWith(`cognito-conformance-${run}-`)).map(({ Id = '' }) => Id);
}

const counts = (ended: readonly Round[]): string => ended.map(({ left }) => left.length).join(' ');

/** The same numbers of the same seed, from 0 to below 1: mulberry32. */
function randomFrom(state: number): () => number {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
