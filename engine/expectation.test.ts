import { expect, test } from 'vitest';
import { readAnswer, type Answer } from './answer.ts';
import type { Expectation } from './case.ts';
import { compareAnswer, compareContent } from './expectation.ts';
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
