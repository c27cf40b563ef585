import { randomInt } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, expect, test, vi } from 'vitest';
import { on, type Fault } from '../../mocks/fault.ts';
import { bearerOf, withPool } from '../../mocks/faults/views.ts';
import { createMock } from '../../mocks/mock.ts';
import { sequences, type Sequence } from './acts.ts';
import type { MakeMock } from './game.ts';
import { play } from './play.ts';
import { seed } from '../seed.ts';

const RUNS = 1000;

/** What has to have come of acts, however random: a property over refusals alone would hold of much. */
const reached = [
  ...['update: accepted', 'update: the token is dead', 'update: email is malformed', "update: email is another's"],
  ...['update: badge is immutable', 'update: family_name is required', 'update: sub', 'update: email is too long'],
  ...['delete: accepted', 'ask: accepted', 'ask: no such address', 'sign in: accepted', 'refresh: accepted'],
  ...['verify: accepted', 'verify: no code of this address', 'verify: a day has passed', 'verify: the token is dead'],
  ...["verify: the address is another's", 'update: the function throws'],
];

afterAll(() => void vi.unstubAllGlobals());

/** Its function gives the event back, or throws. */
const mockWith =
  (faults: readonly Fault[]): MakeMock =>
  (world) => {
    vi.stubGlobal('fetch', async (_: string, { body }: RequestInit) => {
      if (!world.throwing) return new Response(body);
      return new Response('{"errorMessage":"no"}', { headers: { 'x-amz-function-error': 'Unhandled' } });
    });
    return createMock({ now: () => world.now, lambdaEndpoint: 'http://functions.invalid', faults });
  };

test(`${RUNS} random sequences of 5 to 25 acts by up to 3 users and an administrator leave of users what the specs say`, async () => {
  const outcomes = new Map<string, number>();
  let played = 0;
  const property = fc.asyncProperty(sequences, async (sequence) => {
    played += 1;
    for (const outcome of await play(sequence, mockWith([]))) outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
  });
  await fc.assert(property, { seed, numRuns: RUNS });
  expect(played).toBe(RUNS);
  expect(reached.filter((outcome) => !outcomes.has(outcome))).toEqual([]);
});

/** Each is found by the sequences above, and told by the few acts that it takes. */
const faults: Record<string, Fault> = {
  'writes what came before the refused attribute': on('UpdateUserAttributes', async (input, state, next) => {
    for (const one of input.UserAttributes) await next({ ...input, UserAttributes: [one] }, state);
    return next(input, state);
  }),
  'stores an address before it is verified': on('AdminUpdateUserAttributes', (input, state, next) =>
    next(
      input,
      withPool(state, input.UserPoolId, ({ settings }) => ({
        settings: { ...settings, UserAttributeUpdateSettings: undefined },
      })),
    ),
  ),
  'takes a code twice': on('VerifyUserAttribute', async (input, state, next) => {
    const user = bearerOf(state, input.AccessToken)?.user;
    const codes = [...(user?.codes ?? [])];
    const output = await next(input, state);
    if (user) user.codes = codes;
    return output;
  }),
  'takes the code of the other contact': on('VerifyUserAttribute', async (input, state, next) => {
    const user = bearerOf(state, input.AccessToken)?.user;
    const code = user?.codes.find((one) => one.code === input.Code);
    const value = user?.attributes.get(input.AttributeName);
    if (code && value !== undefined) Object.assign(code, { attribute: input.AttributeName, value });
    return next(input, state);
  }),
  "takes another user's code": on('VerifyUserAttribute', async (input, state, next) => {
    const bearer = bearerOf(state, input.AccessToken);
    const all = [...(bearer?.client.pool.users.values() ?? [])].flatMap(({ codes }) => codes);
    const value = bearer?.user.attributes.get(input.AttributeName);
    const code = all.find((one) => one.code === input.Code && one.attribute === input.AttributeName);
    if (bearer && code && value !== undefined) bearer.user.codes.push({ ...code, value });
    return next(input, state);
  }),
  'takes a code after a day': on('VerifyUserAttribute', (input, state, next) =>
    next(input, { ...state, now: () => state.now() - 24 * 3_600_000 }),
  ),
  'leaves a changed address verified': on('UpdateUserAttributes', async (input, state, next) => {
    const user = bearerOf(state, input.AccessToken)?.user;
    const flag = user?.attributes.get('email_verified');
    const output = await next(input, state);
    if (flag !== undefined && user?.attributes.has('email')) user.attributes.set('email_verified', flag);
    return output;
  }),
  'verifies an alias that is taken': on('VerifyUserAttribute', (input, state, next) =>
    next(
      input,
      withPool(state, bearerOf(state, input.AccessToken)?.client.pool.id ?? '', ({ settings }) => ({
        settings: { ...settings, AliasAttributes: undefined },
      })),
    ),
  ),
  'sends a code to the address that waits as well': on(
    'GetUserAttributeVerificationCode',
    async (input, state, next) => {
      const output = await next(input, state);
      const last = state.messages.at(-1);
      const user = bearerOf(state, input.AccessToken)?.user;
      const waiting = user?.codes.find(({ attribute, value }) => attribute === 'email' && value !== last?.to);
      if (last && waiting) state.messages.push({ ...last, to: waiting.value });
      return output;
    },
  ),
  'takes an update back whose function throws': on('UpdateUserAttributes', async (input, state, next) => {
    const user = bearerOf(state, input.AccessToken)?.user;
    const before = new Map(user?.attributes);
    try {
      return await next(input, state);
    } catch (error) {
      if (user) user.attributes = before;
      throw error;
    }
  }),
  'leaves tokens alive after a sign-out': on('GlobalSignOut', () => ({})),
  'gives a user a new sub with a new address': on('AdminUpdateUserAttributes', async (input, state, next) => {
    const output = await next(input, state);
    const user = state.pools.get(input.UserPoolId)?.users.get(input.Username);
    if (user && input.UserAttributes.some(({ Name }) => Name === 'email')) user.sub = `sub-${randomInt(1e9)}`;
    return output;
  }),
};

test.each(Object.entries(faults))(
  'the same property finds a mock that %s and tells it in at most 8 acts',
  async (_, fault) => {
    const property = fc.asyncProperty(sequences, async (sequence) => {
      await play(sequence, mockWith([fault]));
    });
    const { failed, counterexample } = await fc.check<[Sequence]>(property, {
      seed,
      numRuns: RUNS,
    });
    expect(failed).toBe(true);
    expect(counterexample?.[0].acts.length).toBeLessThanOrEqual(8);
  },
);
