import { expect, test } from 'vitest';
import { brief, isAccepted, isRefused, isThrottled, readAnswer } from './answer.ts';

const response = (status: number, body: unknown, headers: [string, string][] = []) => ({
  status,
  headers,
  body: typeof body === 'string' ? body : JSON.stringify(body),
});

test.each<[name: string, body: unknown, headers: [string, string][], error: string | undefined]>([
  ['the body', { __type: 'NotAuthorizedException' }, [], 'NotAuthorizedException'],
  ['after #', { __type: 'com.amazonaws.cognito#NotAuthorizedException' }, [], 'NotAuthorizedException'],
  ['before :', { __type: 'NotAuthorizedException:http://internal/coral/' }, [], 'NotAuthorizedException'],
  ['after # and before :', { __type: 'a#NotAuthorizedException:http://internal/#x' }, [], 'NotAuthorizedException'],
  ['the header', {}, [['X-Amzn-ErrorType', 'NotAuthorizedException:http://internal/']], 'NotAuthorizedException'],
  ['the header of a body that is no JSON', '<html>', [['x-amzn-errortype', 'Bad']], 'Bad'],
  [
    'a header that came twice',
    {},
    [
      ['x-amzn-errortype', 'Bad'],
      ['x-amzn-errortype', 'Bad'],
    ],
    'Bad',
  ],
  ['the body before the header', { __type: 'Body' }, [['x-amzn-errortype', 'Header']], 'Body'],
  ['a type that is no text', { __type: 7 }, [['x-amzn-errortype', 'Header']], 'Header'],
  ['an empty type', { __type: '' }, [], undefined],
  ['nothing but #', { __type: 'a#' }, [], undefined],
  ['a list', ['Bad'], [], undefined],
  ['no body', '', [], undefined],
])('the type comes from %s', (_, body, headers, error) => {
  expect(readAnswer(response(400, body, headers)).error).toBe(error);
});

test.each([200, 201, 204, 299])('a %i has no type, whatever it says', (status) => {
  const answer = readAnswer(response(status, { __type: 'Bad', message: 'no' }, [['x-amzn-errortype', 'Bad']]));
  expect([answer.error, answer.message]).toEqual([undefined, undefined]);
  expect(answer.body).toEqual({ __type: 'Bad', message: 'no' });
});

test.each([302, 400, 404, 500, 503])('a %i has one', (status) => {
  expect(readAnswer(response(status, { __type: 'Bad' })).error).toBe('Bad');
});

test.each<[body: unknown, message: string | undefined]>([
  [{ message: 'small' }, 'small'],
  [{ Message: 'big' }, 'big'],
  [{ message: 'small', Message: 'big' }, 'small'],
  [{ message: 7 }, undefined],
  [{ message: '' }, ''],
  ['{"message":', undefined],
])('the message of %j is %j', (body, message) => {
  expect(readAnswer(response(400, body)).message).toBe(message);
});

test('header names become lower case, repeated ones are joined', () => {
  const answer = readAnswer(
    response(200, '', [
      ['Vary', 'a'],
      ['X-Id', '1'],
      ['vary', 'b'],
    ]),
  );
  expect(answer.headers).toEqual({ vary: 'a, b', 'x-id': '1' });
  expect([answer.text, answer.body]).toEqual(['', undefined]);
});

test.each([
  [response(200, '{}'), '200'],
  [response(400, { __type: 'a#Bad' }), '400 Bad'],
  [response(500, '<html>', [['Content-Type', 'text/html']]), '500 text/html'],
  [response(500, '<html>', [['Content-Type', 'text/html; charset=utf-8']]), '500 text/html'],
  [response(503, ''), '503 without a type'],
  [response(200, { __type: 'Bad' }), '200 holding Bad'],
  [response(200, { Output: { __type: 'Bad' }, Version: '1.0' }), '200 holding Bad'],
])('an answer in a few words: %#', (given, words) => {
  expect(brief(readAnswer(given))).toBe(words);
});

test.each<[status: number, body: unknown, accepted: boolean]>([
  [200, {}, true],
  [204, '', true],
  [200, [{ __type: 'Bad' }], true],
  [200, { __type: 7 }, true],
  [200, { Output: {} }, true],
  [200, { __type: 'Bad' }, false],
  [200, { Output: { __type: 'Bad' } }, false],
  [200, { Output: 'Bad' }, true],
  [199, {}, false],
  [299, {}, true],
  [300, {}, false],
  [400, {}, false],
])('a %i of %j is accepted: %s', (status, body, accepted) => {
  expect(isAccepted(readAnswer(response(status, body)))).toBe(accepted);
});

test.each([
  [399, false],
  [400, true],
  [499, true],
  [500, false],
])('a %i refuses: %s', (status, expected) => {
  expect(isRefused({ status })).toBe(expected);
});

test.each<[status: number, error: string | undefined, expected: boolean]>([
  [429, undefined, true],
  [400, 'TooManyRequestsException', true],
  [400, 'LimitExceededException', false],
])('a %i of %s throttles: %s', (status, error, expected) => {
  expect(isThrottled({ status, error })).toBe(expected);
});

test('a header may be called as what every object has', () => {
  const { headers } = readAnswer({
    status: 200,
    headers: [
      ['Constructor', 'a'],
      ['__proto__', 'b'],
      ['constructor', 'c'],
    ],
    body: '',
  });
  expect(JSON.stringify(headers)).toBe('{"constructor":"a, c","__proto__":"b"}');
});
