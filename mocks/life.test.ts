import { decodeJwt } from 'jose/jwt/decode';
import { expect, test } from 'vitest';
import { call, type Json } from './call.test-data.ts';
import { createMock, type Mock } from './mock.ts';

const client = { ClientName: 'app', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'] };
const person = { Username: 'ada', UserAttributes: attributes({ email: 'ada@example.com', email_verified: 'true' }) };

test('a user lives from the pool to the verified change of an address', async () => {
  const mock = createMock();
  const { UserPoolId, signIn } = await start(mock, {
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
  });
  const { AccessToken, RefreshToken } = await signIn();

  const update = await call(mock, 'UpdateUserAttributes', {
    AccessToken,
    UserAttributes: attributes({ email: 'new@example.com', nickname: 'countess' }),
  });
  expect(update).toEqual({
    CodeDeliveryDetailsList: [{ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'n***@e***' }],
  });
  expect(await read(mock, AccessToken)).toMatchObject({ email: 'ada@example.com', nickname: 'countess' });

  const wrong = { AccessToken, AttributeName: 'email', Code: 'nonsense' };
  expect(await call(mock, 'VerifyUserAttribute', wrong)).toEqual({
    __type: 'CodeMismatchException',
    message: 'Invalid verification code provided, please try again.',
  });
  const [message] = mock.messages;
  expect(message).toMatchObject({ to: 'new@example.com', medium: 'EMAIL', username: 'ada', userPoolId: UserPoolId });
  const right = { AccessToken, AttributeName: 'email', Code: message?.code ?? '' };
  expect(await call(mock, 'VerifyUserAttribute', right)).toEqual({});
  expect(await call(mock, 'VerifyUserAttribute', right)).toMatchObject({ __type: 'ExpiredCodeException' });
  expect(await read(mock, AccessToken)).toMatchObject({ email: 'new@example.com', email_verified: 'true' });

  const refreshed = await call(mock, 'InitiateAuth', {
    AuthFlow: 'REFRESH_TOKEN_AUTH',
    ClientId: decodeJwt<{ client_id: string }>(AccessToken).client_id,
    AuthParameters: { REFRESH_TOKEN: RefreshToken },
  });
  const { IdToken } = refreshed['AuthenticationResult'] as { IdToken: string };
  expect(decodeJwt(IdToken)).toMatchObject({ email: 'new@example.com', email_verified: true, token_use: 'id' });

  expect(await call(mock, 'GlobalSignOut', { AccessToken })).toEqual({});
  expect(await call(mock, 'GetUser', { AccessToken })).toEqual({
    __type: 'NotAuthorizedException',
    message: 'Access Token has been revoked',
  });
  expect(await read(mock, (await signIn()).AccessToken)).toMatchObject({ nickname: 'countess' });
});

test('GetTokensFromRefreshToken gives new tokens and no new refresh token', async () => {
  const mock = createMock();
  const { signIn } = await start(mock, {});
  const { AccessToken, RefreshToken } = await signIn();
  const { client_id: ClientId } = decodeJwt<{ client_id: string }>(AccessToken);
  const answer = await call(mock, 'GetTokensFromRefreshToken', { ClientId, RefreshToken });
  expect(answer).toEqual({
    AuthenticationResult: {
      AccessToken: expect.not.stringContaining(AccessToken),
      IdToken: expect.any(String),
      ExpiresIn: 3600,
      TokenType: 'Bearer',
    },
  });
  expect(await read(mock, (answer['AuthenticationResult'] as { AccessToken: string }).AccessToken)).toMatchObject({
    email: 'ada@example.com',
  });
  expect(await call(mock, 'RevokeToken', { ClientId, Token: RefreshToken })).toEqual({});
  expect(await call(mock, 'GetTokensFromRefreshToken', { ClientId, RefreshToken })).toEqual({
    __type: 'NotAuthorizedException',
    message: 'Refresh Token has been revoked',
  });
  expect(await call(mock, 'GetTokensFromRefreshToken', { ClientId, RefreshToken: 'none' })).toEqual({
    __type: 'NotAuthorizedException',
    message: 'Invalid Refresh Token',
  });
});

test('codes and tokens age by the clock the mock is given', async () => {
  let now = Date.UTC(2030, 0, 1);
  const mock = createMock({ now: () => now });
  const { signIn } = await start(mock, { AutoVerifiedAttributes: ['email'] });
  const { AccessToken } = await signIn();
  await call(mock, 'UpdateUserAttributes', { AccessToken, UserAttributes: attributes({ email: 'new@example.com' }) });
  now += 24 * 3_600_000;
  expect(await call(mock, 'GetUser', { AccessToken })).toMatchObject({ message: 'Access Token has expired' });
  const late = { ...(await signIn()), AttributeName: 'email', Code: mock.messages[0]?.code ?? '' };
  expect(await call(mock, 'VerifyUserAttribute', late)).toMatchObject({ __type: 'ExpiredCodeException' });
});

test('an alias goes to the last user an administrator verifies it for', async () => {
  const mock = createMock();
  const { UserPoolId } = await start(mock, { AliasAttributes: ['email'] });
  await call(mock, 'AdminCreateUser', { UserPoolId, Username: 'bob' });
  const UserAttributes = person.UserAttributes;
  expect(await call(mock, 'AdminUpdateUserAttributes', { UserPoolId, Username: 'bob', UserAttributes })).toEqual({});
  const holder = { UserPoolId, Username: 'ada@example.com' };
  expect(await call(mock, 'AdminGetUser', holder)).toMatchObject({ Username: 'bob' });
  const { UserAttributes: previous } = await call(mock, 'AdminGetUser', { UserPoolId, Username: 'ada' });
  expect(previous).toContainEqual({ Name: 'email_verified', Value: 'false' });
});

/** A pool as asked for, a client and one confirmed user. */
async function start(mock: Mock, settings: { [name: string]: Json }) {
  const { UserPool } = await call(mock, 'CreateUserPool', { PoolName: 'pool', ...settings });
  const { Id: UserPoolId } = UserPool as { Id: string };
  const { UserPoolClient } = await call(mock, 'CreateUserPoolClient', { UserPoolId, ...client });
  const { ClientId } = UserPoolClient as { ClientId: string };
  await call(mock, 'AdminCreateUser', { UserPoolId, ...person, MessageAction: 'SUPPRESS' });
  const login = { USERNAME: 'ada', PASSWORD: 'Pass-word-1' };
  await call(mock, 'AdminSetUserPassword', { UserPoolId, Username: 'ada', Password: login.PASSWORD, Permanent: true });
  const signIn = async () => {
    const request = { AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters: login };
    const answer = await call(mock, 'InitiateAuth', request);
    return answer['AuthenticationResult'] as { AccessToken: string; RefreshToken: string };
  };
  return { UserPoolId, signIn };
}

async function read(mock: Mock, AccessToken: string): Promise<Record<string, string>> {
  const { UserAttributes } = await call(mock, 'GetUser', { AccessToken });
  const list = UserAttributes as { Name: string; Value: string }[];
  return Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));
}

function attributes(values: Record<string, string>) {
  return Object.entries(values).map(([Name, Value]) => ({ Name, Value }));
}
