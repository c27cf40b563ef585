import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import {
  AdminCreateUserCommand,
  AdminGetUserCommand,
  AdminSetUserPasswordCommand,
  AdminUserGlobalSignOutCommand,
  CreateUserPoolClientCommand,
  CreateUserPoolCommand,
  DeleteUserPoolCommand,
  DescribeUserPoolCommand,
  GetUserCommand,
  InitiateAuthCommand,
  ListUserPoolsCommand,
  type CognitoIdentityProviderClient,
  type CreateUserPoolCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';
import { expect, test } from 'vitest';
import { credentials, refusal, standIn } from './client.test-data.ts';
import type { Policy } from './policy.ts';

const start = Date.now();
const caller = 'arn:aws:iam::123456789012:user/cognito-conformance';
const tooFast = ['TooManyRequestsException', 'Rate exceeded', 400];

test('a pool is described with its tags, its protection and an ARN of the account', async () => {
  const { client } = await standIn({ account: '111122223333' });
  const Id = await create(client, { UserPoolTags: { run: 'r1' }, DeletionProtection: 'INACTIVE' });
  const { UserPool } = await client.send(new DescribeUserPoolCommand({ UserPoolId: Id }));
  expect(UserPool).toMatchObject({
    Arn: `arn:aws:cognito-idp:us-east-1:111122223333:userpool/${Id}`,
    UserPoolTags: { run: 'r1' },
    DeletionProtection: 'INACTIVE',
    CreationDate: expect.any(Date) as Date,
  });
});

test('a protected pool is not deleted', async () => {
  const { client } = await standIn();
  const UserPoolId = await create(client, { DeletionProtection: 'ACTIVE' });
  expect(await refusal(client.send(new DeleteUserPoolCommand({ UserPoolId })))).toEqual([
    'InvalidParameterException',
    'The user pool cannot be deleted because deletion protection is activated. Deletion protection must be inactivated first.',
    400,
  ]);
  expect(await listed(client)).toEqual([UserPoolId]);
});

test('pools are listed page by page, and the last page says that it is the last', async () => {
  const { client } = await standIn();
  const ids = [await create(client), await create(client), await create(client)];
  const seen: unknown[] = [];
  let NextToken: string | undefined;
  do {
    const answer = await client.send(new ListUserPoolsCommand({ MaxResults: 1, NextToken }));
    seen.push(answer.UserPools?.map(({ Id }) => Id));
    NextToken = answer.NextToken;
  } while (NextToken !== undefined);
  expect(seen).toHaveLength(3);
  expect(seen.flat().sort()).toEqual(ids.sort());
});

test('pools are listed page by page, also when they are deleted meanwhile', async () => {
  const { client } = await standIn();
  const ids = [await create(client), await create(client), await create(client)];
  const first = await client.send(new ListUserPoolsCommand({ MaxResults: 2 }));
  expect(first.UserPools).toHaveLength(2);
  expect(first.UserPools?.[0]).toMatchObject({ Name: 'pool', CreationDate: expect.any(Date) as Date });
  for (const { Id } of first.UserPools ?? []) await client.send(new DeleteUserPoolCommand({ UserPoolId: Id }));
  const { NextToken } = first;
  const second = await client.send(new ListUserPoolsCommand({ MaxResults: 2, NextToken }));
  expect(second.NextToken).toBeUndefined();
  const seen = [...(first.UserPools ?? []), ...(second.UserPools ?? [])].map(({ Id }) => Id);
  expect(seen.sort()).toEqual(ids.sort());
});

test.each([
  [0, 'greater than or equal to 1'],
  [61, 'less than or equal to 60'],
])('a page of %i pools is refused', async (MaxResults, bound) => {
  const { client } = await standIn();
  expect(await refusal(client.send(new ListUserPoolsCommand({ MaxResults })))).toEqual([
    'InvalidParameterException',
    `1 validation error detected: Value '${MaxResults}' at 'maxResults' failed to satisfy constraint: Member must have value ${bound}`,
    400,
  ]);
});

test('the list knows late of pools that were made and deleted', async () => {
  const { client, mock } = await standIn({ listedAfter: 1000, now: () => start });
  const UserPoolId = await create(client);
  expect(await listed(client)).toEqual([]);
  mock.clock.advance(1000);
  expect(await listed(client)).toEqual([UserPoolId]);
  await client.send(new DeleteUserPoolCommand({ UserPoolId }));
  expect(await listed(client)).toEqual([UserPoolId]);
  expect((await refusal(client.send(new DescribeUserPoolCommand({ UserPoolId }))))[0]).toBe(
    'ResourceNotFoundException',
  );
  mock.clock.advance(1000);
  expect(await listed(client)).toEqual([]);
});

test('an account has only so many pools', async () => {
  const { client } = await standIn({ quotas: { categories: {}, perUser: {}, resources: { poolsPerRegion: 1 } } });
  const UserPoolId = await create(client);
  expect((await refusal(create(client)))[0]).toBe('LimitExceededException');
  await client.send(new DeleteUserPoolCommand({ UserPoolId }));
  expect(await create(client)).toMatch(/^us-east-1_/);
});

test('a sign-out is seen late', async () => {
  const { client, mock } = await standIn({ signedOutAfter: 1000 });
  const { UserPoolId, signIn, AccessToken } = await signedIn(client);
  const get = (token: string | undefined) => client.send(new GetUserCommand({ AccessToken: token }));
  await client.send(new AdminUserGlobalSignOutCommand({ UserPoolId, Username: 'ada' }));
  expect(await get(AccessToken)).toMatchObject({ Username: 'ada' });
  const since = await signIn();
  mock.clock.advance(1000);
  expect(await refusal(get(AccessToken))).toEqual(['NotAuthorizedException', 'Access Token has been revoked', 400]);
  expect(await get(since)).toMatchObject({ Username: 'ada' });
});

test('a category takes so many requests a second, of all pools together', async () => {
  let now = Date.now();
  const categories = { UserPoolRead: { perSecond: 2, operations: ['DescribeUserPool', 'ListUserPools'] } };
  const { client } = await standIn({ quotas: { categories, perUser: {} }, now: () => now });
  const describe = async (UserPoolId: string) => client.send(new DescribeUserPoolCommand({ UserPoolId }));
  const [one, other] = [await create(client), await create(client)];
  await describe(one);
  await describe(other);
  expect(await refusal(describe(one))).toEqual(tooFast);
  expect(await refusal(listed(client))).toEqual(tooFast);
  now += 499;
  expect(await refusal(describe(one))).toEqual(tooFast);
  now += 1;
  await describe(one);
  expect(await refusal(describe(one))).toEqual(tooFast);
});

test('of one pool an operation may take fewer', async () => {
  const categories = { Clients: { perSecond: 9, perPoolAndOperation: 1, operations: ['CreateUserPoolClient'] } };
  const { client } = await standIn({ quotas: { categories, perUser: {} }, now: () => start });
  const make = (UserPoolId: string) => client.send(new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'app' }));
  const [one, other] = [await create(client), await create(client)];
  await make(one);
  expect(await refusal(make(one))).toEqual(tooFast);
  await make(other);
});

test('a user takes so many, by name or by token', async () => {
  const perUser = { reads: { perSecond: 2, operations: ['GetUser', 'AdminGetUser'] }, perHour: { GetUser: 1 } };
  const at = Date.now();
  const { client } = await standIn({ quotas: { categories: {}, perUser }, now: () => at });
  const { UserPoolId, AccessToken } = await signedIn(client);
  await client.send(new AdminCreateUserCommand({ UserPoolId, Username: 'bob' }));
  const read = (Username: string) => client.send(new AdminGetUserCommand({ UserPoolId, Username }));
  await read('ada');
  await client.send(new GetUserCommand({ AccessToken }));
  expect(await refusal(read('ada'))).toEqual(tooFast);
  expect(await read('bob')).toMatchObject({ Username: 'bob' });
});

test('a refusal takes its time too', async () => {
  const { client } = await standIn({
    quotas: { categories: { All: { perSecond: 0, operations: ['ListUserPools'] } }, perUser: {} },
    latency: () => 40 + 10 * Math.random(),
  });
  const started = performance.now();
  expect(await refusal(listed(client))).toEqual(tooFast);
  expect(performance.now() - started).toBeGreaterThan(38);
});

const allowing = (Action: string | string[], Resource: string): Policy => ({
  Statement: [{ Effect: 'Allow', Action, Resource }],
});

test.each<[string, Policy, Partial<CreateUserPoolCommandInput>, string | undefined]>([
  ['its action', allowing('cognito-idp:CreateUserPool', '*'), {}, undefined],
  ['a pattern', allowing(['cognito-idp:Create*', 'cognito-idp:List?serPools'], '*'), {}, undefined],
  ['another action', allowing('cognito-idp:DeleteUserPool', '*'), {}, 'cognito-idp:CreateUserPool on resource: *'],
  [
    'only pools',
    allowing('cognito-idp:*', 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/*'),
    {},
    'cognito-idp:CreateUserPool on resource: *',
  ],
  [
    'no tags',
    allowing('cognito-idp:CreateUserPool', '*'),
    { UserPoolTags: { run: 'r1' } },
    'cognito-idp:TagResource on resource: *',
  ],
  [
    'no role',
    allowing('cognito-idp:*', '*'),
    { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } },
    'iam:PassRole on resource: arn:aws:iam::123456789012:role/sms',
  ],
  [
    'no key',
    allowing('cognito-idp:*', '*'),
    { LambdaConfig: { KMSKeyID: 'arn:aws:kms:us-east-1:123456789012:key/k' } },
    'kms:CreateGrant on resource: arn:aws:kms:us-east-1:123456789012:key/k',
  ],
])('a policy that allows %s is followed', async (_, policy, given, denied) => {
  const { client } = await standIn({ policy });
  const action = denied?.split(' ')[0];
  const answer = await create(client, given).catch(({ name, message }: Error) => [name, message]);
  if (denied === undefined) expect(answer).toMatch(/^us-east-1_/);
  else {
    const why = `because no identity-based policy allows the ${action} action`;
    expect(answer).toEqual(['AccessDeniedException', `User: ${caller} is not authorized to perform: ${denied} ${why}`]);
  }
});

test('a policy may be of one pool, and may deny', async () => {
  const policy = {
    Statement: [
      ...allowing('*', '*').Statement,
      { Effect: 'Deny', Action: 'cognito-idp:Describe*', Resource: '*:userpool/us-east-1_b' },
    ],
  } satisfies Policy;
  const pools = ['us-east-1_a', 'us-east-1_b'].map((Id) => ({ Id, PoolName: 'pool' }));
  const { client } = await standIn({ policy, pools });
  const describe = (UserPoolId: string) => client.send(new DescribeUserPoolCommand({ UserPoolId }));
  expect(await describe('us-east-1_a')).toMatchObject({ UserPool: { Id: 'us-east-1_a' } });
  const arn = 'arn:aws:cognito-idp:us-east-1:123456789012:userpool/us-east-1_b';
  expect(await refusal(describe('us-east-1_b'))).toEqual([
    'AccessDeniedException',
    `User: ${caller} is not authorized to perform: cognito-idp:DescribeUserPool on resource: ${arn} with an explicit deny in an identity-based policy`,
    400,
  ]);
});

test('users need no permission', async () => {
  const { client } = await standIn({ policy: { Statement: [] } });
  expect(await refusal(client.send(new GetUserCommand({ AccessToken: 'none' })))).toEqual([
    'NotAuthorizedException',
    'Invalid Access Token',
    400,
  ]);
});

async function create(client: CognitoIdentityProviderClient, given: Partial<CreateUserPoolCommandInput> = {}) {
  const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'pool', ...given }));
  return String(UserPool?.Id);
}

async function listed(client: CognitoIdentityProviderClient) {
  const { UserPools = [] } = await client.send(new ListUserPoolsCommand({ MaxResults: 60 }));
  return UserPools.map(({ Id }) => Id);
}

async function signedIn(client: CognitoIdentityProviderClient) {
  const UserPoolId = await create(client);
  const { UserPoolClient } = await client.send(
    new CreateUserPoolClientCommand({ UserPoolId, ClientName: 'app', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }),
  );
  const person = { UserPoolId, Username: 'ada' };
  await client.send(new AdminCreateUserCommand(person));
  await client.send(new AdminSetUserPasswordCommand({ ...person, Password: 'Pass-word-1', Permanent: true }));
  const signIn = async () => {
    const AuthParameters = { USERNAME: 'ada', PASSWORD: 'Pass-word-1' };
    const input = { AuthFlow: 'USER_PASSWORD_AUTH' as const, ClientId: UserPoolClient?.ClientId, AuthParameters };
    return (await client.send(new InitiateAuthCommand(input))).AuthenticationResult?.AccessToken;
  };
  return { UserPoolId, signIn, AccessToken: await signIn() };
}

test('nobody has deployed a stack', async () => {
  const { url } = await standIn();
  const client = new CloudFormationClient({ region: 'us-east-1', endpoint: url, credentials });
  const asked = refusal(client.send(new DescribeStacksCommand({ StackName: 'a&b' })));
  expect(await asked).toEqual(['ValidationError', 'Stack with id a&b does not exist', 400]);
  client.destroy();
});
