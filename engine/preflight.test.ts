import { expect, test } from 'vitest';
import { TARGET_PREFIX } from './caller.ts';
import { NoAnswer } from './exchange.ts';
import { problemOf } from './preflight.ts';
import { openSession } from './session.ts';
import type { Suite } from './suite.ts';
import { MADE_UP } from './support.ts';
import type { HttpResponse } from './target.ts';

const suite = {
  cases: [],
  operations: { GetUser: { signed: false, writes: 'nothing', errors: ['NotAuthorizedException'] } },
  shapes: {},
  patterns: {},
} as unknown as Suite;

const typed = (__type: string): HttpResponse => ({ status: 400, headers: [], body: JSON.stringify({ __type }) });
const text = (status: number, body: string): HttpResponse => ({
  status,
  headers: [['content-type', 'text/html']],
  body,
});

function problem(says: (operation: string) => HttpResponse): Promise<string | undefined> {
  const target = {
    name: 'some',
    endpoint: 'http://some.invalid',
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'secret' },
    values: {},
    send: async ({ headers }: { headers: Record<string, string> }) =>
      says((headers['X-Amz-Target'] ?? headers['x-amz-target'] ?? '').replace(TARGET_PREFIX, '')),
  };
  return problemOf(openSession(target, suite));
}

const notCognito = (brief: string): string =>
  `http://some.invalid is not the Cognito user pools API: it answers GetUser as it answers an operation that does not exist (${brief})`;

test.each(['UnrecognizedClientException', 'InvalidClientTokenId', 'x#AccessDeniedException'])(
  'an endpoint that refuses who signs, %s, has nothing that is not implemented',
  async (type) => {
    const says = (operation: string): HttpResponse => typed(operation === 'GetUser' ? 'NotAuthorizedException' : type);
    expect(await problem(says)).toBe(
      `http://some.invalid cannot be judged: it refuses the credentials (400 ${type.replace('x#', '')}); give those that it takes in the manifest, or in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for --endpoint`,
    );
  },
);

test('an endpoint that looks who signs only where it knows the operation is asked one that it knows', async () => {
  const says = (of: string, error: string) => (operation: string) => {
    if (operation === MADE_UP) return typed('UnknownOperationException');
    return typed(operation === of ? error : 'NotAuthorizedException');
  };
  expect(await problem(says('DescribeUserPool', 'InvalidSignatureException'))).toBe(
    'http://some.invalid cannot be judged: it refuses the credentials (400 InvalidSignatureException); give those that it takes in the manifest, or in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for --endpoint',
  );
  expect(await problem(says('DescribeUserPool', 'AccessDeniedException'))).toBe(undefined);
});

let nonce = 0;
test.each<[name: string, says: (operation: string) => HttpResponse, found: string]>([
  ['a page', () => text(200, '<h1>hello</h1>'), notCognito('200')],
  ['a page that changes', () => text(200, `<h1>hello ${(nonce += 1)}</h1>`), notCognito('200')],
  ['{} to everything', () => text(200, '{}'), notCognito('200')],
  ['404 as a page', () => text(404, '<h1>Not Found</h1>'), notCognito('404 text/html')],
  ['404 with a date', () => text(404, `{"timestamp":${(nonce += 1)},"status":404}`), notCognito('404 text/html')],
  ['502', () => text(502, ''), notCognito('502 text/html')],
  ['another service', () => typed('x#UnknownOperationException'), notCognito('400 UnknownOperationException')],
  ['a declared error to everything', () => typed('NotAuthorizedException'), notCognito('400 NotAuthorizedException')],
])('an endpoint that answers %s is not judged', async (_, says, found) => {
  expect(await problem(says)).toBe(found);
});

test.each<[name: string, says: (operation: string) => HttpResponse]>([
  ['Cognito', (operation) => typed(operation === MADE_UP ? 'UnknownOperationException' : 'NotAuthorizedException')],
  [
    'pages for what it lacks',
    (operation) => (operation === MADE_UP ? text(500, 'x') : typed('NotAuthorizedException')),
  ],
  [
    'a crash on a bad token',
    (operation) => (['GetUser', MADE_UP].includes(operation) ? text(500, operation) : typed('A')),
  ],
  ['200 to what it lacks', (operation) => (operation === MADE_UP ? text(200, '') : typed('NotAuthorizedException'))],
  ['any token', (operation) => text(200, operation === MADE_UP ? '{}' : '{"Username":"a","UserAttributes":[]}')],
])('an endpoint that answers as %s is judged', async (_, says) => {
  expect(await problem(says)).toBe(undefined);
});

test('an endpoint that answers nothing says why', async () => {
  const silent = (): never => {
    throw new NoAnswer('timeout', 'no answer within 8 s');
  };
  expect(await problem(silent)).toBe('http://some.invalid cannot be judged: no answer within 8 s');
});

test('an endpoint that throttles cannot be judged', async () => {
  const throttles = (operation: string): HttpResponse => (operation === MADE_UP ? text(404, '') : text(429, ''));
  expect(await problem(throttles)).toBe('http://some.invalid cannot be judged: it throttles (429 text/html)');
});

test('an endpoint that answers pages of another status than to what it lacks is judged', async () => {
  expect(await problem((operation) => (operation === MADE_UP ? text(404, '') : text(500, '')))).toBe(undefined);
});

test('what goes wrong with us is not the endpoint', async () => {
  const broken = (): never => {
    throw new TypeError('odd');
  };
  await expect(problem(broken)).rejects.toThrow('odd');
});
