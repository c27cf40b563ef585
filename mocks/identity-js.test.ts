import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { createMock, type MockOptions } from './mock.ts';
import { serve, type Served } from './serve.ts';

const Password = 'Correct-horse-1';
const ids = { UserPoolId: 'us-east-1_identityjs', ClientId: 'identityjs' };
const pools: MockOptions['pools'] = [
  {
    PoolName: 'identity-js',
    Id: ids.UserPoolId,
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    Schema: [{ Name: 'team', AttributeDataType: 'String', Mutable: true }],
    clients: [
      {
        ClientName: 'app',
        ClientId: ids.ClientId,
        ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_USER_SRP_AUTH', 'ALLOW_REFRESH_TOKEN_AUTH'],
      },
      { ClientName: 'by default', ClientId: 'bydefault' },
      { ClientName: 'no passwords', ClientId: 'nopasswords', ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] },
      { ClientName: 'silent', ClientId: 'silent', PreventUserExistenceErrors: 'ENABLED' },
    ],
    users: [
      {
        Username: 'ada',
        Password,
        UserAttributes: { sub: 'ada-sub', email: 'ada@example.com', email_verified: 'true' },
      },
      { Username: 'bob', Password, UserAttributes: { email: 'bob@example.com', email_verified: 'true' } },
      { Username: 'new', Password: 'Temporary-1', UserStatus: 'FORCE_CHANGE_PASSWORD' },
      { Username: 'late', Password: 'Temporary-1', UserStatus: 'FORCE_CHANGE_PASSWORD' },
      { Username: 'off', Password, Enabled: false },
      { Username: 'reset', Password, UserStatus: 'RESET_REQUIRED' },
    ],
  },
  {
    PoolName: 'by address',
    Id: 'eu-west-1_addresses',
    UsernameAttributes: ['email'],
    clients: [{ ClientName: 'app', ClientId: 'addresses' }],
    users: [{ Username: 'eve@example.com', Password }],
  },
];
const mock = createMock({ pools });
let served: Served;
/** Happens between a challenge and its answer. */
let meanwhile = (): void => {};

beforeAll(async () => {
  served = await serve({
    answer: (request) => {
      if (request.headers['x-amz-target']?.endsWith('.RespondToAuthChallenge')) meanwhile();
      return mock.answer(request);
    },
  });
});
afterEach(() => {
  meanwhile = () => {};
  vi.restoreAllMocks();
});
afterAll(() => served.close());

test.each([
  ['USER_SRP_AUTH', 'ada'],
  ['USER_PASSWORD_AUTH', 'bob'],
])('by %s a user lives from sign-in to sign-out', async (flow, name) => {
  const user = userOf(name);
  user.setAuthenticationFlowType(flow);
  const session = await signIn(user);
  expect(session.getAccessToken().payload).toMatchObject({ username: name, token_use: 'access' });
  expect(await attributes(user)).toMatchObject({ email: `${name}@example.com`, email_verified: 'true' });

  const changes = [named('custom:team', flow), named('email', `new-${name}@example.com`)];
  expect(await called((done) => user.updateAttributes(changes, done))).toEqual([
    'SUCCESS',
    { CodeDeliveryDetailsList: [{ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'n***@e***' }] },
  ]);
  expect(await attributes(user)).toMatchObject({ 'custom:team': flow, email: `${name}@example.com` });
  await verify(user);
  expect(await attributes(user)).toMatchObject({ email: `new-${name}@example.com`, email_verified: 'true' });

  await new Promise((resolve, reject) =>
    user.getAttributeVerificationCode('email', {
      onSuccess: resolve,
      onFailure: reject,
      inputVerificationCode: resolve,
    }),
  );
  expect(mock.messages.at(-1)).toMatchObject({ to: `new-${name}@example.com`, attribute: 'email', username: name });
  await verify(user);

  const unknown = [named('custom:none', 'x')];
  await expect(called((done) => user.updateAttributes(unknown, done))).rejects.toMatchObject({
    code: 'InvalidParameterException',
    name: 'InvalidParameterException',
    message: 'user.custom:none: Attribute does not exist in the schema.\n',
  });

  await called((done) => user.deleteAttributes(['custom:team'], done));
  expect(await attributes(user)).not.toHaveProperty('custom:team');

  mock.clock.advance(5000);
  const [refreshed] = await called<[CognitoUserSession]>((done) =>
    user.refreshSession(session.getRefreshToken(), done),
  );
  const issuedAt = (one: CognitoUserSession) => one.getAccessToken().getIssuedAt();
  expect(issuedAt(refreshed)).toBeGreaterThan(issuedAt(session));
  expect(refreshed.getRefreshToken().getToken()).toBe(session.getRefreshToken().getToken());

  // The library forgets its session as it signs out: another one still holds a token of the family.
  await new Promise((resolve, reject) => user.globalSignOut({ onSuccess: resolve, onFailure: reject }));
  const left = userOf(name);
  left.setSignInUserSession(refreshed);
  await expect(attributes(left)).rejects.toMatchObject({
    code: 'NotAuthorizedException',
    name: 'NotAuthorizedException',
    message: 'Access Token has been revoked',
  });
});

test('who is named by an address signs in by it', async () => {
  const session = await signIn(userOf('eve@example.com', 'addresses', 'eu-west-1_addresses'));
  const { sub, iss, email } = session.getIdToken().payload;
  expect([session.getAccessToken().payload['username'], email]).toEqual([sub, 'eve@example.com']);
  expect(iss).toBe('https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_addresses');
});

test('a temporary password is changed on the way in, once', async () => {
  const user = userOf('new');
  const [given] = await challenged(user, 'Temporary-1');
  expect(given).toEqual({});
  const changed = new Promise<CognitoUserSession>((onSuccess, onFailure) =>
    user.completeNewPasswordChallenge(Password, { nickname: 'newbie' }, { onSuccess, onFailure }),
  );
  expect((await changed).getIdToken().payload).toMatchObject({ nickname: 'newbie', 'cognito:username': 'new' });
  const again = new Promise((onSuccess, onFailure) =>
    user.completeNewPasswordChallenge('Other-1', {}, { onSuccess, onFailure }),
  );
  await expect(again).rejects.toMatchObject({
    code: 'NotAuthorizedException',
    message: 'Invalid session for the user.',
  });
  expect(await signIn(userOf('new'))).toBeDefined();
});

test.each([
  ['a wrong password', 'ada', 'app', 'wrong', 'NotAuthorizedException', 'Incorrect username or password.'],
  ['nobody', 'nobody', 'app', Password, 'UserNotFoundException', 'User does not exist.'],
  [
    'nobody, of a client that hides it',
    'nobody',
    'silent',
    Password,
    'NotAuthorizedException',
    'Incorrect username or password.',
  ],
  ['a disabled user', 'off', 'app', Password, 'NotAuthorizedException', 'User is disabled.'],
  [
    'a reset password',
    'reset',
    'app',
    Password,
    'PasswordResetRequiredException',
    'Password reset required for the user',
  ],
])('by SRP %s is refused', async (_, username, client, password, code, message) => {
  const refused = signIn(userOf(username, client === 'app' ? ids.ClientId : client), password);
  await expect(refused).rejects.toMatchObject({ code, name: code, message });
});

test('a proof is refused after three minutes, and where its time is written otherwise than Cognito writes it', async () => {
  const incorrect = { code: 'NotAuthorizedException', message: 'Incorrect username or password.' };
  meanwhile = () => mock.clock.advance(2 * 60_000);
  expect(await signIn(userOf('ada'))).toBeDefined();
  meanwhile = () => mock.clock.advance(3 * 60_000);
  await expect(signIn(userOf('ada'))).rejects.toMatchObject(incorrect);
  meanwhile = () => {};
  const day = new Date().getUTCDate();
  vi.spyOn(Date.prototype, 'getUTCDate').mockReturnValue(`0${day}` as unknown as number);
  await expect(signIn(userOf('ada'))).rejects.toMatchObject(incorrect);
});

test('a session of a new password lasts three minutes', async () => {
  const user = userOf('late');
  await challenged(user, 'Temporary-1');
  mock.clock.advance(3 * 60_000);
  const changed = new Promise((onSuccess, onFailure) =>
    user.completeNewPasswordChallenge(Password, {}, { onSuccess, onFailure }),
  );
  await expect(changed).rejects.toMatchObject({
    code: 'NotAuthorizedException',
    message: 'Invalid session for the user, session is expired.',
  });
});

test('a sub that is not the user name finds nobody by SRP', async () => {
  await expect(signIn(userOf('ada-sub'))).rejects.toMatchObject({ code: 'UserNotFoundException' });
});

test('a client has the flows that it lists; one that lists none has SRP', async () => {
  expect(await signIn(userOf('ada', 'bydefault'))).toBeDefined();
  await expect(signIn(userOf('ada', 'nopasswords'))).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: 'USER_SRP_AUTH is not enabled for the client.',
  });
  const user = userOf('ada', 'bydefault');
  user.setAuthenticationFlowType('USER_PASSWORD_AUTH');
  await expect(signIn(user)).rejects.toMatchObject({
    code: 'InvalidParameterException',
    message: 'USER_PASSWORD_AUTH flow not enabled for this client',
  });
});

/** Each has a storage of its own: the library keeps who signed in last. */
function userOf(Username: string, ClientId = ids.ClientId, UserPoolId = ids.UserPoolId): CognitoUser {
  const kept = new Map<string, string>();
  const Storage = {
    setItem: (key: string, value: string) => kept.set(key, value),
    getItem: (key: string) => kept.get(key) ?? null,
    removeItem: (key: string) => kept.delete(key),
    clear: () => kept.clear(),
  };
  const Pool = new CognitoUserPool({ UserPoolId, ClientId, endpoint: served.url, Storage });
  return new CognitoUser({ Username, Pool, Storage });
}

function signIn(user: CognitoUser, password = Password): Promise<CognitoUserSession> {
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password: password });
  return new Promise((onSuccess, onFailure) => user.authenticateUser(details, { onSuccess, onFailure }));
}

function challenged(user: CognitoUser, password: string): Promise<[unknown, unknown]> {
  const details = new AuthenticationDetails({ Username: user.getUsername(), Password: password });
  return new Promise((resolve, reject) =>
    user.authenticateUser(details, {
      onSuccess: reject,
      onFailure: reject,
      newPasswordRequired: (attributes: unknown, required: unknown) => resolve([attributes, required]),
    }),
  );
}

function verify(user: CognitoUser): Promise<string> {
  const code = mock.messages.at(-1)?.code ?? '';
  return new Promise((onSuccess, onFailure) => user.verifyAttribute('email', code, { onSuccess, onFailure }));
}

async function attributes(user: CognitoUser): Promise<Record<string, string>> {
  const [list] = await called<[CognitoUserAttribute[]]>((done) => user.getUserAttributes(done));
  return Object.fromEntries(list.map(({ Name, Value }) => [Name, Value]));
}

const named = (Name: string, Value: string) => new CognitoUserAttribute({ Name, Value });

/** What a method hands its callback, but for the error. */
function called<Results extends unknown[]>(
  method: (done: (error: Error | null | undefined, ...results: unknown[]) => void) => void,
): Promise<Results> {
  return new Promise((resolve, reject) =>
    method((error, ...results) => (error ? reject(error) : resolve(results as unknown as Results))),
  );
}
