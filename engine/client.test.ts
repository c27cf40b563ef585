import { expect, test } from 'vitest';
import type { JsonObject, Step } from './case.ts';
import { unsendable, whyNotFor, Withheld, type Client, type ClientAnswer, type Made } from './client.ts';
import type { Finding } from './expectation.ts';
import { runCase } from './run-case.ts';
import { json, on, refusal, said, scripted, some, step, suite, type Says } from './scripted.test-data.ts';
import type { Send } from './target.ts';

const { read, write } = step;
const signed: Step = { call: 'AdminSend', with: {}, expect: { body: {} } };
const breaks: Finding = { kind: 'client', path: '/a/0', message: 'the client fails at /a/0', keyword: 'fails' };
const detail: Finding = { kind: 'client', path: 'b', message: 'the client tells no b', keyword: 'none' };

/** Takes what is not signed, and makes of an answer what it is told. */
function clientOf(send: Send, make: (answer: ClientAnswer) => Partial<ClientAnswer> = () => ({})): Client {
  return {
    title: 'the client',
    leaves: 'nobody signs',
    takes: (_, isSigned) => !isSigned,
    refuses: ({ headers }) => (headers ? 'it sets headers' : undefined),
    send: async ({ request }) => {
      const answer = { request, response: await send({ ...request, headers: { ...request.headers, by: 'client' } }) };
      return { ...answer, ...make(answer) };
    },
  };
}

const through = (says?: Says, make?: (answer: ClientAnswer) => Partial<ClientAnswer>) => {
  const made = scripted(says);
  const { target } = made.session;
  made.session.target = { ...target, client: clientOf(target.send, make) };
  return made;
};
const makes = (made: Partial<Made>) => () => ({ made: { breaks: [], details: [], ...made } });

test.each<[steps: Step[], why: string | undefined]>([
  [[read], undefined],
  [[signed, read], undefined],
  [[{ ...signed, headers: { a: 'b' } }, read], undefined],
  [[read, { ...read, headers: { a: 'b' } }], 'it sets headers'],
  [[signed], 'nobody signs'],
  [[{ call: 'Read', with: {} }, signed], 'nobody signs'],
  [[{ ...read, sign: true }], 'nobody signs'],
])('a client is asked what it can send: %#', (steps, why) => {
  const { session } = scripted();
  expect(whyNotFor(clientOf(session.target.send), some(steps), suite)).toBe(why);
});

test('a case that is not for the client is skipped before anything is sent', async () => {
  const { session, calls } = through();
  expect(said(await runCase(some([signed]), session))).toEqual({
    verdict: 'skip',
    cause: 'the client cannot send it: nobody signs',
    reason: 'the client cannot send it: nobody signs',
    fingerprint: undefined,
  });
  expect(calls).toEqual([]);
});

test('steps go through the client; fixtures, observations, controls and what is signed stay on the wire', async () => {
  const refused: Step = { ...read, with: { AccessToken: 'x' }, expect: { error: 'Declared' }, control: { a: 1 } };
  const { session, calls } = through(on('Read', (nth) => (nth === 1 ? refusal('Declared') : undefined)));
  const { verdict } = await runCase(some([refused, write, signed]), session);
  const bearers = calls
    .filter(({ request }) => request.headers['by'])
    .map(({ operation, nth }) => `${operation}#${nth}`);
  expect([verdict, ...bearers]).toEqual(['pass', 'Read#1', 'Write#1']);
});

test('what the client makes of a right answer fails the case', async () => {
  const { session } = through(undefined, makes({ breaks: [breaks], details: [detail] }));
  const result = await runCase(some([read]), session);
  expect(said(result)).toEqual({
    verdict: 'fail',
    cause: 'the client fails at /a/-',
    reason: 'Read: the client fails at /a/0',
    fingerprint: '1: Read#1 must client /a/- fails',
  });
  expect(result.mismatches).toMatchObject([{ step: 0, call: 'Read', grade: 'must', kind: 'client', path: '/a/0' }]);
});

test('what the client tells less of is a warning', async () => {
  const { session } = through(undefined, makes({ details: [detail] }));
  expect(said(await runCase(some([read]), session))).toMatchObject({
    verdict: 'warn',
    fingerprint: '1: Read#1 should client b none',
  });
});

test('a difference on the wire keeps its fingerprint, and what the client makes of it is told beside', async () => {
  const says = on('Read', () => refusal('Undeclared'));
  const wire = await runCase(some([read]), scripted(says).session);
  const result = await runCase(some([read]), through(says, makes({ breaks: [breaks] })).session);
  expect(result.fingerprint).toBe(wire.fingerprint);
  expect(result.mismatches.map(({ kind }) => kind)).toEqual(['status', 'client']);
});

test('a preparation that the client trips over blocks the case', async () => {
  const { session } = through(undefined, makes({ breaks: [breaks] }));
  const preparation: Step = { call: 'Read', with: { AccessToken: '${user.AccessToken}' } };
  expect(said(await runCase(some([preparation, read]), session))).toMatchObject({
    verdict: 'blocked',
    cause: 'the client fails at /a/0',
    reason: 'Read: the client fails at /a/0',
  });
});

test('the answer is judged as the client shows it, and kept as it came', async () => {
  const seen = json(200, { Username: 'seen' });
  const { session } = through(undefined, () => ({ seen }));
  const { verdict, steps } = await runCase(some([{ ...read, expect: { body: { Username: 'seen' } } }]), session, {
    trace: true,
  });
  const body = JSON.parse(steps.find(({ role }) => role === 'step')?.response?.body ?? '') as JsonObject;
  expect(verdict).toBe('pass');
  expect(body['Username']).toMatch(/^user-/);
});

test('what the client sends otherwise is no case for it', async () => {
  const { session } = through(undefined, () => {
    throw unsendable({ title: 'the client' }, 'it drops things');
  });
  expect(said(await runCase(some([read]), session))).toMatchObject({
    verdict: 'skip',
    cause: 'the client cannot send it: it drops things',
  });
});

const withheld: Finding = { kind: 'client', path: '', message: 'kept from the page', keyword: 'Kept' };
const withholds = (response?: ClientAnswer['response']) => (): never => {
  throw new Withheld(withheld, response);
};

test('an answer that the client keeps back fails the case, and blocks it where it was a preparation', async () => {
  expect(said(await runCase(some([read]), through(undefined, withholds()).session))).toEqual({
    verdict: 'fail',
    cause: 'kept from the page',
    reason: 'Read: kept from the page',
    fingerprint: '1: Read#1 must client Kept',
  });
  const preparation: Step = { call: 'Read', with: { AccessToken: '${user.AccessToken}' } };
  expect(said(await runCase(some([preparation, read]), through(undefined, withholds()).session))).toMatchObject({
    verdict: 'blocked',
    cause: 'kept from the page',
  });
});

test('an answer that is kept back and wrong on the wire is told as on the wire', async () => {
  const page = { status: 500, headers: [['content-type', 'text/html']] as [string, string][], body: '' };
  const result = await runCase(some([read]), through(undefined, withholds(page)).session);
  expect(said(result)).toMatchObject({ verdict: 'fail', fingerprint: '1: Read#1 must status 500 text/html' });
  expect(result.mismatches.map(({ kind }) => kind)).toEqual(['status', 'client']);
  expect(result.steps.at(-1)?.response).toEqual(page);
});

test('an operation that is not there is skipped, also where the client keeps that answer back', async () => {
  const says = on('Read', () => refusal('UnknownOperationException', 'Read'));
  expect(said(await runCase(some([read]), through(says, withholds()).session))).toMatchObject({
    verdict: 'skip',
    cause: 'Read is not implemented',
  });
});
