import aws4 from 'aws4';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { sign } from './signature.ts';
import type { HttpRequest } from './target.ts';

const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };
const signer = { service: 'cognito-idp', region: 'eu-west-1', credentials };
const request: HttpRequest = {
  method: 'POST',
  url: 'https://cognito-idp.eu-west-1.amazonaws.com/',
  headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'A.AdminGetUser' },
  body: '{"Username":"a"}',
};

function signed(asked: HttpRequest, other: Partial<typeof signer> = {}): Record<string, string> {
  const headers = { ...asked.headers };
  sign({ ...asked, headers }, { ...signer, ...other });
  return headers;
}

beforeEach(() => void vi.useFakeTimers({ now: Date.UTC(2031, 0, 31, 23, 59, 59, 999) }));
afterEach(() => void vi.useRealTimers());

test.each<[name: string, request: Partial<HttpRequest>, signer?: Partial<typeof signer>]>([
  ['an operation', {}],
  ['another service', {}, { service: 'sts' }],
  ['another region', {}, { region: 'us-gov-west-1' }],
  ['of a role', {}, { credentials: { ...credentials, sessionToken: 'of/a+role==' } as typeof credentials }],
  ['another secret', {}, { credentials: { ...credentials, secretAccessKey: 'a/b+c' } }],
  ['behind a prefix', { url: 'http://127.0.0.1:9229/a%20b/c/' }],
  ['letters of more than a byte', { body: '{"Username":"é€😀"}' }],
  ['no body', { method: 'GET', body: '' }],
  ['headers around which is space', { headers: { ...request.headers, b: '  two   spaces ', a: '1', 'a-b': '2' } }],
])('%s is signed as a library signs it', (_, change, other) => {
  const asked = { ...request, ...change };
  const headers = signed(asked, other);
  const { host, pathname } = new URL(asked.url);
  const { service, region, credentials: caller } = { ...signer, ...other };
  const { 'x-amz-security-token': _token, authorization, ...unsigned } = headers;
  const { method, body = '' } = asked;
  // The length is framing, and for Node to say.
  const ignored = { extraHeadersToIgnore: { 'content-length': true } };
  const theirs = aws4.sign(
    { service, region, host, path: pathname, method, body, headers: unsigned, ...ignored },
    caller,
  );
  expect(authorization).toBe(theirs.headers?.['Authorization']);
});

test('the key of a day ends with it', () => {
  const day = (): string | undefined => /\/(\d{8})\//.exec(signed(request)['authorization'] ?? '')?.[1];
  const before = day();
  vi.setSystemTime(Date.UTC(2031, 1, 1));
  expect([before, day()]).toEqual(['20310131', '20310201']);
});
