import { expect, test } from 'vitest';
import { NoAnswer } from '../engine/exchange.ts';
import type { Result } from '../engine/result.ts';
import type { HttpResponse } from '../engine/target.ts';
import { runCase } from '../engine/run-case.ts';
import { closeSession } from '../engine/session.ts';
import { error, json, judge, lying, mock, on, read, some, view, written, type Lie } from './verdicts.test-data.ts';

test.each([
  ['a step', 'UpdateUserAttributes', written],
  ['a fixture', 'AdminCreateUser', written],
  ['an observation', 'AdminGetUser', written],
  ['a pool', 'CreateUserPool', written],
])('a throttled request of %s is an error', async (_, name, step) => {
  for (const answer of [error('TooManyRequestsException', 'Rate exceeded'), json(429, {})]) {
    const result = await judge(some([step]), on(name, answer));
    expect([result.verdict, result.cause]).toEqual(['error', 'the target throttles']);
  }
});

test('a lost answer of a fixture is an error', async () => {
  const lost = on('AdminCreateUser', () => {
    throw new NoAnswer('timeout', 'no answer within 8 s');
  });
  expect(view(await judge(some([written]), lost))).toEqual({
    verdict: 'error',
    cause: 'no answer within 8 s',
    reason: 'no answer within 8 s',
  });
});

const silence = (kind: NoAnswer['kind']) => (): never => {
  throw new NoAnswer(kind, 'gone');
};

test('no answer, twice, from a target that is still there is its own fault', async () => {
  const { session, count } = lying(on('UpdateUserAttributes', silence('closed')));
  const result = await runCase(some([written, read]), session);
  expect(view(result)).toEqual({
    verdict: 'fail',
    cause: 'UpdateUserAttributes: no answer',
    reason: 'UpdateUserAttributes: no answer, twice: gone',
    fingerprint: '1: UpdateUserAttributes#1 must no-answer closed',
  });
  expect([count('UpdateUserAttributes'), count('GetUser'), session.down]).toEqual([2, 0, undefined]);
});

test('an answer that is lost once is an error', async () => {
  const once: Lie = ({ operation }, _, nth) =>
    operation === 'UpdateUserAttributes' && nth === 1 ? silence('closed')() : undefined;
  expect(view(await judge(some([written]), once))).toEqual({
    verdict: 'error',
    cause: 'an answer was lost',
    reason: 'UpdateUserAttributes: gone; asked again, the target answered',
  });
});

test('a request that ends the target alone fails, and what comes after it is an error', async () => {
  let dead = false;
  const dies: Lie = ({ operation }) => {
    dead ||= operation === 'UpdateUserAttributes';
    return dead ? silence('unreachable')() : undefined;
  };
  const { session, calls } = lying(dies);
  expect((await runCase(some([written]), session, { alone: true })).verdict).toBe('fail');
  const before = calls.length;
  const next = await runCase(some([read], { id: 'GetUser/next' }), session);
  expect(view(next)).toEqual({
    verdict: 'error',
    cause: 'the target stopped answering: gone',
    reason: 'the target stopped answering: gone',
  });
  await closeSession(session);
  expect(calls).toHaveLength(before);
});

test('where no answer comes to anything within its time, the request is not sent again', async () => {
  let hangs = false;
  const { session, count } = lying(({ operation }) => {
    hangs ||= operation === 'UpdateUserAttributes';
    return hangs ? silence('timeout')() : undefined;
  });
  expect(view(await runCase(some([written]), session, { alone: true }))).toEqual({
    verdict: 'fail',
    cause: 'UpdateUserAttributes: no answer',
    reason: 'UpdateUserAttributes: no answer, nor to anything after it: gone',
    fingerprint: '1: UpdateUserAttributes#1 must no-answer stopped',
  });
  expect(count('UpdateUserAttributes')).toBe(1);
});

test('answers lost one by one do not end the run of a target that is there', async () => {
  const { session } = lying(({ operation }, _, nth) =>
    operation === 'AdminCreateUser' && nth <= 4 ? silence('timeout')() : undefined,
  );
  const results: Result[] = [];
  for (let nth = 1; nth <= 5; nth += 1) results.push(await runCase(some([read]), session));
  expect(results.map(({ verdict, cause }) => [verdict, cause])).toEqual([
    ...Array.from({ length: 4 }, () => ['error', 'gone']),
    ['pass', undefined],
  ]);
  expect(session.down).toBe(undefined);
});

test.each(['timeout', 'closed', 'unreachable'] as const)(
  'a target that is silent to all (%s) is given up',
  async (kind) => {
    let silent = false;
    const { session, calls } = lying(() => (silent ? silence(kind)() : undefined));
    expect((await runCase(some([read]), session)).verdict).toBe('pass');
    silent = true;
    expect(view(await runCase(some([read]), session))).toEqual({
      verdict: 'error',
      cause: 'the target stopped answering: gone',
      reason: 'gone',
    });
    const asked = calls.length;
    const next = await runCase(some([read]), session);
    expect([next.verdict, next.reason, calls.length]).toEqual(['error', 'the target stopped answering: gone', asked]);
  },
);

test('where several requests were under way nobody knows which one ended the target', async () => {
  const { session } = lying(on('UpdateUserAttributes', silence('unreachable')));
  session.inFlight.add('GetUser/other');
  const { verdict, reason } = await runCase(some([written]), session);
  expect([verdict, reason]).toEqual([
    'error',
    'it ended while UpdateUserAttributes/some and GetUser/other were sent; run them one at a time to know which',
  ]);
});

const page: HttpResponse = { status: 200, headers: [['content-type', 'text/html; charset=x']], body: '<html>' };
const moved: HttpResponse = { ...page, status: 302, body: '' };

test.each([
  ['AdminCreateUser', page, 'AdminCreateUser answered 200 text/html, which is no JSON'],
  ['CreateUserPool', page, 'CreateUserPool answered 200 text/html, which is no JSON'],
  ['AdminGetUser', page, 'AdminGetUser answered 200 text/html, which is no JSON'],
  ['AdminCreateUser', moved, 'AdminCreateUser answered 302 text/html, a redirect, and none is followed'],
])('what is no answer of %s is an error, and nobody refused', async (operation, answer, reason) => {
  expect(view(await judge(some([written]), on(operation, answer)))).toEqual({
    verdict: 'error',
    cause: reason,
    reason,
    fingerprint: undefined,
  });
});

test('a page in the place of one answer is an error, and where it comes again it is the answer', async () => {
  const once: Lie = ({ operation }, _, nth) => (operation === 'GetUser' && nth === 1 ? page : undefined);
  const { verdict, reason } = await judge(some([read]), once);
  expect([verdict, reason]).toEqual([
    'error',
    'GetUser answered 200 text/html, which is no JSON; asked again, it answered 200',
  ]);
  expect((await judge(some([read]), on('GetUser', page))).verdict).toBe('fail');
});

test('a page in the place of every answer from now on is an error', async () => {
  let captive = false;
  const { session } = lying(({ operation }) => {
    captive ||= operation === 'GetUser';
    return captive ? page : undefined;
  });
  await session.support.madeUp();
  expect(view(await runCase(some([read]), session))).toMatchObject({
    verdict: 'error',
    cause: 'the target answers no JSON any more',
  });
});

test('a case in which something was sent twice is judged again, with a connection for each request', async () => {
  const ways = new Set<boolean | undefined>();
  const { session } = lying();
  session.target.send = async (request, options) => {
    ways.add(options?.fresh);
    const answer = await mock.send(request, options);
    const isHeardTwice =
      !options?.fresh && Object.values(request.headers).some((one) => one.endsWith('.AdminCreateUser'));
    return isHeardTwice ? { ...(await mock.send(request, options)), retried: true } : answer;
  };
  // The second creation says that the user is there.
  expect((await runCase(some([read]), session)).verdict).toBe('pass');
  expect([...ways]).toEqual([false, true]);
});

test('a fault of the suite is an error and names itself', async () => {
  const { verdict, cause, reason } = await judge(some([read, { ...read, expect: { body: { $is: 'uid' } } }]));
  expect([verdict, cause]).toEqual(['error', 'a fault of the suite']);
  expect(reason).toMatch(/^specs\/\S+\.json at \/cases\/0\/steps\/1: no schema "uid" for \$is; there are /);
});

test('a fault of the suite that shows in a case there is names its line', async () => {
  const file = 'specs/GetUser/tokens.json';
  const { reason } = await judge(some([{ ...read, with: { AccessToken: '${row.token}' } }], { file }));
  expect(reason).toMatch(/^specs\/GetUser\/tokens\.json:\d+:\d+ at \/cases\/0\/steps\/0: \$\{row\.token\} is not set$/);
});

test('a case at fault is not sent, whoever the target is', async () => {
  const file = 'specs/GetUser/some.json';
  const faults = [{ file, pointer: '/cases/0/levl', line: 7, column: 3, message: 'unknown member "levl"' }];
  const { session, calls } = lying();
  const wrong = await runCase(
    some([], { id: 'specs/GetUser/some.json#/cases/0', file: 'specs/GetUser/some.json', faults }),
    session,
  );
  expect([wrong.area, view(wrong), calls]).toEqual([
    'GetUser',
    {
      verdict: 'error',
      cause: 'a fault of the suite',
      reason: `${file}:7:3 at /cases/0/levl: unknown member "levl"`,
      fingerprint: undefined,
    },
    [],
  ]);
});
