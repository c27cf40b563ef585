import fc from 'fast-check';
import { expect, test } from 'vitest';
import { fakeClock } from './clock.test-data.ts';
import { limited } from './limiter.ts';
import { defaultQuotas } from './quotas.ts';
import type { Request } from './request.ts';

const quotas = defaultQuotas(new URL('../../', import.meta.url));
const PREFIX = 'AWSCognitoIdentityProviderService.';

interface Wanted {
  at: number;
  operation: string;
  user: number;
  pool: number;
}

const wanted = fc.record({
  at: fc.integer({ min: 0, max: 500 }),
  operation: fc.constantFrom('UpdateUserAttributes', 'AdminDisableUser', 'AdminGetUser', 'CreateUserPoolClient'),
  user: fc.integer({ min: 0, max: 1 }),
  pool: fc.integer({ min: 0, max: 1 }),
});

test('no second sees more requests than a quota allows, however they come', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(wanted, { minLength: 1, maxLength: 200, size: 'max' }), async (calls) => {
      const sent = await sentTimes(calls);
      expect(sent).toHaveLength(calls.length);
      for (const [most, fits] of limitsOf()) expect(crowd(sent.filter(fits))).toBeLessThanOrEqual(most);
    }),
    { numRuns: 25 },
  );
});

test('requests of many users take at most 1.2 times what the quota demands', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom('UpdateUserAttributes', 'AdminSetUserPassword', 'CreateUserPool', 'AdminGetUser'),
      fc.integer({ min: 2, max: 150 }),
      async (operation, count) => {
        const calls = Array.from({ length: count }, (_, user) => ({ at: 0, operation, user, pool: 0 }));
        const last = Math.max(...(await sentTimes(calls)).map(({ time }) => time));
        expect(last).toBeLessThanOrEqual((1.2 * 1000 * count) / rateOf(operation));
      },
    ),
    { numRuns: 15 },
  );
});

test('whoever has waited longest goes first, however late timers are', async () => {
  const calls = Array.from({ length: 120 }, (_, index) => ({
    at: 9 * index,
    operation: 'AdminSetUserPassword',
    user: index,
    pool: 0,
  }));
  const sent = await sentTimes(calls, () => 20 * Math.random());
  expect(sent.map(({ user }) => user)).toEqual(calls.map(({ user }) => user));
});

test('what no category counts is sent at once', async () => {
  const calls = Array.from({ length: 200 }, () => ({ at: 5, operation: 'DescribeUnicorn', user: 0, pool: 0 }));
  expect(new Set((await sentTimes(calls)).map(({ time }) => time))).toEqual(new Set([5]));
});

test('a throttled request is sent again until it is not, after waits that grow', async () => {
  const { answer, times } = await against([true, true, true, false], 0.5);
  expect(answer).toEqual({ throttled: false });
  expect(times).toEqual([0, 250, 750, 1750]);
});

test('a request that is throttled every time comes back throttled', async () => {
  const { answer, times } = await against(
    Array.from({ length: 20 }, () => true),
    0,
  );
  expect(answer).toEqual({ throttled: true });
  expect(times).toHaveLength(8);
});

test('a throttled category goes on more slowly, and regains its pace', async () => {
  const clock = fakeClock();
  const times: number[] = [];
  let first = true;
  const send = limited(
    async () => {
      times.push(clock.now());
      const throttled = first;
      first = false;
      return { throttled };
    },
    { quotas, isThrottled: ({ throttled }) => throttled, clock, random: () => 0 },
  );
  const calls = Array.from({ length: 600 }, (_, user) => ({ at: 0, operation: 'UpdateUserAttributes', user, pool: 0 }));
  const work = async (): Promise<void> => {
    for (let call = calls.shift(); call; call = calls.shift()) await send(request(call));
  };
  await clock.run(Promise.all(Array.from({ length: 30 }, work)));
  const within = (from: number): number => times.filter((time) => time >= from && time < from + 1100).length;
  expect([within(1200), within(10_000)]).toEqual([21, 25]);
});

test('a pace of one category is not that of another', async () => {
  const clock = fakeClock();
  const times: Record<string, number> = {};
  const send = limited(
    async (sent: Request) => {
      const operation = sent.headers['x-amz-target']?.replace(PREFIX, '') ?? '';
      times[operation] = clock.now();
      return {};
    },
    { quotas, isThrottled: () => false, clock },
  );
  const many = Array.from({ length: 50 }, (_, user) => ({ at: 0, operation: 'CreateUserPool', user, pool: user }));
  const one = { at: 0, operation: 'AdminGetUser', user: 0, pool: 0 };
  await clock.run(Promise.all([...many, one].map((call) => send(request(call)))));
  expect(times['AdminGetUser']).toBe(0);
  expect(times['CreateUserPool']).toBeGreaterThan(3000);
});

/** Sends each when its time has come, all beside each other. */
async function sentTimes(calls: Wanted[], late = () => 0): Promise<(Wanted & { time: number })[]> {
  const clock = fakeClock();
  const timers = { now: clock.now, wait: async (ms: number) => clock.wait(ms + late()) };
  const sent: (Wanted & { time: number })[] = [];
  const send = limited(
    async (_: Request, call?: Wanted) => {
      if (call) sent.push({ ...call, time: clock.now() });
      return {};
    },
    { quotas, isThrottled: () => false, clock: timers },
  );
  const all = calls.map(async (call) => {
    await clock.wait(call.at);
    await send(request(call), call);
  });
  await clock.run(Promise.all(all));
  return sent;
}

async function against(throttled: boolean[], random: number): Promise<{ answer: unknown; times: number[] }> {
  const clock = fakeClock();
  const times: number[] = [];
  const send = limited(
    async () => {
      times.push(clock.now());
      return { throttled: throttled[times.length - 1] ?? false };
    },
    { quotas, isThrottled: (answer) => answer.throttled, clock, random: () => random },
  );
  const call = { at: 0, operation: 'AdminGetUser', user: 0, pool: 0 };
  return { answer: await clock.run(send(request(call))), times };
}

/** What may be sent at most in a second, and of what. */
function limitsOf(): [most: number, fits: (call: Wanted) => boolean][] {
  const ofCategories = Object.values(quotas.categories).map(
    ({ perSecond, operations }): [number, (call: Wanted) => boolean] => [
      perSecond,
      ({ operation }) => operations.includes(operation),
    ],
  );
  const { reads, writes } = quotas.perUser;
  const homes = [0, 1].flatMap((pool) => [0, 1].map((user) => ({ pool, user })));
  const ofUsers = [reads, writes].flatMap(({ perSecond, operations }) =>
    homes.map(({ user, pool }): [number, (call: Wanted) => boolean] => [
      perSecond,
      (call) => operations.includes(call.operation) && call.user === user && call.pool === pool,
    ]),
  );
  const ofPools = [0, 1].map((pool): [number, (call: Wanted) => boolean] => [
    5,
    (call) => call.operation === 'CreateUserPoolClient' && call.pool === pool,
  ]);
  return [...ofCategories, ...ofUsers, ...ofPools];
}

/** The most that came within a second of each other. */
function crowd(sent: { time: number }[]): number {
  return Math.max(
    0,
    ...sent.map(({ time: from }) => sent.filter(({ time }) => time >= from && time < from + 1000).length),
  );
}

function rateOf(operation: string): number {
  const category = Object.values(quotas.categories).find(({ operations }) => operations.includes(operation));
  return category?.perSecond ?? 0;
}

function request({ operation, user, pool }: Wanted): Request {
  return {
    headers: { 'X-Amz-Target': PREFIX + operation, 'x-amz-target': PREFIX + operation },
    body: JSON.stringify({ UserPoolId: `pool-${pool}`, Username: `user-${user}` }),
  };
}
