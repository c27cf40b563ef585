import { expect, test } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import { about, packageRoot } from '../package.ts';
import type { Sent } from '../targets/aws/plan.ts';
import { quotasWith } from './quotas.ts';
import { rehearse } from './rehearse.ts';

const suite = loadSuite(packageRoot, about);

test('all calls of a case are seen, those of its pool and its user too, and those of the run before and after', async () => {
  const { cases, before, after } = await rehearsal('GetUserAttributeVerificationCode/no-email');
  expect(operations(before)).toEqual(['DescribeConformanceUnicorn', 'GetUser', 'DescribeUserPool']);
  expect(operations(cases[0]?.sent)).toEqual([
    'CreateUserPool',
    'DescribeUserPool',
    'CreateUserPoolClient',
    'AdminCreateUser',
    'AdminSetUserPassword',
    'InitiateAuth',
    'AdminGetUser',
    'GetUserAttributeVerificationCode',
    // Its control: the same for an attribute that is there.
    'GetUserAttributeVerificationCode',
  ]);
  expect(operations(after)).toEqual(['DeleteUserPool']);
});

test('cases beside each other are told apart, in their order', async () => {
  const ids = [
    'GetUser/bad-token/without-scope',
    'GetUser/bad-token/expired',
    'GetUserAttributeVerificationCode/phone',
  ];
  const { cases } = await rehearsal(...ids);
  expect(
    cases.map(({ id, whole, messages, needs, waitsForExpiry }) => [id, whole, messages, needs, waitsForExpiry]),
  ).toEqual([
    ['GetUser/bad-token/without-scope', true, { EMAIL: 0, SMS: 0 }, ['tokens-without-scope'], false],
    ['GetUser/bad-token/expired', true, { EMAIL: 0, SMS: 0 }, [], true],
    ['GetUserAttributeVerificationCode/phone', true, { EMAIL: 0, SMS: 1 }, ['codes', 'deliveries', 'sms'], false],
  ]);
});

test.each([
  // One that has to expire is seen to be good first.
  ['expired', ['CreateUserPoolClient', 'InitiateAuth', 'GetUser', 'InitiateAuth', 'GetUser', 'GetUser']],
  ['without-scope', ['CreateUserPoolClient', 'InitiateAuth', 'InitiateAuth', 'GetUser', 'GetUser']],
])('a token "%s" is issued to a client of its own', async (kind, wanted) => {
  const { cases } = await rehearsal(`GetUser/bad-token/${kind}`);
  const [, ...ofToken] = operations(cases[0]?.sent).filter((operation) =>
    /Client$|^InitiateAuth$|^GetUser$/.test(operation ?? ''),
  );
  expect(ofToken).toEqual(wanted);
});

test('what an account issues with other claims is left out, as nobody there has the key', async () => {
  const [test] = suite.cases.filter(({ id }) => id === 'GetUser/bad-token/expired');
  const steps = [{ call: 'GetUser', with: { AccessToken: { $token: 'expired', claims: { scope: 'a' } } } }];
  const { leftOut } = await rehearse([{ ...test, id: 'GetUser/own', row: undefined, steps } as never], suite);
  expect(leftOut).toEqual([{ id: 'GetUser/own', reason: 'a token "expired" takes the key of the pool' }]);
});

test.each<[id: string, needs: string[]]>([
  ['triggers/code-metadata', ['deliveries', 'triggers']],
  ['GetUserAttributeVerificationCode/hourly-limit', ['deliveries']],
  ['UpdateUserAttributes/token-after-global-sign-out', []],
])('%s needs %j', async (id, needs) => {
  const { cases } = await rehearsal(id);
  expect(cases[0]?.needs).toEqual(needs);
});

test.each([
  ['UpdateUserAttributes/end-of-life', 'a token "near-its-end" takes the key of the pool'],
  ['triggers/throws', 'its function does more than give the event back, which is all that the deployed one does'],
])('%s is left out: %s', async (id, reason) => {
  const { cases, leftOut } = await rehearsal(id);
  expect(cases).toEqual([]);
  expect(leftOut).toEqual([{ id, reason }]);
});

test('a quota that is given takes the place of the default one', () => {
  const { categories } = quotasWith(['UserUpdate=7']);
  expect([categories['UserUpdate']?.perSecond, categories['UserRead']?.perSecond]).toEqual([7, 120]);
});

test.each([
  ['UserUpdate', '--quota "UserUpdate" is not CATEGORY=N, such as UserUpdate=10'],
  ['UserUpdate=0', '--quota UserUpdate "0" is not a number of requests a second from 1 to 99999'],
  [
    'UserUpdates=5',
    /^--quota has no category "UserUpdates"; there are UserAuthentication, .*\. Did you mean UserUpdate\?$/,
  ],
])('--quota %s is refused in one line', (given, line) => {
  expect(() => quotasWith([given])).toThrow(line);
});

function rehearsal(...ids: string[]) {
  return rehearse(
    suite.cases.filter(({ id }) => ids.includes(id)),
    suite,
  );
}

function operations(sent: readonly Sent[] = []): (string | undefined)[] {
  return sent.map(({ operation }) => operation);
}
