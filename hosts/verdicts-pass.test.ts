import { expect, test } from 'vitest';
import { runCase } from '../engine/run-case.ts';
import { error, judge, lying, on, read, refused, some, view, written, type Lie } from './verdicts.test-data.ts';

test('a case passes where every check holds', async () => {
  const result = await judge(some([refused, written, read]));
  expect(view(result)).toEqual({ verdict: 'pass' });
  expect([result.mismatches, result.steps]).toEqual([[], []]);
});

test('exchanges of a pass are kept with a trace only', async () => {
  const { session } = lying();
  const { steps } = await runCase(some([written]), session, { trace: true });
  expect(steps.map(({ call, role }) => `${role} ${call}`)).toEqual([
    'fixture CreateUserPool',
    'fixture DescribeUserPool',
    'fixture CreateUserPoolClient',
    'fixture AdminCreateUser',
    'fixture AdminSetUserPassword',
    'fixture InitiateAuth',
    'observation AdminGetUser',
    'step UpdateUserAttributes',
    'observation AdminGetUser',
  ]);
});

test('a retried call may come true late', async () => {
  const late: Lie = ({ operation }, _, nth) =>
    operation === 'GetUser' && nth < 3 ? error('NotAuthorizedException') : undefined;
  const { session, count } = lying(late);
  const result = await runCase(some([{ ...read, eventually: { withinMs: 2000 } }]), session);
  expect([result.verdict, count('GetUser')]).toEqual(['pass', 3]);
  expect((await judge(some([{ ...read, eventually: { withinMs: 250 } }]), on('GetUser', error('X')))).verdict).toBe(
    'fail',
  );
});

test.each(['tampered', 'altered', 'foreign-key', 'alg-none'])('a %s token needs no key of the target', async (kind) => {
  const step = {
    ...read,
    with: { AccessToken: { $token: kind, claims: { exp: 4102444800 } } },
    expect: { error: 'NotAuthorizedException' },
  };
  expect((await judge(some([step]), undefined, { signingKey: undefined })).verdict).toBe('pass');
});

test('a row signs in the users that only it reads', async () => {
  const given = { pool: 'plain', user: {}, users: { rival: {} } };
  const step = { ...read, with: { AccessToken: '${row.token}' } };
  expect((await judge(some([step], { given, row: { token: '${rival.AccessToken}' } }))).verdict).toBe('pass');
});

test('an attribute listed without a value may stay so', async () => {
  const lie: Lie = async ({ operation }, truth) => {
    if (operation !== 'AdminGetUser') return undefined;
    const answer = await truth();
    const user = JSON.parse(answer.body) as { UserAttributes: object[] };
    return { ...answer, body: JSON.stringify({ ...user, UserAttributes: [...user.UserAttributes, { Name: 'name' }] }) };
  };
  expect(view(await judge(some([written, refused, read]), lie))).toEqual({ verdict: 'pass' });
});
