import { expect, test } from 'vitest';
import { planPage } from './plan-page.ts';
import { planOf, type Prices, type Rehearsed, type Sent } from './plan.ts';
import { defaultQuotas } from './quotas.ts';

const quotas = defaultQuotas(new URL('../../', import.meta.url));
const prices: Prices = {
  activeUsers: { plan: 'Essentials', free: 100, each: 0.5, source: 'https://users.example' },
  key: { aMonth: 1, source: 'https://key.example' },
  unconfirmed: [],
};
const known = {
  CreateUserPool: { signed: true, input: ['PoolName'] },
  AdminCreateUser: { signed: true, input: ['UserPoolId', 'Username'] },
  UpdateUserAttributes: { signed: false, input: ['AccessToken'] },
};

test('pools, clients and users are those that were accepted', () => {
  const sent = [call('CreateUserPool'), call('AdminCreateUser'), call('AdminCreateUser', { accepted: false })];
  expect(plan([rehearsed('a', { sent })]).makes).toEqual({ pools: 1, clients: 0, users: 1 });
});

test('the time is that of the slowest category, rounded up', () => {
  const sent = [...times(26, call('UpdateUserAttributes')), ...times(15, call('CreateUserPool')), call('Unicorn')];
  const { calls, time } = plan([rehearsed('a', { sent })]);
  expect(time).toEqual({ quotaSeconds: 2, expirySeconds: 0 });
  expect(calls).toEqual({
    total: 42,
    outsideQuotas: 1,
    categories: [
      {
        name: 'UserUpdate',
        calls: 26,
        perSecond: 25,
        seconds: 2,
        adjustable: false,
        operations: { UpdateUserAttributes: 26 },
      },
      {
        name: 'UserPoolUpdate',
        calls: 15,
        perSecond: 15,
        seconds: 1,
        adjustable: false,
        operations: { CreateUserPool: 15 },
      },
    ],
  });
});

test('what is deleted last adds its time', () => {
  const cases = [rehearsed('a', { sent: times(50, call('UpdateUserAttributes')) })];
  const after = times(15, call('DeleteUserPool'));
  const { time } = planOf({ cases, before: [], after, leftOut: [] }, quotas, prices, known);
  expect(time.quotaSeconds).toBe(3);
});

test('one pool takes fewer calls of one operation than all pools together', () => {
  const sent = times(14, call('CreateUserPoolClient', { pool: 'p' }));
  expect(plan([rehearsed('a', { sent })]).time.quotaSeconds).toBe(3);
});

test('tokens that have to expire take five minutes and a half', () => {
  expect(plan([rehearsed('a', { waitsForExpiry: true })]).time.expirySeconds).toBe(330);
});

test('users of thirty nights above the free ones are paid, the key where it is used', () => {
  const sent = times(5, call('AdminCreateUser'));
  expect(plan([rehearsed('a', { sent, needs: ['codes'] })]).cost).toEqual({
    usersARun: 5,
    freeUsersAMonth: 100,
    freeRunsAMonth: 20,
    nightly: { users: 150, usersUsd: 25, keyUsd: 1 },
    source: ['https://users.example', 'https://key.example'],
  });
  expect(plan([rehearsed('a', { sent })]).cost.nightly.keyUsd).toBe(0);
});

test('cases are told by what they need', () => {
  const cases = [rehearsed('a', { needs: ['codes', 'sms'] }), rehearsed('b', { needs: ['codes'] }), rehearsed('c')];
  const { needsFixedParts, withoutFixedParts } = plan(cases);
  expect(needsFixedParts).toEqual({ codes: ['a', 'b'], sms: ['a'] });
  expect(withoutFixedParts).toBe(1);
});

test('the policy has the signed operations that were sent, and no other', () => {
  const sent = [call('CreateUserPool'), call('UpdateUserAttributes'), call('Unicorn')];
  expect(plan([rehearsed('a', { sent })]).policy.Statement.flatMap(({ Action }) => Action)).toEqual([
    'cognito-idp:CreateUserPool',
    'cognito-idp:ListUserPools',
    'cognito-idp:TagResource',
    'cognito-idp:DeleteUserPool',
    'cognito-idp:DescribeUserPool',
  ]);
});

test('more codes an hour than a user is sent are told, unless that is what is tested', () => {
  const operation = 'GetUserAttributeVerificationCode';
  const sent = [...times(6, call(operation, { user: 'p/ada' })), ...times(5, call(operation, { user: 'p/bob' }))];
  expect(plan([rehearsed('a', { sent })]).tooManyAnHour).toEqual([{ id: 'a', operation, calls: 6, limit: 5 }]);
  expect(plan([rehearsed('a', { sent, provokesLimit: true })]).tooManyAnHour).toEqual([]);
});

test('the page says all of it in lines that fit', () => {
  const sent = [call('CreateUserPool'), ...times(51, call('AdminCreateUser'))];
  const cases = [rehearsed('some/case', { sent, needs: ['codes'], whole: false, repeats: true, waitsForExpiry: true })];
  const leftOut = [{ id: 'other/case', reason: 'a token "x" takes the key of the pool' }];
  const page = planPage(planOf({ cases, before: [], after: [], leftOut }, quotas, prices, known), 90);
  const [text = '', policy = ''] = page.split(/\n\n(?={)/);
  expect(text.split('\n').filter((line) => line.length > 90)).toEqual([]);
  expect(text.slice(0, text.indexOf('\n\nNot confirmed')).split('\n')).toEqual([
    '1 case in a real account',
    '  No account was asked: the calls are those that the mock got of the same cases',
    '  1 pool, 0 clients, 51 users, 52 calls',
    '',
    'Calls by what Cognito limits together',
    '  category         calls  each s  takes, s  adjustable',
    '  UserCreation        51      50         2   yes',
    '  UserPoolUpdate       1      15         1   no',
    '',
    'Time: about 5 min 30 s, the longer of two that pass beside each other',
    '  The quotas demand 2 s, most of it UserCreation, whatever the connection',
    '  Tokens that have to expire are waited for: 5 min 30 s, while all other cases are judged',
    '',
    'Cost, in US dollars',
    '  One run: 51 active users; the first 100 of a month are free: 1 such run a month',
    '  Every night: 1,530 active users a month, 715.00 for those above',
    '  The fixed parts: 1.00 a month for a KMS key, as long as they are deployed',
    '  Prices differ by region and account; where these were read: --json',
    '',
    'The fixed parts, a stack that is deployed once',
    '  0 of the cases need none; the others are skipped without them',
    '      1  read a code that was sent',
    '  0 e-mails and 0 SMS are caused, and none is sent. Which cases need what: --json',
    '',
    'Left out: 1 case',
    '  a token "x" takes the key of the pool: other/case',
    '',
    'Not counted',
    '  what is sent again after it was throttled, what finds leftovers of earlier runs, and',
    '    what functions of the stack ask',
    '  calls of 1 case that are repeated until their effect is seen, beyond the first',
    '  what follows in 1 case that the mock does not pass: some/case',
  ]);
  expect(JSON.parse(policy)).toHaveProperty('Version', '2012-10-17');
});

function plan(cases: Rehearsed[]) {
  return planOf({ cases, before: [], after: [], leftOut: [] }, quotas, prices, known);
}

function rehearsed(id: string, but: Partial<Rehearsed> = {}): Rehearsed {
  return {
    id,
    whole: true,
    sent: [],
    messages: { EMAIL: 0, SMS: 0 },
    needs: [],
    waitsForExpiry: false,
    repeats: false,
    provokesLimit: false,
    ...but,
  };
}

function call(operation: string, but: Partial<Sent> = {}): Sent {
  return { operation, accepted: true, ...but };
}

function times<T>(amount: number, item: T): T[] {
  return Array.from({ length: amount }, () => item);
}
