import { afterAll, beforeAll, expect, test } from 'vitest';
import { call } from '../../mocks/call.test-data.ts';
import { createMock } from '../../mocks/mock.ts';
import { serve, type Served } from '../../mocks/serve.ts';
import { lambda } from './account.test-data.ts';
import { WITHOUT_SCOPE } from './stack.ts';

const mock = createMock();
let served: Served;
let preToken: (event: object) => Promise<unknown>;
beforeAll(async () => {
  served = await serve(mock);
  preToken = lambda('pre-token', {
    CLIENT_NAME: WITHOUT_SCOPE,
    AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: served.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'not-a-secret',
  });
});
afterAll(() => served.close());

// The event as https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-pre-token-generation.html
// and its common parameters show it.
const signIn = (userPoolId: string, clientId: string): object => ({
  version: '2',
  triggerSource: 'TokenGeneration_Authentication',
  region: 'us-east-1',
  userPoolId,
  userName: 'johndoe',
  callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId },
  request: {
    userAttributes: { sub: 'a1b2c3d4-5678-90ab-cdef-EXAMPLE11111', 'cognito:user_status': 'CONFIRMED' },
    groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
    scopes: ['aws.cognito.signin.user.admin'],
  },
  response: { claimsAndScopeOverrideDetails: null },
});

test('tokens of the client that is named for it lose the scope, those of another stay as they are', async () => {
  const { UserPool } = (await call(mock, 'CreateUserPool', { PoolName: 'a' })) as { UserPool: { Id: string } };
  const UserPoolId = UserPool.Id;
  const client = async (ClientName: string): Promise<string> => {
    const made = await call(mock, 'CreateUserPoolClient', { UserPoolId, ClientName });
    return (made as { UserPoolClient: { ClientId: string } }).UserPoolClient.ClientId;
  };
  const named = signIn(UserPoolId, await client(WITHOUT_SCOPE));
  const other = signIn(UserPoolId, await client('cognito-conformance'));
  const suppressed = {
    ...named,
    response: {
      claimsAndScopeOverrideDetails: {
        accessTokenGeneration: { scopesToSuppress: ['aws.cognito.signin.user.admin'] },
      },
    },
  };
  expect(await preToken(named)).toEqual(suppressed);
  expect(await preToken(other)).toEqual(other);
  await call(mock, 'DeleteUserPool', { UserPoolId });
  expect(await preToken(named)).toEqual(suppressed);
});

test('a sign-in fails where the client cannot be asked for, rather than keep the scope', async () => {
  await expect(preToken(signIn('us-east-1_nowhere', 'nobody'))).rejects.toThrow('us-east-1_nowhere');
});
