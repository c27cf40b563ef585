import { AsyncLocalStorage } from 'node:async_hooks';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Case } from '../../engine/case.ts';
import { loadSuite } from '../../engine/load.ts';
import { isOverCase } from '../../engine/over.ts';
import type { Result } from '../../engine/result.ts';
import { runCases } from '../../engine/run-cases.ts';
import { closeSession, openSession } from '../../engine/session.ts';
import { manifestOf, openTarget } from '../../hosts/open-target.ts';
import { on, type Fault } from '../../mocks/fault.ts';
import { bearerOf } from '../../mocks/faults/views.ts';
import type { Message } from '../../mocks/mock.ts';
import { about, packageRoot } from '../../package.ts';
import { startTarget } from '../../targets/start.ts';
import { crowds, gather } from './crowd.ts';
import { ownMarks, type Marks } from './marks.ts';
import { seed } from '../seed.ts';

const suite = loadSuite(packageRoot, about);
const cases = suite.cases.filter((one) => !isOverCase(one));
const CONCURRENCY = 32;
const CROWDS = 20;

let codes = 0;
const random = crypto.getRandomValues.bind(crypto);

/** Codes count up, so that no two in a run are alike by chance and none stands in a case. */
beforeEach(() => {
  codes = 700_000;
  vi.spyOn(crypto, 'getRandomValues').mockImplementation((array) => {
    if (array instanceof Uint32Array && array.length === 1) array[0] = codes += 1;
    else random(array as Uint8Array);
    return array;
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllGlobals();
});

test(`of ${cases.length} cases, ${CONCURRENCY} at a time in shared pools, none meets digits, a sub, a password, a token or a code of another`, async () => {
  const { results, marks } = await runAll(cases);
  expect(new Set(results.map(({ verdict }) => verdict))).toEqual(new Set(['pass']));
  expect(Math.min(...Object.values(marks.count()))).toBeGreaterThan(50);
  expect(marks.foreign()).toEqual([]);
});

/** Ways of mixing users up, each met by some case or other. */
const mixing: Record<string, () => Fault> = {
  'tells a user what others were told': () => {
    const told: unknown[] = [];
    return {
      answer: (answer, { path }) => {
        if (!path.startsWith('/_mock/messages/')) return answer;
        told.unshift(...(JSON.parse(answer.body) as unknown[]));
        return { ...answer, body: JSON.stringify(told) };
      },
    };
  },
  'shows who was read before': () => {
    let before: unknown;
    return on('AdminGetUser', async (input, state, next) => {
      const [now, last] = [await next(input, state), before];
      before = now;
      return last ?? now;
    });
  },
  'answers in a header what another asked': () => {
    let before = '';
    return {
      answer: (answer, { body }) => {
        const last = before;
        before = encodeURIComponent(body).slice(-500);
        return { ...answer, headers: { ...answer.headers, 'x-before': last } };
      },
    };
  },
};

test.each(Object.entries(mixing))('cases meet those of others on a mock that %s', async (_, fault) => {
  const { marks } = await runAll(
    cases.filter((__, index) => index % 4 === 0),
    [fault()],
  );
  expect(marks.foreign().length).toBeGreaterThan(10);
});

/** Runs cases so that of everything sent, answered and read it is known for which of them it was. */
async function runAll(
  some: readonly Case[],
  faults: readonly Fault[] = [],
): Promise<{ results: Result[]; marks: Marks }> {
  const whose = new AsyncLocalStorage<string>();
  const marks = ownMarks();
  const owner = (): string => whose.getStore() ?? 'the run';
  /** Reads as before, and notes what was read. */
  const noted =
    <User, Value>(read: (user: User) => Promise<Value>) =>
    async (user: User): Promise<Value> => {
      const value = await read(user);
      marks.met(owner(), value);
      return value;
    };
  let sent: readonly Message[] = [];
  const watching = on('CreateUserPool', (input, state, next) => {
    sent = state.messages;
    return next(input, state);
  });
  const manifest = await manifestOf({ name: 'mock' });
  const running = await startTarget(manifest, { packageRoot, faults: [...faults, watching] });
  const { target, close } = await openTarget(manifest, { running });
  const { send, latestCode, messages, functions } = target;
  if (!latestCode || !messages || !functions) throw new Error('the mock tells codes, messages and events');
  const session = openSession(
    {
      ...target,
      send: async (request) => {
        const response = await send(request);
        marks.exchanged(owner(), request, response);
        return response;
      },
      latestCode: noted(latestCode),
      messages: noted(messages),
      functions: { ...functions, events: noted(functions.events) },
    },
    suite,
  );
  const { unique } = session;
  session.unique = () => {
    const digits = unique();
    marks.own(owner(), 'digits', digits);
    return digits;
  };
  const results: Result[] = [];
  const onResult = (result: Result): void => {
    results.push(result);
    marks.met(result.id, result);
  };
  const waiting = [...some];
  const work = async (): Promise<void> => {
    for (let one = waiting.shift(); one; one = waiting.shift()) {
      const next = [one];
      await whose.run(one.id, () => runCases(next, session, { concurrency: 1, trace: true, onResult }));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, work));
  for (const { username, to, code } of sent) marks.own(marks.ownerOf(`${username} ${to}`) ?? 'nobody', 'code', code);
  await closeSession(session);
  await close();
  return { results, marks };
}

test(`in ${CROWDS} random interleavings of ${CONCURRENCY} users of one pool each meets what they meet alone`, async () => {
  await fc.assert(interleavings(), { seed, numRuns: CROWDS, endOnFailure: true });
});

const lastToken = new WeakMap<object, string>();
const muddling: Record<string, Fault> = {
  'looks codes up over all users': on('VerifyUserAttribute', async (input, state, next) => {
    const bearer = bearerOf(state, input.AccessToken);
    const all = [...(bearer?.client.pool.users.values() ?? [])].flatMap(({ codes }) => codes);
    const code = all.find((one) => one.code === input.Code && one.attribute === input.AttributeName);
    if (bearer && code && !bearer.user.codes.includes(code)) bearer.user.codes.push({ ...code });
    return next(input, state);
  }),
  'answers whoever asked last': on('GetUserAttributeVerificationCode', async (input, state, next) => {
    lastToken.set(state, input.AccessToken);
    await new Promise(setImmediate);
    return next({ ...input, AccessToken: String(lastToken.get(state)) }, state);
  }),
  'writes back what it read before it waited': on('UpdateUserAttributes', async (input, state, next) => {
    const pool = bearerOf(state, input.AccessToken)?.client.pool;
    const before = [...(pool?.users.values() ?? [])].map((user) => ({ user, attributes: new Map(user.attributes) }));
    const own = bearerOf(state, input.AccessToken)?.user;
    const output = await next(input, state);
    for (const { user, attributes } of before) if (user !== own) user.attributes = attributes;
    return output;
  }),
};

test.each(Object.entries(muddling))('users meet what they do not meet alone on a mock that %s', async (_, fault) => {
  const { errorInstance } = await fc.check(interleavings([fault]), { seed, numRuns: CROWDS, endOnFailure: true });
  expect(String(errorInstance)).toMatch(/^AssertionError: expected .* to deeply equal /);
});

/** Before and after every request, and while a function is asked, fast-check chooses who goes on. */
function interleavings(faults: readonly Fault[] = []) {
  return fc.asyncProperty(crowds(CONCURRENCY), fc.scheduler(), async (crowd, scheduler) => {
    const pause = (): Promise<unknown> => scheduler.schedule(Promise.resolve());
    functionsAsk(pause);
    const together = await scheduler.waitFor(gather(crowd, { pause, faults }));
    const nothing = async (): Promise<void> => {};
    functionsAsk(nothing);
    const alone = await Promise.all(crowd.map((__, only) => gather(crowd, { only, pause: nothing, faults })));
    expect(together).toEqual(alone.flat());
  });
}

/** Functions that give the event back, once it is their turn. */
function functionsAsk(pause: () => Promise<unknown>): void {
  vi.stubGlobal('fetch', async (_: string, { body }: RequestInit) => {
    await pause();
    return new Response(body);
  });
}
