import { expect, test } from 'vitest';
import { createCaller, operationRequest } from './caller.ts';
import { NoAnswer } from './exchange.ts';
import { Interruption } from './interruption.ts';
import { createRedactor } from './redact.ts';
import type { HttpRequest, HttpResponse, Target } from './target.ts';

const json = (status: number, body: unknown): HttpResponse => ({ status, headers: [], body: JSON.stringify(body) });

function calling(says: (request: HttpRequest) => HttpResponse = () => json(200, {})) {
  const sent: [request: HttpRequest, fresh: boolean | undefined][] = [];
  const target: Target = {
    name: 'some',
    endpoint: 'http://some.invalid:5000',
    region: 'eu-west-1',
    credentials: { accessKeyId: 'AKIAEXAMPLE', secretAccessKey: 'not-a-secret' },
    values: {},
    send: async (request, options) => {
      sent.push([request, options?.fresh]);
      return says(request);
    },
  };
  const redactor = createRedactor();
  return { target, sent, redactor, caller: createCaller(target, redactor) };
}

const step = { role: 'step', signed: false } as const;

test('an operation is a POST to the root that names it', async () => {
  const { caller, sent } = calling();
  await caller.call('GetUser', { AccessToken: 'opaque' }, { ...step, headers: { origin: 'https://a.example' } });
  expect(sent).toEqual([
    [
      {
        method: 'POST',
        url: 'http://some.invalid:5000/',
        headers: {
          'accept-encoding': 'gzip, deflate, br',
          'content-type': 'application/x-amz-json-1.1',
          'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
          origin: 'https://a.example',
        },
        body: '{"AccessToken":"opaque"}',
      },
      false,
    ],
  ]);
});

test('temporary credentials sign with their token', () => {
  const { target } = calling();
  const credentials = { ...target.credentials, sessionToken: 'of-the-session' };
  const { headers } = operationRequest({ ...target, credentials }, 'AdminGetUser', {}, { signed: true });
  expect(headers['x-amz-security-token']).toBe('of-the-session');
  expect(headers['authorization']).toContain(';x-amz-security-token;');
});

test('a signed one bears the region, the service and the headers that it signs', () => {
  const { headers, ...request } = operationRequest(
    calling().target,
    'AdminGetUser',
    { Username: 'a' },
    { signed: true },
  );
  expect(request).toEqual({ method: 'POST', url: 'http://some.invalid:5000/', body: '{"Username":"a"}' });
  expect(headers).toMatchObject({
    host: 'some.invalid:5000',
    'x-amz-target': 'AWSCognitoIdentityProviderService.AdminGetUser',
    authorization: expect.stringMatching(
      /^AWS4-HMAC-SHA256 Credential=AKIAEXAMPLE\/\d{8}\/eu-west-1\/cognito-idp\/aws4_request, SignedHeaders=.*host.*x-amz-target.*, Signature=[0-9a-f]{64}$/,
    ),
  });
});

test.each<
  [name: string, request: Parameters<ReturnType<typeof createCaller>['request']>[0], sent: unknown, call: string]
>([
  [
    'alone',
    { method: 'GET' },
    { method: 'GET', url: 'http://some.invalid:5000/', headers: {}, body: undefined },
    'GET /',
  ],
  [
    'with everything',
    { method: 'PUT', path: '/a?b=c', headers: { a: 'b' }, body: 'no JSON' },
    { method: 'PUT', url: 'http://some.invalid:5000/a?b=c', headers: { a: 'b' }, body: 'no JSON' },
    'PUT /a?b=c',
  ],
])('a raw request goes out as it is: %s', async (_, request, raw, call) => {
  const { caller, sent } = calling();
  await caller.request(request, { ...step, fresh: true });
  expect(sent).toEqual([[raw, true]]);
  expect(caller.records.map((record) => record.call)).toEqual([call]);
});

test('what is sent and what comes is recorded, with how long it took', async () => {
  const { caller } = calling(() => json(400, { __type: 'Bad' }));
  const answer = await caller.call('GetUser', {}, { role: 'control', signed: false });
  expect([answer.status, answer.error]).toEqual([400, 'Bad']);
  const [record] = caller.records;
  expect(record).toMatchObject({
    call: 'GetUser',
    role: 'control',
    request: { body: '{}' },
    response: json(400, { __type: 'Bad' }),
  });
  expect(record).not.toHaveProperty('failure');
});

test('a duration is in milliseconds, to a tenth', async () => {
  const { target, redactor } = calling();
  const slow: Target = { ...target, send: () => new Promise((done) => setTimeout(() => done(json(200, {})), 30)) };
  const caller = createCaller(slow, redactor);
  await caller.call('GetUser', {}, step);
  expect(caller.records[0]?.durationMs).toBeGreaterThan(25);
  expect(caller.records[0]?.durationMs).toBeLessThan(5000);
});

test.each<[error: unknown, failure: string]>([
  [new NoAnswer('closed', 'the connection was closed'), 'the connection was closed'],
  ['no error', 'no error'],
])('a request that fails is recorded with why: %#', async (error, failure) => {
  const { caller } = calling(() => {
    throw error;
  });
  await expect(caller.call('GetUser', {}, step)).rejects.toBe(error);
  expect(caller.records.map((record) => [record.failure, record.response])).toEqual([[failure, undefined]]);
});

test('a throttled answer ends the case', async () => {
  const { caller } = calling(() => json(429, {}));
  const ended = await caller.call('GetUser', {}, step).catch((error: unknown) => error as Interruption);
  expect(ended).toMatchObject({
    verdict: 'error',
    cause: 'the target throttles',
    message: 'GetUser answered 429 without a type',
  });
});

test('secrets of requests and answers are hidden, with whose they are', async () => {
  const { caller, redactor } = calling(() => json(200, { IdToken: 'opaque-id-token' }));
  await caller.call('InitiateAuth', { PASSWORD: 'secret-password' }, { ...step, owner: 'rival' });
  await caller.request({ method: 'POST', body: '{"Session":"opaque-session"}' }, step);
  await caller.request({ method: 'POST', headers: { Cookie: 'a=b-c-d' }, body: '["Session","opaque-list"]' }, step);
  expect(redactor.clean('opaque-id-token secret-password opaque-session a=b-c-d opaque-list')).toBe(
    '<IdToken of rival> <Password of rival> <Session> <Cookie> opaque-list',
  );
});
