import { expect, test } from 'vitest';
import { readAnswer, type Answer } from './answer.ts';
import type { Expectation } from './case.ts';
import { compareAnswer, compareContent, shapeFindings } from './expectation.ts';
import { createMatch } from './match.ts';

const match = createMatch();
const answer = (status: number, body: unknown): Answer =>
  readAnswer({ status, headers: [], body: JSON.stringify(body) });
const refusal = (status: number): Answer => answer(status, { __type: 'Refused' });
const refused = { error: 'Refused' };

test.each<[status: number, expected: Expectation]>([
  [400, refused],
  [403, refused],
  [404, refused],
  [499, refused],
  [400, { error: ['Other', 'Refused'] }],
  [500, { ...refused, status: 500 }],
  [503, { ...refused, status: { $is: { minimum: 500 } } }],
  [302, { ...refused, status: 302 }],
])('an error answered %i holds %j', (status, expected) => {
  expect(compareAnswer(expected, refusal(status), match)).toEqual([]);
  expect(compareContent(expected, refusal(status), match)).toEqual([]);
});

test.each<[status: number, expected: Expectation, kind: string, message: string]>([
  [500, refused, 'error', '500 Refused instead of Refused'],
  [503, refused, 'error', '503 Refused instead of Refused'],
  [302, refused, 'error', '302 Refused instead of Refused'],
  [200, refused, 'error', '200 holding Refused instead of Refused'],
  [400, { error: ['One', 'Two'] }, 'error', '400 Refused instead of One or Two'],
  [500, { error: 'Other', status: 500 }, 'error', '500 Refused instead of Other'],
  [400, { ...refused, status: 500 }, 'status', 'status is another value'],
])('an error answered %i does not hold %j', (status, expected, kind, message) => {
  const found = compareAnswer(expected, refusal(status), match);
  expect(found.map((one) => [one.kind, one.message])).toEqual([[kind, message]]);
});

test.each<[body: unknown, message: string]>([
  [{ __type: 'a#Refused' }, '200 holding a#Refused instead of 200'],
  [{ Output: { __type: 'Refused' }, Version: '1.0' }, '200 holding Refused instead of 200'],
])('a 200 of %j is no success', (body, message) => {
  for (const expected of [{ body: {} }, { status: 200 }]) {
    const found = compareAnswer(expected, answer(200, body), match);
    expect(found.map((one) => [one.kind, one.message])).toEqual([['status', message]]);
  }
});

test('a success is a 200 unless another status is named', () => {
  expect(compareAnswer({ body: {} }, answer(200, {}), match)).toEqual([]);
  expect(compareAnswer({ status: 204 }, answer(204, {}), match)).toEqual([]);
  expect(compareAnswer({ body: {} }, answer(204, {}), match)).toEqual([
    { kind: 'status', path: '', message: '204 instead of 200', expected: 200, actual: '204', keyword: '204' },
  ]);
});

const full: Answer = readAnswer({
  status: 400,
  headers: [['x-tag', 'a']],
  body: JSON.stringify({ __type: 'Refused', message: ' No. ', Name: 'a' }),
});

test.each<[expected: Expectation, findings: unknown[]]>([
  [{ ...refused, message: ' No. ', headers: { 'x-tag': 'a' }, body: { Name: 'a' }, text: full.text }, []],
  [
    { ...refused, message: 'Yes.' },
    [
      {
        kind: 'message',
        path: '',
        message: 'message is another value',
        expected: 'Yes.',
        actual: ' No. ',
        keyword: 'const',
      },
    ],
  ],
  [
    { ...refused, body: { Name: 'b' } },
    [
      {
        kind: 'body',
        path: '/Name',
        message: 'body/Name is another value',
        expected: 'b',
        actual: 'a',
        keyword: 'const',
      },
    ],
  ],
  [
    { ...refused, text: 'x' },
    [{ kind: 'text', path: '', message: 'text is another value', expected: 'x', actual: full.text, keyword: 'const' }],
  ],
  [
    { ...refused, headers: { 'x-tag': 'b' } },
    [
      {
        kind: 'header',
        path: 'x-tag',
        message: 'header x-tag is another value',
        expected: 'b',
        actual: 'a',
        keyword: 'other',
      },
    ],
  ],
  [
    { ...refused, headers: { 'x-none': { $is: { type: 'string' } } } },
    [
      {
        kind: 'header',
        path: 'x-none',
        message: 'header x-none is absent',
        expected: { $is: { type: 'string' } },
        actual: undefined,
        keyword: 'absent',
      },
    ],
  ],
  [
    { ...refused, status: 403 },
    [{ kind: 'status', path: '', message: 'status is another value', expected: 403, actual: 400, keyword: 'const' }],
  ],
])('of %j is told what differs, and where', (expected, findings) => {
  expect(compareAnswer(expected, full, match)).toEqual(findings);
  expect(compareContent(expected, full, match)).toEqual(findings);
});

test('an answer of the wrong kind is told as that alone, but beside an expectation with all that differs', () => {
  const other = { error: 'Other', body: { Name: 'b' } };
  const kinds = (found: { kind: string }[]): string[] => found.map(({ kind }) => kind);
  expect(kinds(compareAnswer(other, full, match))).toEqual(['error']);
  expect(kinds(compareContent(other, full, match))).toEqual(['error', 'body']);
  expect(kinds(compareContent({ body: { Name: 'b' } }, full, match))).toEqual(['body']);
  expect(compareAnswer(other, full, match)[0]).toEqual({
    kind: 'error',
    path: '',
    message: '400 Refused (No.) instead of Other',
    expected: 'Other',
    actual: '400 Refused',
    keyword: '400 Refused',
  });
});

test('an error is not held by an answer without a type', () => {
  expect(compareAnswer(refused, answer(400, {}), match)[0]?.message).toBe('400 without a type instead of Refused');
});

test.each<[status: Expectation['status'], words: string]>([
  [404, '404'],
  [{ $is: { enum: [200, 204] } }, '200 or 204'],
  [{ $is: { minimum: 401, maximum: 499 } }, '401 to 499'],
  [{ $is: { minimum: 401 } }, '{"$is":{"minimum":401}}'],
  [{ $is: { maximum: 399 } }, '{"$is":{"maximum":399}}'],
])('a status that is to be %j is told in words', (status, words) => {
  const found = compareAnswer({ status: status ?? null }, full, match);
  expect(found.map((one) => [one.kind, one.message, one.expected, one.actual])).toEqual([
    ['status', `400 Refused (No.) instead of ${words}`, status, 400],
  ]);
});

test('the shape of an answer is told as such', () => {
  const difference = { path: '/Name', keyword: 'type', message: 'must be string', expected: 'string', actual: 7 };
  expect(shapeFindings([difference])).toEqual([
    { ...difference, kind: 'shape', message: 'answer/Name must be string' },
  ]);
});
