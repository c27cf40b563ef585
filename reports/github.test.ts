import { expect, test } from 'vitest';
import type { Verdict } from '../engine/result.ts';
import type { ReportContext } from './context.ts';
import { github } from './github.ts';
import { emulator, findEvidence, report, result, run, selfTest, tokenFinding } from './sample.test-data.ts';

const context: ReportContext = {
  evidence: findEvidence,
  colour: true,
  width: 40,
  strict: false,
  place: ({ id }) => (id.startsWith('Verify') ? undefined : { file: 'specs/a,b.json', line: 7, column: 5 }),
};

test('every cause is told once, at its first case, the rest of its cases beside', () => {
  const token = '200 instead of NotAuthorizedException';
  expect(github([emulator], context).replaceAll('%0A', '\n')).toBe(
    `::error title=moto 5.2.1%3A UpdateUserAttributes%3A ${token},file=specs/a%2Cb.json,line=7,col=5::FAIL  UpdateUserAttributes: ${token}  (5 cases)
${tokenFinding}
::error title=moto 5.2.1%3A UpdateUserAttributes%3A a read-only attribute is written,file=specs/a%2Cb.json,line=7,col=5::FAIL  UpdateUserAttributes: a read-only attribute is written  (1 case)
  rule      email_verified cannot be written by its user
            UpdateUserAttributes/email-verified-read-only
  expected  attribute user.email_verified "false"
  came      attribute user.email_verified "true"
  evidence  observed on UpdateUserAttributes, 2023-01: https://github.com/example/app/issues/1
::error title=moto 5.2.1%3A VerifyUserAttribute%3A the right code is refused::BLOCKED  VerifyUserAttribute: the right code is refused  (1 case)
  rule      a wrong code is refused and the address stays unverified
            VerifyUserAttribute/wrong-code
  why       a control was refused: the right code is not accepted (500)
::warning title=moto 5.2.1%3A GetUser%3A another message,file=specs/a%2Cb.json,line=7,col=5::WARN  GetUser: another message  (1 case)
  rule      the message of a refusal is exact
            GetUser/message
  expected  message "Invalid Access Token"
  came      message "Invalid token\\n"
  evidence  observed on GetUser, 2022: https://github.com/example/other/issues/2
`,
  );
});

test.each<[verdict: Verdict, strict: boolean, kind: string | undefined]>([
  ['fail', false, 'error'],
  ['changed', false, 'error'],
  ['fixed', false, 'error'],
  ['blocked', false, 'error'],
  ['error', false, 'warning'],
  ['warn', false, 'warning'],
  ['warn', true, 'error'],
  ['pass', false, undefined],
  ['info', false, undefined],
  ['skip', false, undefined],
  ['known', false, undefined],
])('%s, strict %s, is told as %s', (verdict, strict, kind) => {
  const text = github([report([result('GetUser/a', { verdict })])], { ...context, strict });
  expect(/^::(\w+) /.exec(text)?.[1]).toBe(kind);
});

test('more than GitHub shows is counted in one notice, the most frequent first', () => {
  const failing = Array.from({ length: 12 }, (_, cause) =>
    Array.from({ length: cause + 1 }, (_none, index) =>
      result(`GetUser/${cause}-${index}`, { verdict: 'fail', cause: `cause ${cause}` }),
    ),
  ).flat();
  const lines = github([report(failing)], context)
    .trimEnd()
    .split('\n');
  const causes = Array.from({ length: 10 }, (_, index) => `::error title=moto 5.2.1%3A cause ${11 - index}`);
  expect(lines.map((line) => line.split(',')[0])).toEqual([
    ...causes,
    '::notice title=2 more causes of 3 cases::GitHub shows 10 of a kind; the job summary names all',
  ]);
});

test('what could not be judged is a warning of its own', () => {
  const dead = report([], { run: { ...run, problem: 'nothing\nlistens' } });
  const broken = report([result('GetUser/a')], { run: { ...run, complete: false }, target: selfTest });
  expect(github([dead, broken], context)).toBe(
    '::warning title=moto 5.2.1 was not judged in full::nothing\\nlistens\n' +
      '::warning title=mock 0.1.0 was not judged in full::the run was interrupted: not every case was judged\n',
  );
});

test('whatever a target says, each line is one of ours', () => {
  const evil = '\n::add-mask::x\r::error::%0A';
  const results = [result('GetUser/a', { verdict: 'fail', cause: evil, title: evil, reason: evil })];
  const text = github([report(results, { target: { name: evil, endpoint: '' } })], context);
  expect(text.match(/[\r\n]/g)).toEqual(['\n']);
  expect(text).toMatch(/^::error title=/);
});
