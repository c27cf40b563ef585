import { expect, test, vi } from 'vitest';
import { call } from './call.test-data.ts';
import { createMock, type MockOptions } from './mock.ts';
import { telling } from './unsupported.ts';

const app = { PoolName: 'app', Id: 'us-east-1_app' };
const client = { ClientName: 'web', ClientId: 'web', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] };
const ada = { Username: 'ada', Password: 'Correct-horse-1', UserAttributes: { sub: 'ada-sub', nickname: 'countess' } };
const signIn = {
  AuthFlow: 'USER_PASSWORD_AUTH',
  ClientId: 'web',
  AuthParameters: { USERNAME: 'ada', PASSWORD: ada.Password },
};

test('a mock begins with the pools, clients and users that it is given', async () => {
  const mock = createMock({ pools: [{ ...app, clients: [client], users: [ada] }] });
  const { AuthenticationResult } = await call(mock, 'InitiateAuth', signIn);
  const { AccessToken = '' } = AuthenticationResult as { AccessToken?: string };
  expect(await call(mock, 'GetUser', { AccessToken })).toEqual({
    Username: 'ada',
    UserAttributes: [
      { Name: 'sub', Value: 'ada-sub' },
      { Name: 'nickname', Value: 'countess' },
    ],
  });
  expect(await call(mock, 'AdminGetUser', { UserPoolId: app.Id, Username: 'ada-sub' })).toMatchObject({
    UserStatus: 'CONFIRMED',
    Enabled: true,
  });
  expect(mock.messages).toEqual([]);
});

test('in a pool of addresses a chosen sub is the user name', async () => {
  const users = [{ Username: 'eve@example.com', UserAttributes: { sub: 'eve-sub' } }];
  const mock = createMock({ pools: [{ ...app, UsernameAttributes: ['email'], users }] });
  const found = await call(mock, 'AdminGetUser', { UserPoolId: app.Id, Username: 'eve@example.com' });
  expect(found).toMatchObject({
    Username: 'eve-sub',
    UserAttributes: [
      { Name: 'sub', Value: 'eve-sub' },
      { Name: 'email', Value: 'eve@example.com' },
    ],
  });
});

test('a clock that stands still moves on when told', async () => {
  const mock = createMock({ now: () => Date.UTC(2030, 0, 1), pools: [{ ...app, clients: [client], users: [ada] }] });
  const { AuthenticationResult } = await call(mock, 'InitiateAuth', signIn);
  const { AccessToken = '' } = AuthenticationResult as { AccessToken?: string };
  mock.clock.advance(3_599_999);
  expect(await call(mock, 'GetUser', { AccessToken })).toMatchObject({ Username: 'ada' });
  mock.clock.advance(1);
  expect(mock.clock.now()).toBe(Date.UTC(2030, 0, 1, 1));
  expect(await call(mock, 'GetUser', { AccessToken })).toMatchObject({ message: 'Access Token has expired' });
});

test('fake timers are the clock of a mock that was made before them', () => {
  const mock = createMock();
  vi.useFakeTimers({ now: 1000 });
  expect(mock.clock.now()).toBe(1000);
  vi.useRealTimers();
});

test('a call takes as long as its latency says, and nothing else does', async () => {
  const waited: [string, number][] = [];
  vi.useFakeTimers();
  const mock = createMock({ latency: (operation) => (operation === 'InitiateAuth' ? 800 : 20) });
  for (const operation of ['InitiateAuth', 'GetUser']) {
    const start = Date.now();
    const answer = call(mock, operation, {});
    await vi.runAllTimersAsync();
    expect(await answer).toHaveProperty('__type');
    waited.push([operation, Date.now() - start]);
  }
  const start = Date.now();
  await mock.answer({ method: 'GET', path: '/_mock/keys', headers: {}, body: '' });
  waited.push(['GET', Date.now() - start]);
  vi.useRealTimers();
  expect(waited).toEqual([
    ['InitiateAuth', 800],
    ['GetUser', 20],
    ['GET', 0],
  ]);
});

test('an operation that is missing is told once, where somebody is to be told', async () => {
  const told: string[] = [];
  const mock = createMock();
  const door = { ...mock, answer: telling(mock, (operation) => told.push(operation)) };
  const unknown = { __type: 'UnknownOperationException' };
  expect(await call(door, 'ForgotPassword', {})).toEqual(unknown);
  expect(await call(door, 'ForgotPassword', {})).toEqual(unknown);
  expect(await call(door, 'SignUp', {})).toEqual(unknown);
  expect(await call(door, 'GetUser', {})).not.toEqual(unknown);
  expect(told).toEqual(['ForgotPassword', 'SignUp']);
});

test('unless told otherwise the console warns of it', async () => {
  const warn = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const mock = createMock();
  await call(mock, 'SignUp', {});
  expect(warn).not.toHaveBeenCalled();
  await call({ ...mock, answer: telling(mock) }, 'SignUp', {});
  expect(warn.mock.calls).toEqual([
    [
      'cognito-conformance: the mock has no operation SignUp; it answered as Cognito answers a call that it does not know',
    ],
  ]);
  warn.mockRestore();
});

test.each<[unknown, string]>([
  [{ pools: {} }, 'pools is {}, not a list'],
  [{ pools: ['app'] }, 'pools[0] is "app", not an object'],
  [{ pools: [{ PoolName: 'app' }] }, 'pools[0].Id is missing; it is a text'],
  [
    { pools: [{ Id: 'us-east-1_app' }] },
    "pools[0]: 1 validation error detected: Value null at 'poolName' failed to satisfy constraint: Member must not be null",
  ],
  [
    { pools: [{ ...app, Id: 'app' }] },
    "pools[0]: 1 validation error detected: Value 'app' at 'userPoolId' failed to satisfy constraint: Member must satisfy regular expression pattern: [\\w-]+_[0-9a-zA-Z]+",
  ],
  [{ pools: [app, app] }, 'pools[1]: another pool has the Id us-east-1_app already'],
  [
    { pools: [{ ...app, Clients: [] }] },
    'pools[0]: the mock reads no "Clients" here; it reads Id, clients, users, PoolName, Schema, AutoVerifiedAttributes, AliasAttributes, UsernameAttributes, UsernameConfiguration, UserAttributeUpdateSettings, LambdaConfig, SmsConfiguration',
  ],
  [
    { pools: [{ ...app, AliasAttributes: ['email'], UsernameAttributes: ['email'] }] },
    'pools[0]: Only one of the aliasAttributes or usernameAttributes can be set in a user pool.',
  ],
  [{ pools: [{ ...app, clients: [{ ClientName: 'web' }] }] }, 'pools[0].clients[0].ClientId is missing; it is a text'],
  [
    { pools: [{ ...app, clients: [client, client] }] },
    'pools[0].clients[1]: another client has the ClientId web already',
  ],
  [
    { pools: [{ ...app, clients: [{ ...client, WriteAttributes: ['custom:none'] }] }] },
    'pools[0].clients[0]: Invalid write attributes specified while creating a client',
  ],
  [{ pools: [{ ...app, users: [{ Username: 5 }] }] }, 'pools[0].users[0].Username is 5; it is a text'],
  [
    { pools: [{ ...app, users: [ada, { ...ada, Username: 'bob' }] }] },
    'pools[0].users[1]: another user has the sub ada-sub already',
  ],
  [
    { pools: [{ ...app, clients: [{ ...client, UserPoolId: app.Id }] }] },
    'pools[0].clients[0]: the mock reads no "UserPoolId" here; it reads ClientId, ClientName, ExplicitAuthFlows, ReadAttributes, WriteAttributes, AccessTokenValidity, IdTokenValidity, RefreshTokenValidity, TokenValidityUnits, PreventUserExistenceErrors, EnableTokenRevocation',
  ],
  [{ pools: [{ ...app, users: [ada, ada] }] }, 'pools[0].users[1]: User account already exists'],
  [
    { pools: [{ ...app, users: [{ ...ada, UserAttributes: { 'custom:none': 'x' } }] }] },
    'pools[0].users[0]: Attributes did not conform to the schema: custom:none: Attribute does not exist in the schema.',
  ],
  [
    { pools: [{ ...app, users: [{ ...ada, UserAttributes: { email_verified: true } }] }] },
    'pools[0].users[0].UserAttributes.email_verified is true; it is a text',
  ],
  [
    { pools: [{ ...app, users: [{ ...ada, UserAttributes: [] }] }] },
    'pools[0].users[0].UserAttributes is [], not an object',
  ],
  [
    { pools: [{ ...app, users: [{ ...ada, UserStatus: 'UNCONFIRMED' }] }] },
    'pools[0].users[0].UserStatus is "UNCONFIRMED", not one of CONFIRMED, FORCE_CHANGE_PASSWORD, RESET_REQUIRED',
  ],
  [
    { pools: [{ ...app, users: [{ ...ada, Enabled: 'yes' }] }] },
    'pools[0].users[0].Enabled is "yes", not one of true, false',
  ],
  [
    { pools: [{ ...app, users: [{ ...ada, Email: 'x' }] }] },
    'pools[0].users[0]: the mock reads no "Email" here; it reads Username, Password, UserAttributes, UserStatus, Enabled',
  ],
  [{ latency: -1 }, 'latency is -1, not a number of milliseconds from 0 on'],
  [{ latency: '5' }, 'latency is "5", not a number of milliseconds from 0 on'],
])('what cannot be is told in one line: %j', (options, message) => {
  expect(() => createMock(options as MockOptions)).toThrow(new Error(message));
});
