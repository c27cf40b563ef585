import { expect, test } from 'vitest';
import type { StepRecord } from '../../engine/result.ts';
import { compareAnswers } from './answers.ts';
import { createIdentity } from './identity.ts';

type Response = NonNullable<StepRecord['response']>;

const json = 'application/x-amz-json-1.1';
const headers: Response['headers'] = [
  ['Content-Type', json],
  ['x-amzn-RequestId', 'a6e1c1a0-0000-4000-8000-000000000001'],
  ['Date', 'Mon, 23 Nov 2026 10:00:00 GMT'],
];
const user: Response = { status: 200, headers, body: '{"Username":"ada-1234567890","Zoë":[1,1763892000.5]}' };
const refusal: Response = { status: 400, headers, body: '{"__type":"NotAuthorizedException","message":"no"}' };
const page = (status: number, text: string): Response => ({
  status,
  headers: [['content-type', 'text/html']],
  body: `<html><h1>${text}</h1></html>`,
});
const withHeader = (name: string, value: string): Response => ({
  ...user,
  headers: [...headers.filter(([each]) => each.toLowerCase() !== name), [name, value]],
});

function causes(one: Response | string, other: Response | string): string[] {
  const exchange = (of: Response | string) =>
    typeof of === 'string' ? { call: 'GetUser', failure: of } : { call: 'GetUser', response: of };
  return compareAnswers(exchange(one), exchange(other), createIdentity()).map(({ cause }) => cause);
}

test.each<[what: string, other: Response]>([
  ['the same', user],
  [
    'other ids and dates',
    {
      status: 200,
      headers: [
        ['date', 'Tue, 24 Nov 2026 01:02:03 GMT'],
        ['x-amzn-requestid', 'b7e1c1a0-0000-4000-8000-000000000002'],
        ['content-type', json],
      ],
      body: '{"Username":"ada-9876543210","Zoë":[1,1763892123]}',
    },
  ],
  [
    'what a hop writes',
    {
      ...user,
      headers: [
        ...headers,
        ['Via', '1.1 proxy'],
        ['Server', 'nginx'],
        ['Connection', 'close'],
        ['Transfer-Encoding', 'chunked'],
        ['Content-Encoding', 'gzip'],
        ['Vary', 'Accept-Encoding'],
      ],
    },
  ],
])('no difference: %s', (_, other) => {
  expect(causes(user, other)).toEqual([]);
});

test.each<[cause: string, other: Response, one?: Response]>([
  ['header x-amzn-requestid is lost', { ...user, headers: headers.filter(([name]) => !name.startsWith('x-')) }],
  ['header x-extra is added', withHeader('x-extra', 'a')],
  ['header age is added: something between keeps answers', withHeader('age', '7')],
  ['header vary is added', withHeader('vary', 'Accept-Encoding, Origin')],
  [
    'header access-control-allow-origin comes more than once: the proxy adds what the upstream says already',
    { ...user, headers: [...headers, ['Access-Control-Allow-Origin', '*'], ['access-control-allow-origin', '*']] },
    withHeader('access-control-allow-origin', '*'),
  ],
  ['the value of header x-case comes in another letter case', withHeader('x-case', 'abc'), withHeader('x-case', 'aBc')],
  ['header x-case says something else', withHeader('x-case', 'abd'), withHeader('x-case', 'abc')],
  ['header content-type: a charset is added (charset=utf-8)', withHeader('content-type', `${json}; charset=utf-8`)],
  [`header content-type is text/plain instead of ${json}`, withHeader('content-type', 'text/plain')],
  ['body has white space added around it', { ...user, body: `${user.body}\n` }],
  ['body is re-encoded: other white space', { ...user, body: user.body.replaceAll(':', ': ') }],
  [
    'body is re-encoded: members in another order',
    { ...user, body: '{"Zoë":[1,1763892000.5],"Username":"ada-1234567890"}' },
  ],
  [
    'body is re-encoded: characters or numbers are written otherwise',
    { ...user, body: user.body.replace('Zoë', 'Zo\\u00eb') },
  ],
  [
    'body is re-encoded: characters or numbers are written otherwise',
    { ...user, body: user.body.replace('[1,', '[1.0,') },
  ],
  ['body is re-encoded: it is no UTF-8 any more', { ...user, body: user.body.replace('ë', '\ufffd') }],
  ['body is cut off', { ...user, body: user.body.slice(0, 20) }],
  ['body is lost', { ...user, body: '' }],
  ['body says something else at /Username', { ...user, body: user.body.replace('ada', 'eva') }],
  ['body says something else at /Zoë/*', { ...user, body: user.body.replace('[1', '[2') }],
  ['body says something else at /Zoë', { ...user, body: user.body.replace('[1', '[1,1') }],
  ['status 201 instead of 200, with the same body: the status is rewritten', { ...user, status: 201 }],
  ['413 text/html: the body size limit of the proxy', page(413, 'Request Entity Too Large')],
  [
    '504 text/html: the time-out of the proxy: it waits shorter than the upstream takes',
    page(504, 'Gateway Time-out'),
    refusal,
  ],
  [
    '400 text/html: an error page of the proxy in the place of the answer (it intercepts errors)',
    page(400, 'Bad Request'),
    refusal,
  ],
  [
    '400 UnknownOperationException: the operation does not arrive: header x-amz-target is lost or renamed on the way, or it is not implemented',
    { ...refusal, body: '{"__type":"UnknownOperationException"}' },
  ],
  ['400 NotAuthorizedException instead of 200', refusal],
])('%s', (cause, other, one = user) => {
  expect(causes(one, other)).toEqual([cause]);
});

test('a count of users made meanwhile moves, in the value and in how it is written', () => {
  const counting = (count: string): Response => ({ ...user, body: `{"UserPool":{"EstimatedNumberOfUsers":${count}}}` });
  expect(causes(counting('68'), counting('7'))).toEqual([]);
  expect(causes(counting('68'), counting('"68"'))).toEqual([
    'body says something else at /UserPool/EstimatedNumberOfUsers',
  ]);
});

test('where no answer comes, the reason tells a time-out from a lost connection', () => {
  expect(causes(user, 'no answer within 8 s')).toEqual(['no answer in time']);
  expect(causes(user, 'the answer broke off half-way')).toEqual(['no answer: the connection is lost']);
  expect(causes('no answer within 8 s', user)).toEqual(['an answer where the reference gives none']);
  expect(causes('no answer within 8 s', 'no answer within 8 s')).toEqual([]);
});

test('a difference shows both sides', () => {
  const [difference] = compareAnswers(
    { call: 'GetUser', response: refusal },
    { call: 'GetUser', response: page(413, 'Too Large') },
    createIdentity(),
  );
  expect(difference).toEqual({
    cause: '413 text/html: the body size limit of the proxy',
    expected: '400 NotAuthorizedException',
    came: '413 text/html Too Large',
  });
});

test('what a challenge draws differs, and stays of its kind', () => {
  const challenge = (SALT: string): Response => ({ ...user, body: JSON.stringify({ ChallengeParameters: { SALT } }) });
  expect(causes(challenge('2b53961a77e6672e29f018fa9ccf6b39'), challenge('22662e7fdec5ae9e2c0865075548e84'))).toEqual(
    [],
  );
  expect(causes(challenge('2b53961a77e6672e29f018fa9ccf6b39'), challenge('K1OWGnfmZy4p8Bj6nM9rOQ=='))).toEqual([
    'body says something else at /ChallengeParameters/SALT',
  ]);
});
