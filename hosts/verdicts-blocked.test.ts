import { expect, test } from 'vitest';
import type { Step } from '../engine/case.ts';
import { NoAnswer } from '../engine/exchange.ts';
import { runCase } from '../engine/run-case.ts';
import {
  error,
  json,
  judge,
  lying,
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

const shows =
  (change: (user: { Username: string; UserAttributes: { Name: string; Value: string }[] }) => void): Lie =>
  async ({ operation }, truth) => {
    const answer = await truth();
    if (operation !== 'AdminGetUser') return answer;
    const user = JSON.parse(answer.body);
    change(user);
    return { ...answer, body: JSON.stringify(user) };
  };

test.each<[name: string, steps: Step[], lie: Lie, cause: string, reason: string | RegExp]>([
  [
    'a fixture',
    [written],
    on('AdminCreateUser', error('InvalidParameterException')),
    'AdminCreateUser of a fixture is refused',
    'AdminCreateUser answered 400 InvalidParameterException: No.',
  ],
  [
    'a sign-in without token',
    [written],
    on('InitiateAuth', json(200, {})),
    'InitiateAuth answers no access token',
    'InitiateAuth answers no access token',
  ],
  [
    'a client without id',
    [written],
    on('CreateUserPoolClient', json(200, {})),
    'CreateUserPoolClient answers no ClientId',
    'CreateUserPoolClient answers no ClientId',
  ],
  [
    'an attribute that is not as asked for',
    [written],
    shows(({ UserAttributes }) => UserAttributes.forEach((one) => one.Name === 'nickname' && (one.Value = 'other'))),
    'nickname of a new user is not as asked for',
    'user was created with nickname "before" and shows "other"',
  ],
  [
    "another user's token",
    [written],
    shows(({ UserAttributes }) => UserAttributes.forEach((one) => one.Name === 'sub' && (one.Value = 'other'))),
    "the access token is another user's",
    'the token of user holds another sub',
  ],
  [
    'a refused preparation',
    [write('after'), read],
    on('UpdateUserAttributes', error('InvalidParameterException')),
    'UpdateUserAttributes as a preparation is refused',
    /^UpdateUserAttributes answered 400 InvalidParameterException: No\./,
  ],
  [
    'a preparation that changes something else',
    [write('after', { changes: { nickname: 'after' } }), read],
    on('UpdateUserAttributes', json(200, {})),
    'UpdateUserAttributes as a preparation: nickname is kept',
    /^UpdateUserAttributes: user\.nickname is kept: "before" instead of "after"/,
  ],
  [
    'a refused control',
    [refused],
    on('UpdateUserAttributes', error('InvalidParameterException')),
    'UpdateUserAttributes as a control is refused',
    /^the same request with nothing wrong in it is refused too: UpdateUserAttributes answered 400 InvalidParameterException: No\./,
  ],
])('%s blocks', async (_, steps, lie, cause, reason) => {
  const result = await judge(some(steps), lie);
  expect([result.verdict, result.cause]).toEqual(['blocked', cause]);
  expect(result.reason).toMatch(reason);
  expect(result.fingerprint).toMatch(/^1: blocked [A-Z]\w+ |^1: blocked fixture /);
  expect(result.mismatches).toEqual([]);
});

test('a pool that contradicts what was asked for blocks, one that merely lacks it is noted', async () => {
  const given = { pool: 'auto-email', user: {} };
  const describe = (AutoVerifiedAttributes?: string[]): Lie =>
    on('DescribeUserPool', json(200, { UserPool: { AutoVerifiedAttributes } }));
  const wrong = await judge(some([read], { given }), describe(['phone_number']));
  expect([wrong.verdict, wrong.cause]).toEqual(['blocked', 'pool "auto-email" is not as asked for']);
  const { session } = lying(describe());
  expect((await runCase(some([read], { given }), session)).verdict).toBe('pass');
  expect([...session.notes]).toEqual(['pool "auto-email" does not show its AutoVerifiedAttributes']);
});

test('a user that cannot be read any more blocks', async () => {
  const gone: Lie = ({ operation }, _, nth) =>
    operation === 'AdminGetUser' && nth > 1 ? error('UserNotFoundException') : undefined;
  expect(view(await judge(some([written]), gone))).toMatchObject({
    verdict: 'blocked',
    cause: 'a user cannot be read',
  });
});

test('a control is sent after the refusal held, as a patch, and what it wrote counts as before', async () => {
  const { session, calls } = lying();
  const result = await runCase(some([refused, { ...refused, control: {} }]), session);
  const sent = calls
    .filter(({ operation }) => operation === 'UpdateUserAttributes')
    .map(({ input }) => input['UserAttributes']);
  expect(sent).toEqual([UNKNOWN, [{ Name: 'nickname', Value: 'controlled' }], UNKNOWN, UNKNOWN]);
  expect([result.verdict, result.cause]).toEqual(['blocked', 'UpdateUserAttributes as a control is refused']);
});

test('a case that reads what the target did not answer is blocked', async () => {
  const steps = [
    { ...read, save: 'user2' },
    { ...read, with: { AccessToken: '${user2.Missing}' } },
  ];
  const { verdict, cause, reason } = await judge(some(steps));
  expect([verdict, cause, reason]).toEqual([
    'blocked',
    'an earlier answer lacks what this case goes on with',
    '${user2.Missing} is not set',
  ]);
});

test('a probe for what is missing may be lost', async () => {
  const lie: Lie = ({ operation }) => {
    if (operation === 'UpdateUserAttributes') throw new NoAnswer('closed', 'gone');
    return operation === 'AdminCreateUser' ? error('InvalidParameterException') : undefined;
  };
  const { session, count } = lying(lie);
  const { verdict, cause } = await runCase(some([written]), session);
  expect([verdict, cause]).toEqual(['blocked', 'AdminCreateUser of a fixture is refused']);
  expect([count('UpdateUserAttributes'), session.down]).toEqual([1, undefined]);
});
