import { createServer, type Server } from 'node:http';
import { decodeJwt } from 'jose/jwt/decode';
import { afterEach, expect, test } from 'vitest';
import { call, type Json } from './call.test-data.ts';
import { createMock } from './mock.ts';

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:tokens';
const config = (LambdaVersion: string) => ({ PreTokenGenerationConfig: { LambdaVersion, LambdaArn: arn } });
const admin = 'aws.cognito.signin.user.admin';
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

test('a function of version two is told the scopes, once a sign-in and once a refresh', async () => {
  const { events, signIn, refresh, UserPoolId, ClientId } = await start(config('V2_0'), {});
  const { RefreshToken } = await signIn();
  await refresh(RefreshToken);
  const event = {
    version: '2',
    region: 'us-east-1',
    userPoolId: UserPoolId,
    userName: 'ada',
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: ClientId },
    request: {
      userAttributes: {
        sub: expect.any(String) as string,
        nickname: 'Ada',
        'cognito:user_status': 'CONFIRMED',
      },
      groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
      scopes: [admin],
    },
    response: { claimsAndScopeOverrideDetails: null },
  };
  expect(events).toEqual([
    { ...event, triggerSource: 'TokenGeneration_Authentication' },
    { ...event, triggerSource: 'TokenGeneration_RefreshTokens' },
  ]);
});

test('a new password in the place of a temporary one is a source of its own', async () => {
  const { events, mock, UserPoolId, ClientId } = await start(config('V2_0'), {});
  const ada = { UserPoolId, Username: 'ada' };
  await call(mock, 'AdminSetUserPassword', { ...ada, Password: 'Pass-word-2', Permanent: false });
  const AuthParameters = { USERNAME: 'ada', PASSWORD: 'Pass-word-2' };
  const { Session, ChallengeName } = (await call(mock, 'InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId,
    AuthParameters,
  })) as Record<string, string>;
  expect(events).toEqual([]);
  const ChallengeResponses = { USERNAME: 'ada', NEW_PASSWORD: 'Pass-word-3' };
  const answer = { ClientId, Session: Session ?? '', ChallengeName: ChallengeName ?? '', ChallengeResponses };
  expect(await call(mock, 'RespondToAuthChallenge', answer)).toHaveProperty('AuthenticationResult');
  expect(events).toMatchObject([{ triggerSource: 'TokenGeneration_NewPasswordChallenge' }]);
});

test('it takes scopes and claims out of the access token, and puts others in; suppressing wins', async () => {
  const { signIn, mock } = await start(config('V2_0'), {
    claimsAndScopeOverrideDetails: {
      accessTokenGeneration: {
        claimsToAddOrOverride: { tenant: { id: 7 }, plan: 'free', sub: 'other', token_use: 'id' },
        claimsToSuppress: ['plan', 'event_id', 'exp'],
        scopesToAdd: ['openid', 'tasks/read'],
        scopesToSuppress: [admin],
      },
    },
  });
  const { AccessToken, IdToken } = await signIn();
  const access = decodeJwt(AccessToken);
  expect(access).toMatchObject({
    tenant: { id: 7 },
    scope: 'openid tasks/read',
    token_use: 'access',
    sub: decodeJwt(IdToken).sub,
    event_id: expect.any(String) as string,
    exp: expect.any(Number) as number,
  });
  expect([access['plan'], decodeJwt(IdToken)['tenant']]).toEqual([undefined, undefined]);
  expect(await call(mock, 'GetUser', { AccessToken })).toEqual({
    __type: 'NotAuthorizedException',
    message: 'Access Token does not have required scopes',
  });
});

test.each([
  [
    'V2_0',
    { claimsAndScopeOverrideDetails: { idTokenGeneration: { claimsToAddOrOverride: { nickname: 'Countess' } } } },
  ],
  [
    'V3_0',
    { claimsAndScopeOverrideDetails: { idTokenGeneration: { claimsToAddOrOverride: { nickname: 'Countess' } } } },
  ],
  ['V1_0', { claimsOverrideDetails: { claimsToAddOrOverride: { nickname: 'Countess' } } }],
])('a function of version %s changes the id token', async (version, response) => {
  const { signIn, events } = await start(config(version), response);
  const { AccessToken, IdToken } = await signIn();
  expect([decodeJwt(IdToken)['nickname'], decodeJwt(AccessToken)['nickname']]).toEqual(['Countess', undefined]);
  expect(events).toMatchObject([{ version: version.slice(1, 2) }]);
});

test('a function without a version is of version one: it is told no scopes, and changes the id token alone', async () => {
  const details = { claimsToSuppress: ['nickname'], scopesToSuppress: [admin] };
  const { signIn, events } = await start(
    { PreTokenGeneration: arn },
    { claimsOverrideDetails: details, claimsAndScopeOverrideDetails: { accessTokenGeneration: details } },
  );
  const { AccessToken, IdToken } = await signIn();
  expect(decodeJwt(IdToken)['nickname']).toBeUndefined();
  expect(decodeJwt(AccessToken)['scope']).toBe(admin);
  const [{ version, request, response }] = events as [{ version: string; request: object; response: object }];
  expect([version, 'scopes' in request, response]).toEqual(['1', false, { claimsOverrideDetails: null }]);
});

test.each<[name: string, response: Json]>([
  ['gives its event back', {}],
  ['answers null', { claimsAndScopeOverrideDetails: null }],
  ['answers nothing of a token', { claimsAndScopeOverrideDetails: { accessTokenGeneration: null } }],
])('a function that %s changes nothing', async (_, response) => {
  const { signIn, mock } = await start(config('V2_0'), response);
  const { AccessToken } = await signIn();
  expect(decodeJwt(AccessToken)['scope']).toBe(admin);
  expect(await call(mock, 'GetUser', { AccessToken })).toMatchObject({ Username: 'ada' });
});

test('a function that throws refuses the sign-in, and is named', async () => {
  const { signIn } = await start(config('V2_0'), 'throws');
  expect(await signIn()).toEqual({
    __type: 'UserLambdaValidationException',
    message: 'PreTokenGeneration failed with error not today.',
  });
});

interface Tokens {
  AccessToken: string;
  IdToken: string;
  RefreshToken: string;
}

/** A mock with one user, whose pool's function gives such a response; `events` is what it was told. */
async function start(LambdaConfig: Json, response: Json) {
  const events: unknown[] = [];
  const server = createServer((request, answer) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const event = JSON.parse(Buffer.concat(chunks).toString()) as { response: object };
      events.push(event);
      if (response === 'throws') {
        answer.writeHead(200, { 'x-amz-function-error': 'Unhandled' }).end('{"errorMessage":"not today"}');
      } else answer.end(JSON.stringify({ ...event, response: { ...event.response, ...(response as object) } }));
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const mock = createMock({ lambdaEndpoint: `http://127.0.0.1:${port}` });
  const { UserPool } = await call(mock, 'CreateUserPool', { PoolName: 'pool', LambdaConfig });
  const { Id: UserPoolId } = UserPool as { Id: string };
  const { UserPoolClient } = await call(mock, 'CreateUserPoolClient', {
    UserPoolId,
    ClientName: 'app',
    ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
  });
  const { ClientId } = UserPoolClient as { ClientId: string };
  const ada = { UserPoolId, Username: 'ada' };
  const UserAttributes = [{ Name: 'nickname', Value: 'Ada' }];
  await call(mock, 'AdminCreateUser', { ...ada, UserAttributes, MessageAction: 'SUPPRESS' });
  await call(mock, 'AdminSetUserPassword', { ...ada, Password: 'Pass-word-1', Permanent: true });
  const auth = async (AuthFlow: string, AuthParameters: Json): Promise<Tokens> => {
    const answer = await call(mock, 'InitiateAuth', { AuthFlow, ClientId, AuthParameters });
    return (answer['AuthenticationResult'] ?? answer) as unknown as Tokens;
  };
  return {
    mock,
    events,
    UserPoolId,
    ClientId,
    signIn: () => auth('USER_PASSWORD_AUTH', { USERNAME: 'ada', PASSWORD: 'Pass-word-1' }),
    refresh: (REFRESH_TOKEN: string) => auth('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN }),
  };
}
