import { CreateUserPoolCommand, GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import aws4 from 'aws4';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { operationRequest } from '../../engine/caller.ts';
import type { Target } from '../../engine/target.ts';
import type { OperationName } from '../inputs.ts';
import { unsigned } from '../operations.ts';
import { clientOf, credentials, refusal, standIn } from './client.test-data.ts';
import type { Policy } from './policy.ts';

const create = new CreateUserPoolCommand({ PoolName: 'pool' });
const now = Date.UTC(2031, 0, 31, 12);
const mismatch =
  'The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details.';
const unknown = 'The security token included in the request is invalid.';

test('what a caller signs here is what it signs there', () => {
  const text = readFileSync(new URL('../../specs/operations.json', import.meta.url), 'utf8');
  const { operations } = JSON.parse(text) as { operations: Record<string, { signed: boolean }> };
  const theirs = Object.entries(operations).filter(([, { signed }]) => !signed);
  expect(Object.keys(operations).filter((name) => unsigned.has(name as OperationName))).toEqual(
    theirs.map(([name]) => name),
  );
});

test('what the SDK signs is accepted', async () => {
  const { client } = await standIn();
  expect(await client.send(create)).toMatchObject({ UserPool: { Name: 'pool' } });
});

test('what the suite signs is accepted', async () => {
  const { url } = await standIn();
  const target = { endpoint: url, region: 'us-east-1', credentials } as Target;
  const {
    method,
    headers,
    body = '',
  } = operationRequest(target, 'CreateUserPool', { PoolName: 'pool', UserPoolTags: { a: 'é  b' } }, { signed: true });
  expect((await fetch(url, { method, headers, body })).status).toBe(200);
  const changed = await fetch(url, { method, headers, body: body.replace('pool', 'loop') });
  expect([changed.status, await changed.json()]).toEqual([
    400,
    { __type: 'InvalidSignatureException', message: mismatch },
  ]);
});

test('a session token has to be the right one', async () => {
  const { url } = await standIn({ credentials: { ...credentials, sessionToken: 'session' } });
  const send = (sessionToken?: string) => clientOf(url, { ...(sessionToken && { sessionToken }) }).send(create);
  expect(await send('session')).toMatchObject({ UserPool: { Name: 'pool' } });
  expect(await refusal(send('other'))).toEqual(['UnrecognizedClientException', unknown, 400]);
  expect(await refusal(send())).toEqual(['UnrecognizedClientException', unknown, 400]);
});

test('a session token ends by the clock of the stand-in', async () => {
  const session = { ...credentials, sessionToken: 'session', expires: now };
  const { url, mock } = await standIn({ credentials: session, now: () => now - 1 });
  const late = clientOf(url, { sessionToken: 'session' });
  late.config.systemClockOffset = now - Date.now();
  expect(await late.send(create)).toMatchObject({ UserPool: { Name: 'pool' } });
  mock.clock.advance(1);
  expect(await refusal(late.send(create))).toEqual([
    'ExpiredTokenException',
    'The security token included in the request is expired',
    400,
  ]);
});

test.each<[string, Parameters<typeof clientOf>[1], string, string]>([
  ['key', { accessKeyId: 'AKIAOTHER' }, 'UnrecognizedClientException', unknown],
  ['secret', { secretAccessKey: 'wrong' }, 'InvalidSignatureException', mismatch],
  [
    'region',
    { region: 'eu-west-1' },
    'InvalidSignatureException',
    "Credential should be scoped to a valid region, not 'eu-west-1'.",
  ],
])('a wrong %s is refused', async (_, given, name, message) => {
  const { url } = await standIn();
  expect(await refusal(clientOf(url, given).send(create))).toEqual([name, message, 400]);
});

test.each<[minutes: number, string]>([
  [-6, 'Signature expired: 20310131T115400Z is now earlier than 20310131T115500Z (20310131T120000Z - 5 min.)'],
  [6, 'Signature not yet current: 20310131T120600Z is still later than 20310131T120500Z (20310131T120000Z + 5 min.)'],
])('a date %i minutes off is refused', async (minutes, message) => {
  const { url } = await standIn({ now: () => now });
  expect(await answerTo(url, { date: now + minutes * 60_000 })).toEqual({
    __type: 'InvalidSignatureException',
    message,
  });
  expect(await answerTo(url, { date: now + Math.sign(minutes) * 300_000 })).toMatchObject({ UserPool: {} });
});

test.each<[string, (headers: Record<string, string>) => Record<string, string>, string, string]>([
  ['no header', () => ({}), 'MissingAuthenticationTokenException', 'Missing Authentication Token'],
  [
    'a token of a user',
    () => ({ Authorization: 'Bearer e.y.J' }),
    'IncompleteSignatureException',
    "'e.y.J' not a valid key=value pair (missing equal-sign) in Authorization header: 'Bearer e.y.J'.",
  ],
  [
    'an empty signature',
    () => ({ Authorization: 'AWS4-HMAC-SHA256' }),
    'IncompleteSignatureException',
    "Authorization header requires 'Credential' parameter. Authorization header requires 'Signature' parameter. Authorization header requires 'SignedHeaders' parameter. Authorization header requires existence of either a 'X-Amz-Date' or a 'Date' header. Authorization=AWS4-HMAC-SHA256",
  ],
  [
    'another service',
    (headers) => edited(headers, '/cognito-idp/', '/sqs/'),
    'InvalidSignatureException',
    "Credential should be scoped to correct service: 'cognito-idp'.",
  ],
  [
    'another day',
    (headers) => edited(headers, '/20310131/', '/20310130/'),
    'InvalidSignatureException',
    "Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '20310130' != '20310131', from '20310131T120000Z'.",
  ],
  [
    'another end',
    (headers) => edited(headers, '/aws4_request', '/aws5_request'),
    'InvalidSignatureException',
    "Credential should be scoped with a valid terminator: 'aws4_request', not 'aws5_request'.",
  ],
  [
    'a short scope',
    (headers) => edited(headers, '/aws4_request', ''),
    'IncompleteSignatureException',
    `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credentials.accessKeyId}/20310131/us-east-1/cognito-idp'`,
  ],
  [
    'a long scope',
    (headers) => edited(headers, '/aws4_request', '/aws4_request/more'),
    'IncompleteSignatureException',
    `Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got '${credentials.accessKeyId}/20310131/us-east-1/cognito-idp/aws4_request/more'`,
  ],
  [
    'another algorithm',
    (headers) => edited(headers, 'SHA256', 'SHA1'),
    'IncompleteSignatureException',
    "Unsupported AWS 'algorithm': 'AWS4-HMAC-SHA1' (only AWS4-HMAC-SHA256 for now). ",
  ],
  [
    'no host',
    (headers) => edited(headers, 'host;', ''),
    'InvalidSignatureException',
    "'Host' must be a 'SignedHeader' in the AWS Authorization.",
  ],
  [
    'no real date',
    (headers) => ({ ...headers, 'X-Amz-Date': 'today' }),
    'IncompleteSignatureException',
    "Date must be in ISO-8601 'basic format'. Got 'today'. See http://en.wikipedia.org/wiki/ISO_8601",
  ],
])('a signature with %s is refused', async (_, change, __type, message) => {
  const { url } = await standIn({ now: () => now });
  expect(await answerTo(url, { change })).toEqual({ __type, message });
});

test('what users send needs no signature', async () => {
  const { client, url } = await standIn();
  const wrong = ['NotAuthorizedException', 'Invalid Access Token', 400];
  expect(await refusal(client.send(new GetUserCommand({ AccessToken: 'none' })))).toEqual(wrong);
  expect(
    await refusal(clientOf(url, { region: 'eu-west-1' }).send(new GetUserCommand({ AccessToken: 'none' }))),
  ).toEqual(wrong);
});

test('STS says who calls, also where that is denied, and words what is wrong its own way', async () => {
  const policy: Policy = { Statement: [{ Effect: 'Deny', Action: 'sts:*', Resource: '*' }] };
  const { url } = await standIn({ account: '111122223333', policy });
  const ask = async (secretAccessKey: string) => {
    const request = aws4.sign(
      {
        service: 'sts',
        region: 'us-east-1',
        host: new URL(url).host,
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: 'Action=GetCallerIdentity&Version=2011-06-15',
      },
      { ...credentials, secretAccessKey },
    );
    const answer = await fetch(url, {
      method: 'POST',
      headers: request.headers as Record<string, string>,
      body: request.body as string,
    });
    return [answer.status, (await answer.text()).replace(/<RequestId>.*<\/RequestId>/, '')];
  };
  expect(await ask(credentials.secretAccessKey)).toEqual([
    200,
    '<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult><Arn>arn:aws:iam::111122223333:user/cognito-conformance</Arn><UserId>AIDAEXAMPLE</UserId><Account>111122223333</Account></GetCallerIdentityResult><ResponseMetadata></ResponseMetadata></GetCallerIdentityResponse>',
  ]);
  expect(await ask('wrong')).toEqual([
    403,
    `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type>Sender</Type><Code>SignatureDoesNotMatch</Code><Message>${mismatch}</Message></Error></ErrorResponse>`,
  ]);
});

/** What CreateUserPool answers to a request signed at a date, and then changed. */
async function answerTo(
  url: string,
  {
    date = now,
    change = (headers) => headers,
  }: { date?: number; change?: (headers: Record<string, string>) => Record<string, string> },
): Promise<unknown> {
  const plain = {
    'Content-Type': 'application/x-amz-json-1.1',
    'X-Amz-Target': 'AWSCognitoIdentityProviderService.CreateUserPool',
  };
  const body = JSON.stringify({ PoolName: 'pool' });
  const dated = { ...plain, 'X-Amz-Date': new Date(date).toISOString().replace(/\.\d+|[-:]/g, '') };
  const { headers } = aws4.sign(
    {
      service: 'cognito-idp',
      region: 'us-east-1',
      host: new URL(url).host,
      method: 'POST',
      path: '/',
      headers: dated,
      body,
    },
    credentials,
  );
  const sent = { ...change(headers as Record<string, string>), ...plain };
  return (await fetch(url, { method: 'POST', headers: sent, body })).json();
}

function edited(headers: Record<string, string>, from: string, to: string): Record<string, string> {
  return { ...headers, Authorization: String(headers['Authorization']).replace(from, to) };
}
