import { expect, test } from 'vitest';
import type { Case, JsonObject, Step } from '../../engine/case.ts';
import { NoAnswer } from '../../engine/exchange.ts';
import { runCase } from '../../engine/run-case.ts';
import { closeSession, openSession } from '../../engine/session.ts';
import type { Result } from '../../engine/result.ts';
import { isOverCase } from '../../engine/over.ts';
import { error, json, lying, on, read, refused, some, view, written, type Lie } from '../verdicts.test-data.ts';
import { manifestOf, openTarget } from '../open-target.ts';
import { openSdk } from './sdk.ts';

const sdk = await openSdk();

async function judge(test: Case, lie?: Lie): Promise<Result> {
  const { session } = lying(lie);
  session.target = { ...session.target, client: sdk.clientOf(session.target) };
  const result = await runCase(test, session, { trace: true });
  await closeSession(session);
  return result;
}

const found = ({ mismatches }: Result) => mismatches.map(({ kind, path, message }) => ({ kind, path, message }));
const html = { status: 500, headers: [['content-type', 'text/html']] as [string, string][], body: '<h1>No</h1>' };
const describes: Step = { call: 'DescribeUserPool', with: { UserPoolId: '${pool.UserPoolId}' }, expect: { body: {} } };

test('a share of the cases passes on the mock, or is not for the SDK', async () => {
  const open = await openTarget(await manifestOf({ name: 'mock' }), { via: sdk });
  const session = openSession(open.target, lying().session.suite);
  const cases = session.suite.cases.filter((test, index) => index % 12 === 0 && !isOverCase(test));
  const results = await Promise.all(cases.map((test) => runCase(test, session)));
  await closeSession(session);
  await open.close();
  const other = results.filter(
    ({ verdict, cause = '' }) => verdict !== 'pass' && !(verdict === 'skip' && cause.startsWith('the SDK cannot send')),
  );
  expect(other.map(view)).toEqual([]);
  expect(results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(40);
});

test('the SDK signs what is signed and nothing else, as its own requests show', async () => {
  const { verdict, steps } = await judge(some([written, describes]));
  const requests = steps.filter(({ role }) => role === 'step').map(({ request }) => request);
  expect(verdict).toBe('pass');
  expect(requests.map(({ headers }) => ['user-agent' in headers, headers['authorization']])).toEqual([
    [true, undefined],
    [true, '<authorization>'],
  ]);
  expect(steps.filter(({ role }) => role !== 'step').filter(({ request }) => request.headers['user-agent'])).toEqual(
    [],
  );
});

test('a call is sent once, also where the SDK by itself would send it again', async () => {
  const { session, count } = lying(on('GetUser', json(500, { __type: 'InternalErrorException', message: 'No.' })));
  session.target = { ...session.target, client: sdk.clientOf(session.target) };
  const { fingerprint } = await runCase(some([read]), session);
  expect([fingerprint, count('GetUser')]).toEqual(['1: GetUser#1 must status 500 InternalErrorException', 1]);
  await closeSession(session);
});

test('no answer is none, as on the wire', async () => {
  const { session, count } = lying(({ operation }) => {
    if (operation === 'GetUser') throw new NoAnswer('closed', 'the connection was closed');
    return undefined;
  });
  session.target = { ...session.target, client: sdk.clientOf(session.target) };
  const { fingerprint } = await runCase(some([read]), session);
  expect([fingerprint, count('GetUser')]).toEqual(['1: GetUser#1 must no-answer closed', 2]);
  await closeSession(session);
});

test('a page where an error belongs throws SyntaxError, beside the difference that it is on the wire', async () => {
  const result = await judge(some([refused]), on('UpdateUserAttributes', html));
  expect(view(result)).toMatchObject({
    verdict: 'fail',
    fingerprint: '1: UpdateUserAttributes#1 must error 500 text/html',
  });
  expect(found(result)).toEqual([
    { kind: 'error', path: '', message: '500 text/html instead of InvalidParameterException' },
    { kind: 'client', path: 'exception', message: 'the SDK throws SyntaxError where 500 text/html came' },
  ]);
});

test('a type that the SDK reads elsewhere than it stands on the wire is another exception', async () => {
  const answer = { ...json(400, { code: 'Other', message: 'No.' }) };
  answer.headers.push(['x-amzn-ErrorType', 'InvalidParameterException:']);
  const result = await judge(some([refused]), on('UpdateUserAttributes', answer));
  expect(view(result)).toEqual({
    verdict: 'fail',
    cause: 'the SDK throws Other where 400 InvalidParameterException came',
    reason: 'UpdateUserAttributes: the SDK throws Other where 400 InvalidParameterException came',
    fingerprint: '1: UpdateUserAttributes#1 must client exception Other',
  });
});

test('a wrong type is the exception of that name, and told once', async () => {
  const result = await judge(some([refused]), on('UpdateUserAttributes', error('NotAuthorizedException')));
  expect(found(result).map(({ kind }) => kind)).toEqual(['error']);
});

test('a date as text is none for the SDK', async () => {
  const lie: Lie = async ({ operation }, truth, nth) => {
    if (operation !== 'DescribeUserPool' || nth === 1) return undefined;
    const answer = await truth();
    const { UserPool } = JSON.parse(answer.body) as { UserPool: JsonObject };
    return { ...answer, body: JSON.stringify({ UserPool: { ...UserPool, CreationDate: '2026-11-23T10:00:00Z' } }) };
  };
  const result = await judge(some([describes]), lie);
  expect(found(result)).toEqual([
    { kind: 'shape', path: '/UserPool/CreationDate', message: 'answer/UserPool/CreationDate must be number' },
    { kind: 'client', path: 'exception', message: 'the SDK throws TypeError where a success came' },
  ]);
});

test('a success that is no JSON is none as a preparation either', async () => {
  const preparation: Step = { call: 'GetUser', with: { AccessToken: '${user.AccessToken}' } };
  const result = await judge(some([preparation, written]), on('GetUser', { ...html, status: 200 }));
  expect(view(result)).toMatchObject({
    verdict: 'blocked',
    cause: 'the SDK throws SyntaxError where a success came',
  });
});

test.each<[step: Partial<Step>, why: string]>([
  [{ with: { AccessToken: '${user.AccessToken}', Colour: 'blue' } }, 'it drops members that it does not know'],
  [{ with: { AccessToken: '${user.AccessToken}', ClientMetadata: null } }, 'it drops members that are null'],
  [{ headers: { a: 'b' } }, 'it sets its headers itself'],
  [{ sign: true }, 'it decides itself what it signs'],
  [{ call: 'DescribeConformanceUnicorn' }, 'it has no such operation'],
])('what the SDK would send otherwise is skipped: %#', async (more, why) => {
  const cause = `the SDK cannot send it: ${why}`;
  expect(view(await judge(some([{ ...read, ...more }])))).toMatchObject({ verdict: 'skip', cause });
});

test('raw HTTP is not for the SDK', async () => {
  const raw: Step = { request: { method: 'GET' }, expect: { status: 404 } };
  expect(view(await judge(some([raw])))).toMatchObject({ cause: 'the SDK cannot send it: raw HTTP is not for it' });
});
