import { expect, test } from 'vitest';
import type { Level, Step } from '../../engine/case.ts';
import { overSentences, stepSentences } from './step.ts';

test.each<[name: string, step: Step, sentences: string[], level?: Level]>([
  [
    'preparation',
    { call: 'Write', with: { Id: '${pool.UserPoolId}' }, changes: { a: 'b', c: null }, save: 'first' },
    [
      'Write is sent with Id: the id of pool.',
      'It is preparation: refused, the case is blocked.',
      'After it a is "b" and c is gone, and no other attribute of user has changed.',
      'The answer is kept as "first".',
    ],
  ],
  [
    'a success with a body and a header',
    { call: 'Read', sign: true, headers: { origin: 'x' }, expect: { headers: { a: { $is: 'uuid' } }, body: {} } },
    [
      'Read is sent, signed, with an empty input, and the headers origin: "x".',
      'It must be accepted.',
      'The header a must be a uuid.',
      'The body must be an object.',
    ],
  ],
  [
    'a should with several errors and a status',
    { call: 'Read', expect: { error: ['A', '${row.error}'], status: 400 } },
    ['Read is sent with an empty input.', "It should be refused with A or the row's error and the status 400."],
    'should',
  ],
  [
    'a may with a status',
    { call: 'Read', expect: { status: 413, message: { $absent: true } }, eventually: { withinMs: 900 } },
    [
      'Read is sent with an empty input.',
      'It is sent again, for at most 900 ms, until the answer fits.',
      'It is expected to be answered with the status 413.',
      'The message is expected to be absent.',
    ],
    'may',
  ],
  [
    'a raw request, and what should be',
    {
      request: { method: 'POST', headers: { 'x-amz-target': 'X.Read' }, body: '{' },
      expect: { status: 200 },
      should: { error: 'A', status: 400, text: 'x' },
      others: { rival: { a: { $any: true } } },
    },
    [
      'A raw POST / is sent with the headers x-amz-target: "X.Read" and the body "{".',
      'It must be accepted.',
      'The error should be A.',
      'The status should be 400.',
      'The body as it came should be "x".',
      'After it a may be anything, and no other attribute of rival has changed.',
    ],
  ],
  [
    'nothing caused',
    { call: 'Read', expect: {}, messages: [], events: [] },
    [
      'Read is sent with an empty input.',
      'It must be accepted.',
      'It must send nothing.',
      'It must invoke no function.',
    ],
  ],
  [
    'what is caused',
    { call: 'Read', expect: {}, messages: [{ to: 'a@b.c' }], events: [{ triggerSource: 'A_B' }] },
    [
      'Read is sent with an empty input.',
      'It must be accepted.',
      'It must send [{to: "a@b.c"}], and nothing else.',
      'It must invoke functions with the events [{triggerSource: "A_B"}], and no others.',
    ],
  ],
  [
    'a raw request with nothing in it, and many changes',
    {
      request: { method: 'GET', path: '/x' },
      expect: { error: ['A', 'B', 'C'], headers: { a: 'x', b: 'y' } },
      changes: { a: { $is: 'uuid' }, b: ['x'], c: { $any: true } },
    },
    [
      'A raw GET /x is sent with no body.',
      'It must be refused with A, B or C and a status of 4xx.',
      'The header a must be "x".',
      'The header b must be "y".',
      'After it a is a uuid, b is ["x"] and c may be anything, and no other attribute of user has changed.',
    ],
  ],
  [
    'a control of several members, and a text that is expected',
    {
      call: 'Write',
      with: { A: 1, B: 2 },
      headers: { a: 'x', b: 'y' },
      expect: { error: 'A', text: '', body: { a: 1 } },
      should: { headers: { c: 'z' }, body: { b: 2 }, message: 'm', error: ['A', 'B'] },
      control: { A: 3, B: 4 },
    },
    [
      'Write is sent with A: 1; B: 2, and the headers a: "x" and b: "y".',
      'It must be refused with A and a status of 4xx.',
      'The body must be {a: 1}.',
      'The body as it came must be "".',
      'The error should be A or B.',
      'The message should be "m".',
      'The header c should be "z".',
      'The body should be {b: 2}.',
      'Then the same with A: 3 and B: 4 must be accepted, else the refusal says nothing.',
    ],
  ],
  [
    'messages in any order',
    { call: 'Read', messages: { $set: [] }, events: { $any: true } },
    [
      'Read is sent with an empty input.',
      'It is preparation: refused, the case is blocked.',
      'It must send an empty list, and nothing else.',
      'It must invoke functions with the events anything, and no others.',
    ],
  ],
])('%s', (_, step, sentences, level = 'must') => {
  expect(stepSentences(step, level)).toEqual(sentences);
});

test('a check on every answer names the answers first', () => {
  const expect_ = { status: 400, error: 'A', headers: { date: { $any: true } } };
  expect(overSentences({ calls: ['Read', 'Write'], outcome: 'refused', origin: true }, expect_, 'should')).toEqual([
    'Every answer of the run to a call of Read or Write that was refused, sent with an Origin header.',
    'Its error should be A.',
    'Its status should be 400.',
    'The header date should be anything.',
  ]);
  expect(overSentences({}, { body: { $is: 'uuid' } }, 'must')).toEqual([
    'Every answer of the run to a call of any operation.',
    'The body must be a uuid.',
  ]);
});
