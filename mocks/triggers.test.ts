import { createServer, type Server } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import { call, type Json } from './call.test-data.ts';
import { createMock, type Mock } from './mock.ts';

interface Invocation {
  path: string | undefined;
  event: { [name: string]: Json };
}

/** What the function gives back: its payload as text, with the status and headers of Lambda's API. */
interface Outcome {
  body: string;
  status?: number;
  headers?: Record<string, string>;
}

const arn = 'arn:aws:lambda:us-east-1:123456789012:function:custom/message';
const settings = { AutoVerifiedAttributes: ['email'], LambdaConfig: { CustomMessage: arn } };
const servers: Server[] = [];

afterEach(() => {
  for (const server of servers.splice(0)) server.close().closeAllConnections();
});

test('a changed address asks the function once, as the user is now, and then sends the code', async () => {
  const { mock, invocations, UserPoolId, ClientId, AccessToken } = await start(({ event }) => gives(event));
  const update = { AccessToken, ...changes({ email: 'new@example.com' }), ClientMetadata: { ticket: '42' } };
  expect(await call(mock, 'UpdateUserAttributes', update)).toMatchObject({
    CodeDeliveryDetailsList: [{ AttributeName: 'email' }],
  });
  expect(invocations).toEqual([
    {
      path: '/2015-03-31/functions/custom%2Fmessage/invocations',
      event: {
        version: '1',
        region: 'us-east-1',
        userPoolId: UserPoolId,
        userName: 'ada',
        callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: ClientId },
        triggerSource: 'CustomMessage_UpdateUserAttribute',
        request: {
          userAttributes: {
            sub: expect.any(String) as string,
            email: 'new@example.com',
            email_verified: 'false',
            'cognito:user_status': 'CONFIRMED',
          },
          codeParameter: '{####}',
          usernameParameter: null,
          clientMetadata: { ticket: '42' },
        },
        response: { smsMessage: null, emailMessage: null, emailSubject: null },
      },
    },
  ]);
  expect(mock.messages).toMatchObject([{ to: 'new@example.com', medium: 'EMAIL' }]);
});

test('where nothing is sent nothing is asked', async () => {
  const { mock, invocations, AccessToken } = await start(({ event }) => gives(event));
  await call(mock, 'UpdateUserAttributes', { AccessToken, ...changes({ nickname: 'n', email: 'ada@example.com' }) });
  await call(mock, 'UpdateUserAttributes', { AccessToken, ...changes({ email: 'new@example.com', shoe: '42' }) });
  await call(mock, 'VerifyUserAttribute', { AccessToken, AttributeName: 'email', Code: '000000' });
  expect([invocations, mock.messages]).toEqual([[], []]);
});

test('administrators ask without a client, and invite with a placeholder for the name', async () => {
  const { mock, invocations, UserPoolId } = await start(({ event }) => gives(event));
  await call(mock, 'AdminUpdateUserAttributes', {
    UserPoolId,
    Username: 'ada',
    ...changes({ email: 'n@example.com' }),
  });
  const bob = { UserPoolId, Username: 'bob', ...changes({ email: 'bob@example.com' }) };
  await call(mock, 'AdminCreateUser', { ...bob, DesiredDeliveryMediums: ['EMAIL'] });
  const callerContext = { clientId: 'CLIENT_ID_NOT_APPLICABLE' };
  expect(invocations.map(({ event }) => event)).toMatchObject([
    { triggerSource: 'CustomMessage_UpdateUserAttribute', userName: 'ada', callerContext },
    {
      triggerSource: 'CustomMessage_AdminCreateUser',
      userName: 'bob',
      callerContext,
      request: { usernameParameter: '{username}', userAttributes: { 'cognito:user_status': 'FORCE_CHANGE_PASSWORD' } },
    },
  ]);
});

test.each<[string, Outcome, string, string]>([
  [
    'throws',
    {
      body: '{"errorMessage":"no such product","errorType":"Error"}',
      headers: { 'x-amz-function-error': 'Unhandled' },
    },
    'UserLambdaValidationException',
    'CustomMessage failed with error no such product.',
  ],
  [
    'may not be invoked',
    { body: '{}', status: 403, headers: { 'x-amzn-errortype': 'AccessDeniedException:http://aws' } },
    'UnexpectedLambdaException',
    'CustomMessage invocation failed due to error AccessDeniedException.',
  ],
  [
    'may not be invoked, as a body says',
    { body: '{"__type":"com.amazonaws.lambda#AccessDeniedException"}', status: 403 },
    'UnexpectedLambdaException',
    'CustomMessage invocation failed due to error AccessDeniedException.',
  ],
  [
    'stands behind a broken proxy',
    { body: '<h1>Bad gateway</h1>', status: 502 },
    'UnexpectedLambdaException',
    'CustomMessage invocation failed due to error ServiceException.',
  ],
  [
    'gives no JSON back',
    { body: 'nonsense' },
    'InvalidLambdaResponseException',
    'Invalid lambda function output : Invalid JSON',
  ],
  ['gives null back', { body: 'null' }, 'InvalidLambdaResponseException', 'Unrecognizable lambda output'],
  [
    'gives a number for a text',
    { body: '{"response":{"emailMessage":1}}' },
    'InvalidLambdaResponseException',
    'Unrecognizable lambda output',
  ],
  [
    'forgets the code',
    { body: '{"response":{"emailMessage":"Welcome"}}' },
    'InvalidParameterException',
    String.raw`1 validation error detected: Value 'Welcome' at 'emailBody' failed to satisfy constraint: Member must satisfy regular expression pattern: [\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`,
  ],
])(
  'a function that %s refuses the call, and nothing is sent though the address is stored',
  async (_, outcome, __type, message) => {
    const { mock, AccessToken } = await start(() => outcome);
    const update = { AccessToken, ...changes({ email: 'new@example.com' }) };
    expect(await call(mock, 'UpdateUserAttributes', update)).toEqual({ __type, message });
    const ask = { AccessToken, AttributeName: 'email' };
    expect(await call(mock, 'GetUserAttributeVerificationCode', ask)).toEqual({ __type, message });
    const { UserAttributes } = await call(mock, 'GetUser', { AccessToken });
    expect(UserAttributes).toContainEqual({ Name: 'email', Value: 'new@example.com' });
    expect(mock.messages).toEqual([]);
  },
);

test('a function that cannot be reached refuses the call', async () => {
  const { mock, AccessToken } = await start(() => ({ body: '{}' }));
  for (const server of servers.splice(0)) {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  expect(await call(mock, 'UpdateUserAttributes', { AccessToken, ...changes({ email: 'n@example.com' }) })).toEqual({
    __type: 'UnexpectedLambdaException',
    message: 'CustomMessage invocation failed due to error ServiceException.',
  });
});

test('without an endpoint no function is invoked, and the pool still shows it', async () => {
  const mock = createMock();
  const { UserPoolId, AccessToken } = await populate(mock);
  await call(mock, 'UpdateUserAttributes', { AccessToken, ...changes({ email: 'new@example.com' }) });
  expect(mock.messages).toMatchObject([{ to: 'new@example.com' }]);
  expect(await call(mock, 'DescribeUserPool', { UserPoolId })).toMatchObject({
    UserPool: { LambdaConfig: { CustomMessage: arn } },
  });
});

test('a change that comes while the function takes its time leaves no code for the address before it', async () => {
  let meanwhile: () => Promise<unknown> = async () => {};
  const { mock, AccessToken } = await start(async ({ event }) => {
    const first = meanwhile;
    meanwhile = async () => {};
    await first();
    return gives(event);
  });
  const update = (email: string) => call(mock, 'UpdateUserAttributes', { AccessToken, ...changes({ email }) });
  meanwhile = () => update('second@example.com');
  await update('first@example.com');
  expect(mock.messages.map(({ to }) => to)).toEqual(['second@example.com', 'first@example.com']);
  const [second, first] = mock.messages.map(({ code }) => ({ AccessToken, AttributeName: 'email', Code: code }));
  expect(await call(mock, 'VerifyUserAttribute', first ?? {})).toMatchObject({ __type: 'CodeMismatchException' });
  expect(await call(mock, 'VerifyUserAttribute', second ?? {})).toEqual({});
});

test('a pool without a configuration for SMS sends none', async () => {
  const mock = createMock();
  const { UserPoolId } = await populate(mock);
  const bob = { UserPoolId, Username: 'bob', ...changes({ phone_number: '+15555550199' }) };
  expect(await call(mock, 'AdminCreateUser', bob)).toEqual({
    __type: 'InvalidParameterException',
    message: 'User pool does not have SMS configuration to send messages.',
  });
});

/** A mock with one user, whose pool's function answers as told; `invocations` is what it was asked. */
async function start(outcome: (invocation: Invocation) => Outcome | Promise<Outcome>, pool: Json = settings) {
  const invocations: Invocation[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const event = JSON.parse(Buffer.concat(chunks).toString()) as Invocation['event'];
      const invocation = { path: request.url, event };
      invocations.push(invocation);
      void Promise.resolve(outcome(invocation)).then(({ status = 200, headers, body }) =>
        response.writeHead(status, headers).end(body),
      );
    });
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : undefined;
  const mock = createMock({ lambdaEndpoint: `http://127.0.0.1:${port}/` });
  return { mock, invocations, ...(await populate(mock, pool)) };
}

const gives = (event: Json): Outcome => ({ body: JSON.stringify(event) });

async function populate(mock: Mock, pool: Json = settings) {
  const { UserPool } = await call(mock, 'CreateUserPool', { PoolName: 'pool', ...(pool as object) });
  const { Id: UserPoolId } = UserPool as { Id: string };
  const client = { ClientName: 'app', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] };
  const { UserPoolClient } = await call(mock, 'CreateUserPoolClient', { UserPoolId, ...client });
  const { ClientId } = UserPoolClient as { ClientId: string };
  const ada = { UserPoolId, Username: 'ada' };
  const email = changes({ email: 'ada@example.com', email_verified: 'true' });
  await call(mock, 'AdminCreateUser', { ...ada, ...email, MessageAction: 'SUPPRESS' });
  await call(mock, 'AdminSetUserPassword', { ...ada, Password: 'Pass-word-1', Permanent: true });
  const { AuthenticationResult } = await call(mock, 'InitiateAuth', {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId,
    AuthParameters: { USERNAME: 'ada', PASSWORD: 'Pass-word-1' },
  });
  const { AccessToken } = AuthenticationResult as { AccessToken: string };
  return { UserPoolId, ClientId, AccessToken };
}

function changes(values: Record<string, string>) {
  return { UserAttributes: Object.entries(values).map(([Name, Value]) => ({ Name, Value })) };
}
