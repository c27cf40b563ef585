import {
  AdminGetUserCommand,
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
  GetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { handlers } from './handlers.ts';
import { createMock, type MockRequest, type MockResponse } from './mock.ts';
import { serve, type Served } from './serve.ts';

const aws = 'https://cognito-idp.eu-west-1.amazonaws.com';
const now = () => Date.UTC(2030, 0, 1);
const mock = createMock({ now });
const onUnsupported = (): void => {};
const server = setupServer(
  ...handlers(mock, { onUnsupported }),
  ...handlers(mock, { url: 'http://emulator.test:9229', onUnsupported }),
);
let served: Served;

beforeAll(async () => {
  served = await serve(mock, { onUnsupported });
  server.listen({ onUnhandledRequest: 'bypass' });
});
afterAll(async () => {
  server.close();
  await served.close();
});

const post = (target: string, body: string, headers: Record<string, string> = {}): MockRequest => ({
  method: 'POST',
  path: '/',
  headers: {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${target}`,
    ...headers,
  },
  body,
});
const get = (path: string): MockRequest => ({ method: 'GET', path, headers: {}, body: '' });
const origin = { origin: 'https://app.example' };

test.each<[string, MockRequest, number]>([
  ['an error', post('GetUser', '{"AccessToken":"garbage"}'), 400],
  ['an error with a line break in its text', post('GetUser', '{"AccessToken":"a\\nb"}', origin), 400],
  ['a body that is no JSON', post('GetUser', '{"AccessToken"'), 400],
  ['letters outside ASCII', post('GetUser', '{"AccessToken":"héllo 👋"}'), 400],
  ['an operation that does not exist', post('GetWeather', '{}'), 400],
  ['an unsigned call of an administrator', post('AdminGetUser', '{}'), 400],
  ['another protocol', post('GetUser', '{}', { 'content-type': 'application/json' }), 200],
  ['no protocol', post('GetUser', '{}', { 'content-type': 'text/plain' }), 404],
  [
    'a preflight',
    { ...get('/'), method: 'OPTIONS', headers: { ...origin, 'access-control-request-method': 'POST' } },
    200,
  ],
  ['the signing key', get('/_mock/keys'), 200],
  ['messages to nobody', get('/_mock/messages/us-east-1_none/%E0%A4%A'), 404],
  ['another path', get('/favicon.ico?x=1'), 404],
  ['another method', { ...get('/'), method: 'PUT' }, 404],
])('every door answers alike: %s', async (_, request, status) => {
  const direct = comparable(await mock.answer(request));
  expect(direct.status).toBe(status);
  for (const url of [served.url, aws, 'http://emulator.test:9229']) expect(await fetched(url, request)).toEqual(direct);
});

test('the AWS SDK cannot tell the mock from Cognito', async () => {
  const client = new CognitoIdentityProviderClient({
    region: 'eu-west-1',
    credentials: { accessKeyId: 'any', secretAccessKey: 'any' },
  });
  const { UserPool } = await client.send(new CreateUserPoolCommand({ PoolName: 'sdk' }));
  expect(UserPool?.CreationDate).toEqual(new Date(now()));
  await expect(client.send(new GetUserCommand({ AccessToken: 'garbage' }))).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'Invalid Access Token',
  });
  const missing = new AdminGetUserCommand({ UserPoolId: UserPool?.Id, Username: 'nobody' });
  await expect(client.send(missing)).rejects.toMatchObject({ name: 'UserNotFoundException' });
});

/** What `fetch` receives, so that it can be compared with what `answer` gave. */
async function fetched(url: string, { method, path, headers, body }: MockRequest) {
  const response = await fetch(url + path, { method, headers, ...(method === 'POST' && { body: Buffer.from(body) }) });
  return comparable({
    status: response.status,
    headers: Object.fromEntries(response.headers),
    body: await response.text(),
  });
}

function comparable({ status, headers, body }: MockResponse) {
  const { 'x-amzn-requestid': id, connection: _, 'keep-alive': __, ...rest } = headers;
  expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
  return { status, headers: rest, body };
}
