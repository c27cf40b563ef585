import { expect, test } from 'vitest';
import type { Case, Level } from '../engine/case.ts';
import { NoAnswer } from '../engine/exchange.ts';
import { runCase } from '../engine/run-case.ts';
import { MADE_UP } from '../engine/support.ts';
import type { HttpResponse } from '../engine/target.ts';
import {
  error,
  json,
  judge,
  lying,
  mock,
  on,
  read,
  refused,
  some,
  UNKNOWN,
  view,
  write,
  written,
  type Lie,
} from './verdicts.test-data.ts';

test('another answer fails a must', async () => {
  expect(view(await judge(some([written]), on('UpdateUserAttributes', error('InternalErrorException'))))).toEqual({
    verdict: 'fail',
    cause: 'UpdateUserAttributes, some: 400 InternalErrorException instead of 200',
    reason: 'UpdateUserAttributes: 400 InternalErrorException (No.) instead of 200',
    fingerprint: '1: UpdateUserAttributes#1 must status 400 InternalErrorException',
  });
});

const wording = { ...refused, should: { message: 'Other words.' } };

test.each<[name: string, test: Case, verdict: string, grades: string[]]>([
  ['the should of a must warns', some([wording]), 'warn', ['should']],
  [
    'the expect of a should warns',
    some([{ ...refused, expect: { error: 'OtherException' } }], { level: 'should' }),
    'warn',
    ['should'],
  ],
  [
    'the expect of a may informs',
    some([{ ...refused, expect: { error: 'OtherException' } }], { level: 'may' }),
    'info',
    ['may'],
  ],
  ['the expect of a must fails', some([{ ...refused, expect: { error: 'OtherException' } }]), 'fail', ['must']],
  [
    'a warning does not end the case, a later must decides',
    some([wording, { ...read, expect: { body: { Username: 'x' } } }]),
    'fail',
    ['should', 'must'],
  ],
])('%s', async (_, given, verdict, grades) => {
  const result = await judge(given);
  expect([result.verdict, result.mismatches.map(({ grade }) => grade)]).toEqual([verdict, grades]);
});

test('an answer of another shape fails, a member that AWS does not model is listed', async () => {
  const lie = on('UpdateUserAttributes', json(200, { CodeDeliveryDetailsList: 'none', Extra: 1 }));
  const result = await judge(some([{ ...written, changes: { nickname: 'before' } }]), lie);
  expect([result.verdict, result.reason, result.unmodelled]).toEqual([
    'fail',
    'UpdateUserAttributes: answer/CodeDeliveryDetailsList must be array',
    ['UpdateUserAttributes/Extra'],
  ]);
});

test('after a mismatch no later step is sent', async () => {
  const { session, count } = lying();
  await runCase(some([{ ...read, expect: { status: 418 } }, written]), session);
  expect([count('GetUser'), count('UpdateUserAttributes')]).toEqual([1, 0]);
});

test('what a wrongly accepted request wrote is part of the finding', async () => {
  const accepts: Lie = async ({ operation, input }, truth) => {
    if (operation !== 'UpdateUserAttributes' || JSON.stringify(input['UserAttributes']) !== JSON.stringify(UNKNOWN))
      return truth();
    await mock.send(update(input['AccessToken']));
    return json(200, {});
  };
  const update = (AccessToken: unknown) => ({
    method: 'POST',
    url: `${mock.endpoint}/`,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': 'AWSCognitoIdentityProviderService.UpdateUserAttributes',
    },
    body: JSON.stringify({ AccessToken, UserAttributes: [{ Name: 'nickname', Value: 'sneaked' }] }),
  });
  const result = await judge(some([refused, read]), accepts);
  expect(result.mismatches.map(({ kind, path, message }) => [kind, path, message])).toEqual([
    ['error', '', '200 instead of InvalidParameterException'],
    ['attributes', 'user.nickname', 'user.nickname is altered: "sneaked" instead of "before"'],
  ]);
  expect(result.fingerprint).toBe(
    '1: UpdateUserAttributes#1 must error 200; UpdateUserAttributes#1 must attributes user.nickname altered',
  );
});

test('so it is where the refusal is another one', async () => {
  const writes: Lie = async ({ operation, input }, truth, nth) => {
    if (operation !== 'UpdateUserAttributes' || nth > 1) return undefined;
    await truth();
    return JSON.stringify(input).includes('blue') ? error('OtherException') : undefined;
  };
  const result = await judge(
    some([{ ...refused, ...write('blue'), expect: { error: 'InvalidParameterException' } }]),
    writes,
  );
  expect(result.mismatches.map(({ kind, message }) => [kind, message])).toEqual([
    ['error', '400 OtherException (No.) instead of InvalidParameterException'],
    ['attributes', 'user.nickname is altered: "blue" instead of "before"'],
  ]);
});

test('an answer without the write behind it fails', async () => {
  const result = await judge(some([written]), on('UpdateUserAttributes', json(200, {})));
  expect(view(result)).toEqual({
    verdict: 'fail',
    cause: 'UpdateUserAttributes: nickname is kept',
    reason: 'UpdateUserAttributes: user.nickname is kept: "before" instead of "after"',
    fingerprint: '1: UpdateUserAttributes#1 must attributes user.nickname kept',
  });
});

test('others are watched too', async () => {
  const given = { pool: 'plain', user: {}, users: { rival: { nickname: 'mine' } } };
  const theirs = { ...written, with: { ...written.with, AccessToken: '${rival.AccessToken}' }, changes: {} };
  const result = await judge(some([theirs], { given }));
  expect(result.reason).toBe('UpdateUserAttributes: rival.nickname is altered: "after" instead of "mine"');
  const told = await judge(some([{ ...theirs, others: { rival: { nickname: 'after' } } }], { given }));
  expect(told.verdict).toBe('pass');
});

test.each<[trouble: string, level: Level, verdict: string, answer: () => HttpResponse]>([
  ['fails', 'must', 'fail', () => json(500, {})],
  ['fails', 'should', 'warn', () => json(500, {})],
  ['fails', 'may', 'info', () => json(500, {})],
  ['is throttled', 'must', 'fail', () => error('TooManyRequestsException')],
  [
    'is lost',
    'must',
    'fail',
    () => {
      throw new NoAnswer('timeout', 'gone');
    },
  ],
])('where the observation after it %s, what a %s found stays a %s', async (_, level, verdict, answer) => {
  const lie: Lie = ({ operation }, __, nth) => {
    if (operation === 'UpdateUserAttributes') return json(200, {});
    return operation === 'AdminGetUser' && nth > 1 ? answer() : undefined;
  };
  const result = await judge(some([refused, read], { level }), lie);
  expect([result.verdict, result.reason, result.fingerprint]).toEqual([
    verdict,
    'UpdateUserAttributes: 200 instead of InvalidParameterException',
    `1: UpdateUserAttributes#1 ${level} error 200`,
  ]);
});

test('a refusal that only shares its type with the made-up operation is judged, alone as after a success', async () => {
  const lie: Lie = ({ operation, input }) => {
    if (operation === MADE_UP) return error('InvalidParameterException', 'No such operation');
    const fine = operation !== 'UpdateUserAttributes' || JSON.stringify(input).includes('fine');
    return fine ? undefined : error('InvalidParameterException', 'Bad value');
  };
  const alone = await judge(some([written]), lie);
  const { session } = lying(lie);
  const before = await runCase(some([{ ...write('fine'), expect: { body: {} } }]), session);
  const after = await runCase(some([written]), session);
  expect([before.verdict, alone.verdict, after.verdict]).toEqual(['pass', 'fail', 'fail']);
  expect(view(after)).toEqual(view(alone));
});
