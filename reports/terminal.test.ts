import { expect, test } from 'vitest';
import type { Mismatch, Report, Result } from '../engine/result.ts';
import { columns } from './columns.ts';
import { emulator, findEvidence, mismatch, report, result, run, selfTest, tokenFinding } from './sample.test-data.ts';
import type { ReportContext } from './context.ts';
import { terminal } from './terminal.ts';

const context: ReportContext = { evidence: findEvidence, colour: false, width: 120, strict: false };

test('what needs action comes cause by cause, then a summary', () => {
  expect(terminal([emulator], { ...context, baseline: (target) => `${target}/known-failures.json` })).toBe(
    `moto 5.2.1 at http://127.0.0.1:5000

FAIL  UpdateUserAttributes: 200 instead of NotAuthorizedException  (5 cases)
${tokenFinding}

FAIL  UpdateUserAttributes: a read-only attribute is written  (1 case)
  rule      email_verified cannot be written by its user
            UpdateUserAttributes/email-verified-read-only
  expected  attribute user.email_verified "false"
  came      attribute user.email_verified "true"
  evidence  observed on UpdateUserAttributes, 2023-01: https://github.com/example/app/issues/1

BLOCKED  VerifyUserAttribute: the right code is refused  (1 case)
  rule      a wrong code is refused and the address stays unverified
            VerifyUserAttribute/wrong-code
  why       a control was refused: the right code is not accepted (500)

KNOWN  1 case differs as moto/known-failures.json says
        1  no reason

WARN  GetUser: another message  (1 case)  GetUser/message

NOTE  CreateUserPool answers without UserAttributeUpdateSettings

What was sent and what came: the same command with --case UpdateUserAttributes/alg-none-refused --reporter json
By hand, with aws and curl: npx cognito-conformance explain UpdateUserAttributes/alg-none-refused --script

moto 5.2.1 does not conform: 2 pass, 6 fail, 1 blocked (1 cause), 1 warn, 1 known, skipped 3: 2 DeleteUserAttributes
  is not implemented, 1 codes cannot be read here; 1.2 s
`,
  );
});

test('quiet, what nobody has to act on is left out', () => {
  const text = terminal([emulator], { ...context, detail: 'quiet' });
  expect(text.match(/^[A-Z]{4,}/gm)).toEqual(['FAIL', 'FAIL', 'BLOCKED']);
  const conforms = report([result('GetUser/a'), result('GetUser/b', { verdict: 'warn' })], {
    run: { ...run, notes: ['it lacks a member'], discovered: [{ what: 'a', inferred: 'b', from: 'c' }] },
  });
  expect(terminal([conforms], { ...context, detail: 'quiet' })).toBe('moto 5.2.1 conforms: 1 pass, 1 warn; 1.2 s\n');
});

test('verbose, warnings are told as what fails is, and nothing is only counted', () => {
  const notes = Array.from({ length: 7 }, (_, index) => `note ${index}`);
  const text = terminal([{ ...emulator, run: { ...run, notes } }], { ...context, detail: 'verbose' });
  expect(text).not.toContain('…');
  expect(text.match(/^.*-refused$/gm)?.length).toBe(5);
  expect(text).toContain('NOTE  note 6\n');
  expect(text).toContain(`
WARN  GetUser: another message  (1 case)
  rule      the message of a refusal is exact
            GetUser/message
  expected  message "Invalid Access Token"
  came      message "Invalid token\\n"
`);
});

test('verbose, what differs is told of each case, and once what is the same', () => {
  const cause = 'GetUser: body/Username is other';
  const at = (id: string, actual: string): Result =>
    result(id, {
      verdict: 'fail',
      cause,
      mismatches: [mismatch({ call: 'GetUser', kind: 'body', path: '/Username', expected: 'ann', actual })],
    });
  const differing = report([at('GetUser/a', 'bob'), at('GetUser/b', 'eve'), at('GetUser/c', 'bob')]);
  expect(terminal([differing], { ...context, detail: 'verbose' })).toContain(`
  in        GetUser/a
            GetUser/c
  expected  body /Username "ann"
  came      body /Username "bob"
  in        GetUser/b
  expected  body /Username "ann"
  came      body /Username "eve"
  evidence `);
});

test('a member that is absent is told beside what was expected', () => {
  const absent = mismatch({
    ...{ call: 'GetUser', kind: 'body', path: '/Username', message: 'body/Username is absent' },
    ...{ expected: undefined, actual: undefined },
  });
  const cause = 'GetUser: body/Username is absent';
  const differing = report([result('GetUser/a', { verdict: 'fail', cause, mismatches: [absent] })]);
  expect(terminal([differing], context)).toContain(`
  expected  body /Username present
  came      body /Username absent
`);
});

test('a warning names its case, below where its line is full', () => {
  const warned = result('GetUser/a-rather-long-name', { verdict: 'warn', cause: 'GetUser: a cause of some words' });
  expect(terminal([report([warned])], { ...context, width: 50 })).toContain(`
WARN  GetUser: a cause of some words  (1 case)
      GetUser/a-rather-long-name
`);
});

test('under strict a warning is told in full', () => {
  const warned = report(emulator.results.filter(({ verdict }) => verdict === 'warn'));
  expect(terminal([warned], { ...context, strict: true })).toBe(
    `moto 5.2.1 at http://127.0.0.1:5000

WARN  GetUser: another message  (1 case)
  rule      the message of a refusal is exact
            GetUser/message
  expected  message "Invalid Access Token"
  came      message "Invalid token\\n"
  evidence  observed on GetUser, 2022: https://github.com/example/other/issues/2

What was sent and what came: the same command with --case GetUser/message --reporter json
By hand, with aws and curl: npx cognito-conformance explain GetUser/message --script

moto 5.2.1 does not conform: 1 warn; 1.2 s
`,
  );
});

test('what is known and was never reached is counted apart', () => {
  const known = (slug: string, fingerprint: string): Result =>
    result(`GetUser/${slug}`, { verdict: 'known', reason: 'tracked', fingerprint });
  const blocked = ['1: blocked AdminCreateUser refused', '1: GetUser should message; blocked GetUser refused'];
  const results = blocked.map((fingerprint, index) => known(`${index}`, fingerprint));
  const texts = [results, [...results, known('x', '1: GetUser must error blocked ')]].map((all) =>
    terminal([report(all)], context),
  );
  expect(texts.map((text) => text.trimEnd().split('\n').at(-1))).toEqual([
    'moto 5.2.1 differs only as known: 2 known and never reached; 1.2 s',
    'moto 5.2.1 differs only as known: 1 known, 2 known and never reached; 1.2 s',
  ]);
});

test('a target with known differences alone is not said to conform', () => {
  const known = result('GetUser/shape', { verdict: 'known', reason: 'tracked' });
  expect(terminal([report([result('GetUser/one'), known])], context)).toContain(
    'moto 5.2.1 differs only as known: 1 pass, 1 known; 1.2 s',
  );
});

test('a target that conforms gets its summary alone', () => {
  expect(terminal([report([result('GetUser/a'), result('GetUser/b', { verdict: 'info' })])], context)).toBe(
    'moto 5.2.1 conforms: 1 pass, 1 info; 1.2 s\n',
  );
});

test('a self-test is called one', () => {
  expect(terminal([report([result('GetUser/a')], { target: selfTest })], context)).toBe(
    'mock 0.1.0 (a self-test: proves nothing about Cognito) passes: 1 pass; 1.2 s\n',
  );
});

test('a target that could not be judged is one finding and nothing else', () => {
  const problem = 'no answer from http://127.0.0.1:5000: connection refused';
  expect(terminal([report([result('GetUser/a', { verdict: 'error' })], { run: { ...run, problem } })], context)).toBe(
    `moto 5.2.1 at http://127.0.0.1:5000
PROBLEM  nothing could be judged: no answer from http://127.0.0.1:5000: connection refused
`,
  );
});

test('a run that could not go on tells why first, and then what it found', () => {
  const ended = { ...run, complete: false, problem: 'the credentials have expired' };
  expect(terminal([report([result('GetUser/a')], { run: ended })], context)).toBe(
    `moto 5.2.1 at http://127.0.0.1:5000
PROBLEM  the run could not go on: the credentials have expired

moto 5.2.1 was not judged in full: 1 pass; incomplete after 1.2 s
`,
  );
});

test.each([
  [
    'interrupted',
    [result('GetUser/a')],
    { ...run, complete: false },
    'was not judged in full: 1 pass; incomplete after 1.2 s',
  ],
  ['without results', [], run, 'was not judged: no results; 1.2 s'],
  [
    'with only skipped cases',
    [result('GetUser/a', { verdict: 'skip', reason: 'GetUser is not implemented' })],
    { ...run, durationMs: 125_400 },
    'was not judged: skipped 1: 1 GetUser is not implemented; 2 min 5 s',
  ],
])('a run %s says so', (_what, results, run, words) => {
  expect(terminal([report(results, { run })], context)).toBe(`moto 5.2.1 ${words}\n`);
});

test('a target that was never reached has no address', () => {
  const unreached = report([], { target: { name: 'moto', endpoint: '' }, run: { ...run, problem: 'no moto_server' } });
  expect(terminal([unreached], context)).toBe('moto\nPROBLEM  nothing could be judged: no moto_server\n');
});

test('a difference is a difference also when the run was interrupted', () => {
  const results = [result('GetUser/a', { verdict: 'fail', cause: 'GetUser: no answer', evidence: ['gone'] })];
  expect(terminal([report(results, { run: { ...run, complete: false } })], context)).toBe(
    `moto 5.2.1 at http://127.0.0.1:5000

FAIL  GetUser: no answer  (1 case)
  rule      a rule holds
            GetUser/a
  evidence  gone (not in this suite)

What was sent and what came: the same command with --case GetUser/a --reporter json
By hand, with aws and curl: npx cognito-conformance explain GetUser/a --script

moto 5.2.1 does not conform: 1 fail; incomplete after 1.2 s
`,
  );
});

test('fixed, changed and unjudged cases say why', () => {
  const results = [
    result('GetUser/a', { verdict: 'fixed', reason: 'it passes now', cause: 'the baseline lists what passes' }),
    result('GetUser/b', { verdict: 'fixed', reason: 'it passes now', cause: 'the baseline lists what passes' }),
    result('GetUser/c', {
      verdict: 'changed',
      reason: '500 where the baseline has 200',
      cause: 'GetUser: 500 instead of 400',
      mismatches: [
        mismatch({
          call: 'GetUser',
          kind: 'status',
          message: '500 InternalErrorException (boom) instead of 400',
          expected: 400,
          actual: '500 InternalErrorException',
        }),
      ],
    }),
    result('GetUser/d', { verdict: 'error', reason: 'no answer within 10 s' }),
  ];
  expect(terminal([report(results)], context)).toBe(
    `moto 5.2.1 at http://127.0.0.1:5000

FIXED  the baseline lists what passes  (2 cases)
  rules     a rule holds
            GetUser/a
            a rule holds
            GetUser/b
  why       it passes now

CHANGED  GetUser: 500 instead of 400  (1 case)
  rule      a rule holds
            GetUser/c
  why       500 where the baseline has 200
  expected  400
  came      500 InternalErrorException (boom)
  evidence  observed on GetUser, 2022: https://github.com/example/other/issues/2

ERROR  no answer within 10 s  (1 case)
  rule      a rule holds
            GetUser/d

What was sent and what came: the same command with --case GetUser/a --reporter json
By hand, with aws and curl: npx cognito-conformance explain GetUser/a --script

moto 5.2.1 does not conform: 1 changed, 2 fixed, 1 error; 1.2 s
`,
  );
});

test('a difference without an expected value is told by its message', () => {
  const results = [
    result('GetUser/a', {
      verdict: 'fail',
      cause: 'an answer has another shape',
      mismatches: ['/Username', '/UserAttributes', '/UserAttributes/0', '/UserAttributes/1', '/MFAOptions'].map(
        (path) =>
          mismatch({
            call: 'GetUser',
            kind: 'shape',
            path,
            message: `answer${path} must be string`,
            expected: undefined,
          }),
      ),
    }),
  ];
  expect(terminal([report(results)], context)).toBe(
    `moto 5.2.1 at http://127.0.0.1:5000

FAIL  an answer has another shape  (1 case)
  rule      a rule holds
            GetUser/a
  came      GetUser answer/Username must be string
  came      GetUser answer/UserAttributes must be string
  came      GetUser answer/UserAttributes/0 must be string
            … and 2 more differences
  evidence  observed on GetUser, 2022: https://github.com/example/other/issues/2

What was sent and what came: the same command with --case GetUser/a --reporter json
By hand, with aws and curl: npx cognito-conformance explain GetUser/a --script

moto 5.2.1 does not conform: 1 fail; 1.2 s
`,
  );
});

test('an attribute and another call are told with both sides', () => {
  const results = [
    result('UpdateUserAttributes/a', {
      verdict: 'fail',
      cause: 'an attribute is left over',
      mismatches: [
        mismatch({ kind: 'attributes', path: 'user.nickname', expected: undefined, actual: 'x'.repeat(200) }),
        mismatch({
          kind: 'no-answer',
          message: 'no answer: the connection was closed',
          expected: undefined,
          actual: undefined,
        }),
        mismatch({ message: 'unlike', expected: ['A', 'B'] }),
      ],
    }),
  ];
  expect(terminal([report(results)], context)).toBe(
    `moto 5.2.1 at http://127.0.0.1:5000

FAIL  an attribute is left over  (1 case)
  rule      a rule holds
            UpdateUserAttributes/a
  expected  UpdateUserAttributes attribute user.nickname absent
  came      UpdateUserAttributes attribute user.nickname "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…
  came      UpdateUserAttributes no answer: the connection was closed
  expected  UpdateUserAttributes ["A","B"]
  came      UpdateUserAttributes 200
  evidence  observed on UpdateUserAttributes, 2023-01: https://github.com/example/app/issues/1

What was sent and what came: the same command with --case UpdateUserAttributes/a --reporter json
By hand, with aws and curl: npx cognito-conformance explain UpdateUserAttributes/a --script

moto 5.2.1 does not conform: 1 fail; 1.2 s
`,
  );
});

test('a hostile target cannot reach the terminal, nor leave its width', () => {
  const evil = '\u001b[2J\u001b]0;owned\u0007\r\u202e漢'.repeat(40);
  const results = (['fail', 'blocked', 'warn', 'skip', 'known', 'error'] as const).map((verdict) =>
    result(`GetUser/${verdict}${evil}`, {
      verdict,
      title: evil,
      reason: evil,
      cause: `${verdict} ${evil}`,
      evidence: [evil],
      mismatches: [
        mismatch({ path: evil, actual: { [evil]: evil } }),
        mismatch({ expected: undefined, message: evil }),
      ],
    }),
  );
  const target = { name: evil, version: evil, endpoint: evil };
  const hostile = [
    report(results, { target, run: { ...run, notes: [evil] } }),
    report([], { target, run: { ...run, problem: evil } }),
  ];
  for (const width of [10, 40, 80, 500]) {
    const text = terminal(hostile, { ...context, width, baseline: () => evil });
    expect(text).not.toMatch(/[^\P{C}\n]/u);
    expect(Math.max(...text.split('\n').map(columns))).toBeLessThanOrEqual(Math.min(120, Math.max(40, width)));
  }
});

test('colour only adds to the text', () => {
  const text = terminal([emulator], { ...context, colour: true });
  expect(text).toContain('\u001b[31mFAIL\u001b[39m  \u001b[1mUpdateUserAttributes');
  expect(text).toContain('moto 5.2.1 \u001b[31mdoes not conform\u001b[39m: 2 pass');
  expect(text.replace(/\u001b\[\d+m/g, '')).toBe(terminal([emulator], context));
});

test('a problem of several lines stands under its first, each within the width', () => {
  const problem = `first line\n${'word '.repeat(12).trimEnd()}`;
  expect(terminal([report([], { run: { ...run, problem } })], { ...context, width: 40, colour: true })).toBe(
    `\u001b[1mmoto 5.2.1 at http://127.0.0.1:5000\u001b[22m
\u001b[35mPROBLEM\u001b[39m  nothing could be judged: first
         line
         word word word word word word
         word word word word word word
`,
  );
});

test('of many notes and reasons the first are told and the others counted', () => {
  const known = Array.from({ length: 10 }, (_none, index) =>
    Array.from({ length: index === 4 ? 2 : 1 }, (_other, at) =>
      result(`GetUser/${index}-${at}`, { verdict: 'known', reason: `reason ${(index * 7) % 10}` }),
    ),
  ).flat();
  const notes = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  expect(terminal([report(known, { run: { ...run, notes } })], context)).toBe(
    `moto 5.2.1 at http://127.0.0.1:5000

KNOWN  11 cases differ as the baseline says
        2  reason 8
        1  reason 0
        1  reason 1
        1  reason 2
        1  reason 3
        1  reason 4
        1  reason 5
        1  reason 6
           … and 2 more reasons

NOTE  a
NOTE  b
NOTE  c
NOTE  d
NOTE  e
      … and 2 more

moto 5.2.1 differs only as known: 11 known; 1.2 s
`,
  );
});

test('just as many notes and reasons as are told leave no others', () => {
  const known = Array.from({ length: 8 }, (_none, index) =>
    result(`GetUser/${index}`, { verdict: 'known', reason: `reason ${index}` }),
  );
  const text = terminal([report(known, { run: { ...run, notes: ['a', 'b', 'c', 'd', 'e'] } })], context);
  expect([text.includes('reason 7'), text.includes('NOTE  e'), text.includes('more')]).toEqual([true, true, false]);
});

test('a check over every answer has no exchange to look at', () => {
  const [over, own] = [mismatch({ step: -1, call: 'every answer' }), mismatch()];
  const failed = (id: string, mismatches: Mismatch[]) => result(id, { verdict: 'fail', cause: id, mismatches });
  expect(terminal([report([failed('wire/over', [over])])], context)).not.toContain('What was sent');
  expect(terminal([report([failed('wire/over', [over]), failed('wire/own', [own])])], context)).toContain(
    'the same command with --case wire/own --reporter json',
  );
});

test('a cause of several verdicts counts each, and a heading that is long goes on below', () => {
  const cause = 'an answer that is wrong in more words than fit a line';
  const results = [
    result('GetUser/a', { verdict: 'blocked', cause, reason: 'a control was refused' }),
    result('GetUser/b', {
      verdict: 'fail',
      cause,
      mismatches: [1, 2, 3, 4].map((value) =>
        mismatch({ call: 'UpdateUserAttributes', kind: 'body', path: '/a', expected: value, actual: 0 }),
      ),
    }),
    result('GetUser/c', { verdict: 'blocked', cause }),
  ];
  expect(terminal([report(results)], { ...context, width: 50 })).toBe(
    `moto 5.2.1 at http://127.0.0.1:5000

FAIL  an answer that is wrong in more words than
      fit a line  (2 blocked, 1 fail)
  rules     a rule holds
            GetUser/a
            a rule holds
            GetUser/b
            a rule holds
            GetUser/c
  expected  UpdateUserAttributes body /a 1
  came      UpdateUserAttributes body /a 0
  expected  UpdateUserAttributes body /a 2
  came      UpdateUserAttributes body /a 0
  expected  UpdateUserAttributes body /a 3
  came      UpdateUserAttributes body /a 0
            … and 1 more difference
  evidence  observed on UpdateUserAttributes,
            2023-01:
            https://github.com/example/app/issues/1

What was sent and what came: the same command with
--case GetUser/a --reporter json
By hand, with aws and curl:
npx cognito-conformance explain GetUser/a --script

moto 5.2.1 does not conform: 1 fail, 2 blocked
  (1 cause); 1.2 s
`,
  );
});

test('a difference that was not kept says why', () => {
  const results = [result('GetUser/a', { verdict: 'fail', cause: 'GetUser: no answer', reason: 'it was closed' })];
  expect(terminal([report(results)], context)).toContain('  why       it was closed\n');
});

test.each<[name: string, results: Result[], members: Partial<Report>, words: string]>([
  [
    'blocked by two causes',
    ['a', 'b'].map((id) => result(`GetUser/${id}`, { verdict: 'blocked', cause: id })),
    {},
    'does not conform: 2 blocked (2 causes); 1.2 s',
  ],
  [
    'a self-test that differs',
    [result('GetUser/a', { verdict: 'fail' })],
    { target: selfTest },
    '(a self-test: proves nothing about Cognito) does not pass: 1 fail; 1.2 s',
  ],
  ...(['warn', 'info', 'known'] as const).map((verdict): [string, Result[], Partial<Report>, string] => [
    `${verdict}, interrupted`,
    [result('GetUser/a', { verdict })],
    { run: { ...run, complete: false } },
    `was not judged in full: 1 ${verdict}; incomplete after 1.2 s`,
  ]),
])('the summary of a target that is %s', (_name, results, members, words) => {
  expect(terminal([report(results, members)], { ...context, width: 200 })).toContain(words);
});

test('of an endpoint without a manifest the page begins with what was found and what was left out', () => {
  const target = { name: 'some', endpoint: 'http://127.0.0.1:9229' };
  const discovered = [
    { what: 'operations', inferred: '24 of 26', from: 'as answered' },
    { what: 'codes', inferred: 'always 123456', from: 'as answered' },
  ];
  const left = [
    result('RevokeToken/a', { verdict: 'skip', cause: 'RevokeToken is not implemented' }),
    result('GetUser/b', { verdict: 'skip', cause: 'messages cannot be read' }),
  ];
  const [page = '', all = ''] = [[...left, result('GetUser/a')], [result('GetUser/a')]].map((results) =>
    terminal([report(results, { target, run: { ...run, discovered } })], { ...context, width: 80 }),
  );
  expect(page.split('\n').slice(0, 10)).toEqual([
    'some at http://127.0.0.1:9229',
    '',
    'FOUND     operations: 24 of 26',
    '          codes: always 123456',
    'LEFT OUT  2 of 3 cases',
    '          not implemented: RevokeToken (1)',
    '          messages cannot be read (1)',
    '          a manifest can say more ("messages"); draft one:',
    '          npx cognito-conformance init --endpoint http://127.0.0.1:9229',
    '',
  ]);
  expect(all).not.toContain('LEFT OUT');
});

test('two dates of a target are told apart', () => {
  const on = (startedAt: string): Report => report([result('GetUser/a')], { run: { ...run, startedAt } });
  expect(terminal([on('2026-08-01T10:00:00.000Z'), on('2026-08-02T10:00:00.000Z')], context)).toBe(
    'moto 5.2.1 2026-08-01 conforms: 1 pass; 1.2 s\nmoto 5.2.1 2026-08-02 conforms: 1 pass; 1.2 s\n',
  );
});
