import { expect, test } from 'vitest';
import { operationRequest } from '../engine/caller.ts';
import type { JsonObject } from '../engine/case.ts';
import { runCase } from '../engine/run-case.ts';
import { closeSession } from '../engine/session.ts';
import type { ExistingPool } from '../engine/target.ts';
import { requirePools } from './declared-pools.ts';
import { endpointManifest } from './open-target.ts';
import { allBut, error, lying, mock, read, refused, some, written, type Lie } from './verdicts.test-data.ts';

/** A target that has its pools from a file. */
const makesNone: Lie = ({ operation }) =>
  /^(Create|Delete)UserPool/.test(operation) ? error('UnknownOperationException') : undefined;

test('pools that exist are used, and left; the users of the run are deleted in them', async () => {
  const plain = await existing({}, [{ WriteAttributes: ['nickname'] }]);
  const { session, calls, count } = lying(makesNone, { pools: { plain } });
  expect((await runCase(some([written, refused]), session)).verdict).toBe('pass');
  expect((await runCase(some([read]), session)).verdict).toBe('pass');
  const client = { WriteAttributes: ['nickname'] };
  expect((await runCase(some([written], { given: given('plain', { client }) }), session)).verdict).toBe('pass');
  await closeSession(session);
  expect([count('CreateUserPool'), count('CreateUserPoolClient'), count('DeleteUserPool')]).toEqual([0, 0, 0]);
  expect([count('AdminCreateUser'), count('AdminDeleteUser'), count('DescribeUserPool')]).toEqual([3, 3, 1]);
  const signedIn = calls.filter(({ operation }) => operation === 'InitiateAuth').map(({ input }) => input['ClientId']);
  expect(signedIn).toEqual([plain.ClientId, plain.ClientId, plain.clients?.[0]?.ClientId]);
  expect([...session.notes]).toEqual([]);
  const left = await call('AdminGetUser', { UserPoolId: plain.UserPoolId, Username: 'nobody' });
  expect(left).toMatchObject({ __type: 'UserNotFoundException' });
});

test.each<[name: string, given: object, cause: string]>([
  ['a pool of its own', { own: true }, "a pool that exists already cannot be the case's own"],
  [
    'a client that is not there',
    { client: { WriteAttributes: ['email'] } },
    '"pools" of the manifest has no client with WriteAttributes',
  ],
  [
    'a further client that is not there',
    { clients: { other: { AccessTokenValidity: 5 } } },
    '"pools" of the manifest has no client with AccessTokenValidity',
  ],
])('a case that wants %s is skipped, and leaves nobody behind', async (_, more, cause) => {
  const { session, count } = lying(makesNone, { pools: { plain: await existing({}) } });
  const result = await runCase(some([read], { given: given('plain', more) }), session);
  expect([result.verdict, result.cause]).toEqual(['skip', cause]);
  expect(count('AdminCreateUser')).toBe(count('AdminDeleteUser'));
});

test.each<[name: string, fixture: string, settings: JsonObject, cause: string]>([
  [
    'its settings',
    'auto-email',
    { AutoVerifiedAttributes: ['phone_number'], SmsConfiguration: { SnsCallerArn: mock.values['smsRoleArn'] ?? '' } },
    'pool "auto-email" is not as asked for',
  ],
  [
    'an attribute that is not there',
    'custom-attributes',
    {},
    'attribute "team" of pool "custom-attributes" is not as asked for',
  ],
  [
    'an attribute of another kind',
    'typed-attributes',
    { Schema: [{ Name: 'member', AttributeDataType: 'Boolean', Mutable: false }] },
    'attribute "member" of pool "typed-attributes" is not as asked for',
  ],
])('a pool that contradicts by %s blocks', async (_, fixture, settings, cause) => {
  const { session, count } = lying(makesNone, { pools: { [fixture]: await existing(settings) } });
  const result = await runCase(some([read], { given: given(fixture, {}) }), session);
  expect([result.verdict, result.cause, count('DeleteUserPool')]).toEqual(['blocked', cause, 0]);
});

test('a pool and a client that the target does not claim to show are taken as they are', async () => {
  const features = allBut('DescribeUserPool', 'DescribeUserPoolClient');
  const { session, count } = lying(makesNone, { pools: { plain: await existing({}) }, features });
  expect((await runCase(some([read], { given: given('plain', {}) }), session)).verdict).toBe('pass');
  expect([count('DescribeUserPool'), count('DescribeUserPoolClient')]).toEqual([0, 0]);
});

test('a pool with the attributes of the fixture is taken', async () => {
  const Schema = [{ Name: 'member', AttributeDataType: 'Boolean', Mutable: true }];
  const { session } = lying(makesNone, { pools: { 'typed-attributes': await existing({ Schema }) } });
  expect((await runCase(some([read], { given: given('typed-attributes', {}) }), session)).verdict).toBe('pass');
});

test('a client that contradicts blocks', async () => {
  const plain = await existing({}, [{ WriteAttributes: ['nickname'] }]);
  const ClientId = plain.clients?.[0]?.ClientId ?? '';
  const pools = { plain: { ...plain, clients: [{ ClientId, settings: { WriteAttributes: ['email'] } }] } };
  const { session } = lying(makesNone, { pools });
  const client = { WriteAttributes: ['email'] };
  expect(await runCase(some([read], { given: given('plain', { client }) }), session)).toMatchObject({
    verdict: 'blocked',
    reason: `client ${ClientId} is to have WriteAttributes ["email"] and shows ["nickname"]`,
  });
});

test('users who cannot be deleted are said', async () => {
  const plain = await existing({});
  const { session } = lying(
    (asked, ...rest) =>
      asked.operation === 'AdminDeleteUser' ? error('InternalErrorException') : makesNone(asked, ...rest),
    { pools: { plain } },
  );
  await runCase(some([read]), session);
  expect([...session.notes]).toEqual([`users of this run are left behind in pool ${plain.UserPoolId}`]);
});

test('a user who is not made whole is deleted', async () => {
  const { session, count } = lying(
    (asked, ...rest) =>
      asked.operation === 'AdminSetUserPassword' ? error('InternalErrorException') : makesNone(asked, ...rest),
    { pools: { plain: await existing({}) } },
  );
  expect((await runCase(some([read]), session)).verdict).toBe('blocked');
  expect(count('AdminDeleteUser')).toBe(1);
});

test('a pool that no case asks for is named with the nearest', () => {
  const pools = { 'auto-mail': { UserPoolId: 'a', ClientId: 'b' } };
  const manifest = { ...endpointManifest('http://a.invalid'), name: 'a', pools };
  expect(() => requirePools(manifest)).toThrow(
    'target a: /pools: no pool "auto-mail" in fixtures/pools.json. Did you mean "auto-email"?',
  );
  const right = { ...manifest, pools: { plain: pools['auto-mail'] } };
  expect(requirePools(right)).toBe(right);
});

const given = (pool: string, more: object) => ({ pool, user: { nickname: 'before' }, ...more });

async function call(operation: string, input: JsonObject): Promise<JsonObject> {
  const { body } = await mock.send(operationRequest(mock, operation, input, { signed: true }));
  return JSON.parse(body) as JsonObject;
}

/** A pool of the mock that was there before the run, with a client as all have, and others with more settings. */
async function existing(settings: JsonObject, others: JsonObject[] = []): Promise<ExistingPool> {
  const { UserPool } = await call('CreateUserPool', { PoolName: 'before', ...settings });
  const { Id: UserPoolId = '' } = UserPool as Record<string, string>;
  const client = async (more: JsonObject): Promise<string> => {
    const flows = ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'];
    const input = { UserPoolId, ClientName: 'app', ExplicitAuthFlows: flows, ...more };
    const { UserPoolClient } = await call('CreateUserPoolClient', input);
    return (UserPoolClient as Record<string, string>)['ClientId'] ?? '';
  };
  const ClientId = await client({});
  const clients = await Promise.all(others.map(async (more) => ({ ClientId: await client(more), settings: more })));
  return { UserPoolId, ClientId, clients };
}
