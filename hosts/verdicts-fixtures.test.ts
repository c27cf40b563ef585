import { expect, test } from 'vitest';
import { runCase } from '../engine/run-case.ts';
import { closeSession } from '../engine/session.ts';
import { error, json, lying, on, read, refused, some, written } from './verdicts.test-data.ts';

test('a pool of its own is deleted with the case, a shared one with the run', async () => {
  const { session, calls, count } = lying();
  const own = { pool: 'plain', own: true, user: {} };
  await runCase(some([read], { given: own }), session);
  expect([count('CreateUserPool'), count('DeleteUserPool')]).toEqual([1, 1]);
  await runCase(some([read]), session);
  await runCase(some([written]), session);
  expect([count('CreateUserPool'), count('DeleteUserPool')]).toEqual([2, 1]);
  await closeSession(session);
  expect(count('DeleteUserPool')).toBe(2);
  expect(
    new Set(calls.filter(({ operation }) => operation === 'DeleteUserPool').map(({ input }) => input['UserPoolId']))
      .size,
  ).toBe(2);
});

test.each([
  ['its users cannot be made', on('AdminCreateUser', error('InvalidParameterException'))],
  ['it is not as asked for', on('DescribeUserPool', json(200, { UserPool: { AutoVerifiedAttributes: [] } }))],
  ['its case fails', on('GetUser', error('InternalErrorException'))],
])('a pool of its own is deleted although %s', async (_, lie) => {
  const { session, count } = lying(lie);
  const result = await runCase(some([read], { given: { pool: 'auto-email', own: true, user: {} } }), session);
  expect(['blocked', 'fail']).toContain(result.verdict);
  expect([count('CreateUserPool'), count('DeleteUserPool')]).toEqual([1, 1]);
});

test('a pool that cannot be deleted is noted', async () => {
  const { session } = lying(on('DeleteUserPool', error('InternalErrorException')));
  await runCase(some([read]), session);
  await closeSession(session);
  expect([...session.notes]).toEqual([expect.stringMatching(/^pool \S+ could not be deleted$/)]);
});

test('users are new in every case', async () => {
  const { session, calls } = lying();
  for (const step of [read, written, refused]) await runCase(some([step]), session);
  const names = calls.filter(({ operation }) => operation === 'AdminCreateUser').map(({ input }) => input['Username']);
  expect([names.length, new Set(names).size]).toEqual([3, 3]);
});
