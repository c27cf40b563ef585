import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { readAnswer, type Answer } from './answer.ts';
import { TARGET_PREFIX } from './caller.ts';
import { createRedactor } from './redact.ts';
import { createSupport, MADE_UP } from './support.ts';
import type { HttpRequest, HttpResponse, Target } from './target.ts';

const operations = {
  GetUser: { signed: false, writes: 'nothing', errors: ['NotAuthorizedException', 'InvalidParameterException'] },
} as const;

type Says = (operation: string, body: string) => HttpResponse;

const typed = (status: number, __type: string, message = ''): HttpResponse => ({
  status,
  headers: [['content-type', 'application/x-amz-json-1.1']],
  body: JSON.stringify({ __type, message }),
});
const page = (status: number, body: string): HttpResponse => ({
  status,
  headers: [['content-type', 'text/html']],
  body,
});
const kebab = (operation: string): string => operation.replace(/(?<=[a-z])(?=[A-Z])/g, '-').toLowerCase();
/** Two answers never bear the same date. */
let asked = 0;
const crash = page(500, '<h1>Internal Server Error</h1>');

function supportOf(
  says: Says,
  sees: (request: HttpRequest, fresh: boolean | undefined) => void = () => {},
): {
  lacks: (answer: HttpResponse) => Promise<boolean>;
  asked: string[];
  support: ReturnType<typeof createSupport>;
} {
  const asked: string[] = [];
  const target: Target = {
    name: 'some',
    endpoint: 'http://some.invalid',
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    values: {},
    send: async (request, options) => {
      const { headers, body = '' } = request;
      sees(request, options?.fresh);
      const operation = (headers['X-Amz-Target'] ?? headers['x-amz-target'] ?? '').replace(TARGET_PREFIX, '');
      asked.push(operation);
      return says(operation, body);
    },
  };
  const support = createSupport(target, { operations: operations as never }, createRedactor());
  return { support, asked, lacks: (answer) => support.lacks('GetUser', readAnswer(answer)) };
}

test.each<[name: string, says: Says, answer: HttpResponse, asked: string[]]>([
  [
    'a type of its own',
    () => typed(400, 'UnknownOperationException'),
    typed(400, 'UnknownOperationException'),
    [MADE_UP],
  ],
  [
    'a type of its own, with the name in the message',
    () => typed(400, 'UnsupportedOperationException', `${MADE_UP} is not supported`),
    typed(400, 'UnsupportedOperationException', 'GetUser is not supported'),
    [MADE_UP],
  ],
  [
    'a type of its own, whatever the message',
    () => typed(400, 'UnknownOperationException', 'request 1'),
    typed(400, 'UnknownOperationException', 'request 2'),
    [MADE_UP],
  ],
  ['501', () => page(501, ''), page(501, ''), [MADE_UP]],
  ['501, whatever it says to the made-up one', () => crash, page(501, 'not yet'), [MADE_UP]],
  [
    'a type that says so, whatever it says to the made-up one',
    () => crash,
    typed(400, 'CognitoLocal#Unsupported', 'no GetUser'),
    [MADE_UP],
  ],
  [
    'a declared type, with an id in the message',
    (operation) => typed(400, 'InvalidParameterException', `${operation} is unknown (request ${randomUUID()})`),
    typed(400, 'InvalidParameterException', `GetUser is unknown (request ${randomUUID()})`),
    [MADE_UP, 'GetUser'],
  ],
  [
    'a page with a date, and the name in other letters',
    (operation) => page(404, `<p>${new Date(asked++).toUTCString()}: no /${kebab(operation)}</p>`),
    page(404, `<p>${new Date(asked++).toUTCString()}: no /get-user</p>`),
    [MADE_UP, 'GetUser'],
  ],
  [
    '200 and an error of its own',
    () => ({ status: 200, headers: [], body: '{"error":"not supported"}' }),
    { status: 200, headers: [], body: '{"error":"not supported"}' },
    [MADE_UP, 'GetUser'],
  ],
  [
    '200 and nothing',
    () => ({ status: 200, headers: [], body: '{}' }),
    { status: 200, headers: [], body: '{}' },
    [MADE_UP, 'GetUser'],
  ],
  ['the same page for all', () => crash, crash, [MADE_UP, 'GetUser']],
  [
    'a page with the name in it',
    (operation) =>
      page(500, `<p>NotImplementedError: ${operation === MADE_UP ? 'describe_conformance_unicorn' : 'get_user'}</p>`),
    page(500, '<p>NotImplementedError: get_user</p>'),
    [MADE_UP, 'GetUser'],
  ],
  [
    'a declared type that it gives to all',
    () => typed(400, 'InvalidParameterException'),
    typed(400, 'InvalidParameterException'),
    [MADE_UP, 'GetUser'],
  ],
  [
    '200 with the error inside',
    () => ({ status: 200, headers: [], body: '{"Output":{"__type":"x#UnknownOperationException"},"Version":"1.0"}' }),
    { status: 200, headers: [], body: '{"Output":{"__type":"x#UnknownOperationException"},"Version":"1.0"}' },
    [MADE_UP, 'GetUser'],
  ],
])('an operation is not there if it answers as a made-up one: %s', async (_, says, answer, asked) => {
  const support = supportOf(says);
  expect(await support.lacks(answer)).toBe(true);
  expect(support.asked).toEqual(asked);
});

test.each<[name: string, says: Says, answer: HttpResponse]>([
  ['a success', () => crash, { status: 200, headers: [], body: '{}' }],
  ['another type', () => typed(400, 'UnknownOperationException'), typed(400, 'NotAuthorizedException')],
  ['another status', () => typed(400, 'InvalidParameterException'), typed(500, 'InvalidParameterException')],
  ['another page', () => page(501, 'not implemented'), crash],
  [
    'a declared type with a text of its own',
    (operation) => typed(400, 'InvalidParameterException', operation === MADE_UP ? 'No such operation' : 'Bad value'),
    typed(400, 'InvalidParameterException', 'Bad value'),
  ],
  [
    'a declared type with the same text, where an empty input is told another one',
    (operation) => typed(400, 'InvalidParameterException', operation === MADE_UP ? 'Bad' : 'AccessToken is required'),
    typed(400, 'InvalidParameterException', 'Bad'),
  ],
  [
    'a crash, where an empty input is told something else',
    (operation) => (operation === MADE_UP ? crash : typed(400, 'InvalidParameterException', 'AccessToken is required')),
    crash,
  ],
  [
    'a declared type, where an empty input is told another one',
    (operation) => typed(400, operation === MADE_UP ? 'NotAuthorizedException' : 'InvalidParameterException'),
    typed(400, 'NotAuthorizedException'),
  ],
])('an operation is there: %s', async (_, says, answer) => {
  expect(await supportOf(says).lacks(answer)).toBe(false);
});

test('an operation that once succeeded is there for ever, even when it crashes', async () => {
  const { lacks, asked } = supportOf(() => crash);
  expect(await lacks({ status: 200, headers: [], body: '{}' })).toBe(false);
  expect(await lacks(crash)).toBe(false);
  expect(asked).toEqual([MADE_UP]);
});

test('200 and nothing to a made-up operation is success of one that refuses an empty input, for ever', async () => {
  const empty = { status: 200, headers: [], body: '{}' } as HttpResponse;
  const { lacks, asked } = supportOf((operation) => (operation === MADE_UP ? empty : crash));
  expect([await lacks(empty), await lacks(empty)]).toEqual([false, false]);
  expect(asked).toEqual([MADE_UP, 'GetUser']);
});

test('where a server repeats what it was asked, the made-up operation is asked the same', async () => {
  const repeats = (_: string, body: string): HttpResponse => page(500, `cannot do ${body}`);
  const { support, asked } = supportOf(repeats);
  const sent = '{"AccessToken":"abc"}';
  expect(await support.lacks('GetUser', { ...readAnswer(repeats('', sent)), sent })).toBe(true);
  expect(asked).toEqual([MADE_UP, MADE_UP, 'GetUser']);
  expect(await support.lacks('GetUser', { ...readAnswer(page(500, 'cannot')), sent })).toBe(false);
});

test('what a server cannot do with this input is there, also where it says so as of an operation that nobody has', async () => {
  const says = (operation: string, body: string): HttpResponse =>
    typed(
      500,
      'Local#Unsupported',
      operation === MADE_UP ? 'no such operation' : `no flow ${JSON.parse(body).AuthFlow}`,
    );
  const { support } = supportOf(says);
  const sent = '{"AuthFlow":"SRP"}';
  expect(await support.lacks('GetUser', { ...readAnswer(says('GetUser', sent)), sent })).toBe(false);
  expect(await support.missing('GetUser')).toBe(false);

  const sameForAll = supportOf(() => typed(500, 'Local#Unsupported', 'GetUser is not there yet')).support;
  const answer = readAnswer(typed(500, 'Local#Unsupported', 'GetUser is not there yet'));
  expect(await sameForAll.lacks('GetUser', { ...answer, sent })).toBe(true);
});

test('a server that repeats what it was asked, and says itself that it has no such operation, does not have it', async () => {
  const says = (operation: string, body: string): HttpResponse =>
    typed(501, 'NotImplemented', `${operation === MADE_UP ? 'what is' : 'some day'} ${operation} ${body}`);
  const sent = '{"AccessToken":"abc"}';
  const { support } = supportOf(says);
  expect(await support.lacks('GetUser', { ...readAnswer(says('GetUser', sent)), sent })).toBe(true);
});

test('the made-up operation and the probe are asked once', async () => {
  const { lacks, asked, support } = supportOf(() => crash);
  const answers = await Promise.all([lacks(crash), lacks(crash), support.madeUp()]);
  expect([answers[0], answers[1], (answers[2] as Answer).status]).toEqual([true, true, 500]);
  expect(asked).toEqual([MADE_UP, 'GetUser']);
});

test('whether an operation is there can be asked before it is needed', async () => {
  const lacking = supportOf(() => crash);
  expect([await lacking.support.missing('GetUser'), lacking.asked.sort()]).toEqual([true, [MADE_UP, 'GetUser'].sort()]);
  const having = supportOf((operation) => (operation === MADE_UP ? crash : typed(400, 'InvalidParameterException')));
  expect(await having.support.missing('GetUser')).toBe(false);
});

test('a probe that was lost is asked again', async () => {
  let lost = true;
  const { lacks } = supportOf((operation) => {
    if (operation === 'GetUser' && lost) {
      lost = false;
      throw new Error('lost');
    }
    return crash;
  });
  await expect(lacks(crash)).rejects.toThrow('lost');
  expect(await lacks(crash)).toBe(true);
});

test('a target answers if it says anything at all', async () => {
  expect(await supportOf(() => crash).support.answers()).toBe(true);
  const silent = supportOf(() => {
    throw new Error('silent');
  });
  expect(await silent.support.answers()).toBe(false);
});

test('an operation is asked signed, on a fresh connection where only an answer counts, and not at all once it answered', async () => {
  const sent: [operation: string, signed: boolean, fresh: boolean | undefined][] = [];
  const { support } = supportOf(
    () => crash,
    (request, fresh) => {
      const names = Object.keys(request.headers).map((name) => name.toLowerCase());
      sent.push([
        request.headers['X-Amz-Target'] ?? request.headers['x-amz-target'] ?? '',
        names.includes('authorization'),
        fresh,
      ]);
    },
  );
  await support.answers();
  await support.madeUp();
  await support.lacks('GetUser', readAnswer({ status: 200, headers: [], body: '{}' }));
  expect(await support.missing('GetUser')).toBe(false);
  expect(sent).toEqual([
    [`${TARGET_PREFIX}${MADE_UP}`, true, true],
    [`${TARGET_PREFIX}${MADE_UP}`, true, false],
  ]);
});

test('texts without an end are compared in one pass', async () => {
  const endless = page(500, 'a'.repeat(1e5));
  const { support } = supportOf(() => endless);
  const started = performance.now();
  expect(await support.lacks('GetUser', readAnswer(endless))).toBe(true);
  // To begin anew at every letter takes half a minute.
  expect(performance.now() - started).toBeLessThan(5000);
});
