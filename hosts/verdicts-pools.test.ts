import { expect, test } from 'vitest';
import { NoAnswer } from '../engine/exchange.ts';
import { runCase } from '../engine/run-case.ts';
import { closeSession } from '../engine/session.ts';
import { allBut, error, judge, lying, read, some, type Lie } from './verdicts.test-data.ts';

const contacts = some([read], { given: { pool: 'auto-contacts', user: {} } });

const showing =
  (names: string[]): Lie =>
  async ({ operation }, truth) => {
    if (operation !== 'DescribeUserPool') return undefined;
    const answer = await truth();
    const { UserPool } = JSON.parse(answer.body) as { UserPool: object };
    return { ...answer, body: JSON.stringify({ UserPool: { ...UserPool, AutoVerifiedAttributes: names } }) };
  };

test.each<[names: string[], verdict: string, cause: string | undefined]>([
  [['email', 'phone_number'], 'pass', undefined],
  [['phone_number', 'email'], 'pass', undefined],
  [['phone_number'], 'blocked', 'pool "auto-contacts" is not as asked for'],
  [['phone_number', 'email', 'name'], 'blocked', 'pool "auto-contacts" is not as asked for'],
])('a pool that shows the list %j', async (names, verdict, cause) => {
  const result = await judge(contacts, showing(names));
  expect([result.verdict, result.cause]).toEqual([verdict, cause]);
});

test('a target that is down gets a note for every pool left, and is not asked', async () => {
  let down = false;
  const { session, count } = lying(() => {
    if (down) throw new NoAnswer('unreachable', 'gone');
    return undefined;
  });
  await runCase(some([read]), session);
  await runCase(contacts, session);
  down = true;
  expect((await runCase(some([read]), session)).verdict).toBe('error');
  const made = await Promise.all(session.pools.values());
  await closeSession(session);
  expect(made).toHaveLength(2);
  expect([...session.notes]).toEqual(made.map(({ UserPoolId }) => `pool ${UserPoolId} could not be deleted`));
  expect(count('DeleteUserPool')).toBe(0);
});

test('settings that are refused are asked for once', async () => {
  const { session, count } = lying(({ operation, input }) =>
    operation === 'CreateUserPool' && 'AutoVerifiedAttributes' in input
      ? error('InvalidParameterException')
      : undefined,
  );
  const first = await runCase(contacts, session);
  const made = count('CreateUserPool');
  const next = await runCase(contacts, session);
  expect([first.verdict, next.verdict, next.cause]).toEqual(['skip', 'skip', first.cause]);
  expect([made, count('CreateUserPool'), count('DeleteUserPool')]).toEqual([2, 2, 1]);
});

test('a pool that could not be made is asked for again by the next case', async () => {
  const { session } = lying(({ operation }, _, nth) => {
    if (operation === 'CreateUserPool' && nth === 1) throw new NoAnswer('closed', 'gone');
    return undefined;
  });
  expect((await runCase(contacts, session)).verdict).toBe('error');
  expect((await runCase(contacts, session)).verdict).toBe('pass');
});

test('a target that does not claim to show or to delete pools is judged all the same, and not asked to', async () => {
  const { session, count } = lying(undefined, { features: allBut('DescribeUserPool', 'DeleteUserPool') });
  expect((await runCase(contacts, session)).verdict).toBe('pass');
  expect((await runCase(some([read]), session)).verdict).toBe('pass');
  await closeSession(session);
  expect([...session.notes]).toEqual(['the pools of this run are left behind: DeleteUserPool is not declared']);
  expect([count('DescribeUserPool'), count('DeleteUserPool')]).toEqual([0, 0]);
});
