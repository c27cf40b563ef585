import { expect, test } from 'vitest';
import type { Report, Result, StepRecord } from '../../engine/result.ts';
import { header, report, result } from '../sample.test-data.ts';
import { compare, comparisonCode } from './compare.ts';

let requests = 0;

function exchange(call: string, status: number, body: string, members: Partial<StepRecord> = {}): StepRecord {
  requests += 1;
  return {
    call,
    role: 'step',
    request: { method: 'POST', url: 'http://127.0.0.1:1/', headers: {}, body: '{"UserPoolId":"local_abcdefgh"}' },
    response: { status, headers: [['x-amzn-requestid', String(1e9 + requests)]], body },
    durationMs: 1,
    ...members,
  };
}

function traced(id: string, steps: StepRecord[], members: Partial<Result> = {}): Result {
  return result(id, { steps, ...members });
}

const refused = '{"__type":"NotAuthorizedException"}';
const ok = (call: string, members: Partial<StepRecord> = {}): StepRecord => exchange(call, 200, '{}', members);
const causesOf = (reference: Result[], target: Result[]): string[] =>
  compare(report(reference), report(target)).differences.map(({ cause }) => cause);

test('differences alike are one, the most frequent first, with an example', () => {
  const comparison = compare(
    report([
      traced('GetUser/b', [ok('GetUser'), exchange('GetUser', 400, refused)]),
      traced('GetUser/a', [ok('GetUser')]),
      traced('GetUser/c', [ok('GetUser')]),
    ]),
    report([
      traced('GetUser/c', [ok('GetUser')]),
      traced('GetUser/a', [exchange('GetUser', 400, refused)], { verdict: 'fail', fingerprint: '1: x' }),
      traced('GetUser/b', [exchange('GetUser', 400, refused), exchange('GetUser', 201, refused)]),
    ]),
  );
  expect(comparison).toEqual({
    reference: header.target,
    target: header.target,
    answers: 4,
    cases: 3,
    differences: [
      {
        cause: '400 NotAuthorizedException instead of 200',
        answers: 2,
        cases: ['GetUser/a', 'GetUser/b'],
        example: {
          call: 'GetUser',
          cause: '400 NotAuthorizedException instead of 200',
          expected: '200',
          came: `400 NotAuthorizedException ${refused}`,
        },
      },
      {
        cause: 'status 201 instead of 400, with the same body: the status is rewritten',
        answers: 1,
        cases: ['GetUser/b'],
        example: {
          call: 'GetUser',
          cause: 'status 201 instead of 400, with the same body: the status is rewritten',
          expected: '400 NotAuthorizedException',
          came: `201 ${refused}`,
        },
      },
    ],
    verdicts: [{ was: 'pass', is: 'fail', cases: ['GetUser/a'] }],
    bare: 0,
    uncompared: [],
  });
  expect(comparisonCode(comparison)).toBe(1);
});

test('where nothing was compared, that is no agreement', () => {
  const same = [traced('GetUser/a', [ok('GetUser')])];
  expect(comparisonCode(compare(report(same), report(same)))).toBe(0);
  expect(comparisonCode(compare(report(same), report([])))).toBe(3);
});

test('ids are told by what was sent, also where they look like words', () => {
  const at = (id: string): StepRecord =>
    exchange('GetUser', 200, `{"Pool":"${id}"}`, {
      request: { method: 'POST', url: 'http://127.0.0.1:1/', headers: {}, body: `{"UserPoolId":"${id}"}` },
    });
  expect(
    causesOf([traced('GetUser/a', [at('local_abcdefgh')])], [traced('GetUser/a', [at('local_ijklmnop')])]),
  ).toEqual([]);
  const other = at('local_ijklmnop');
  other.response = { status: 200, headers: [['x-amzn-requestid', '2000000000']], body: '{"Pool":"local_qrstuvwx"}' };
  expect(causesOf([traced('GetUser/a', [at('local_abcdefgh')])], [traced('GetUser/a', [other])])).toEqual([
    'body says something else at /Pool',
  ]);
});

test('a request id that comes again tells of a cache, unless the reference repeats them too', () => {
  const once = ok('GetUser');
  const reference = [traced('GetUser/a', [ok('GetUser')]), traced('GetUser/b', [ok('GetUser')])];
  const target = [traced('GetUser/a', [once]), traced('GetUser/b', [{ ...once }])];
  expect(causesOf(reference, target)).toEqual([
    'an answer comes a second time, with the x-amzn-requestid of an earlier one: the proxy keeps answers (a cache)',
  ]);
  expect(causesOf(target, target)).toEqual([]);
});

test('a case that ended in its fixture is told by what the fixture was refused, in all cases that share it', () => {
  const made = ok('CreateUserPool', { role: 'fixture' });
  const page = exchange('CreateUserPool', 413, '<h1>Too Large</h1>', { role: 'fixture' });
  const blocked: Partial<Result> = { verdict: 'blocked', cause: 'CreateUserPool of a fixture is refused' };
  expect(
    compare(
      report([traced('GetUser/a', [made, ok('GetUser')]), traced('GetUser/b', [ok('GetUser')])]),
      report([traced('GetUser/a', [page], blocked), traced('GetUser/b', [], blocked)]),
    ).differences.map(({ cause, answers, cases }) => [cause, answers, cases]),
  ).toEqual([['413: the body size limit of the proxy', 0, ['GetUser/a', 'GetUser/b']]]);
});

test('a verdict that differs though no answer does is a difference, and one from a baseline is none', () => {
  const fail: Partial<Result> = { verdict: 'fail', fingerprint: '1: x', cause: 'a message is missing' };
  const of = (members: Partial<Result>): Result[] => [traced('GetUser/a', [ok('GetUser')], members)];
  expect(causesOf(of({}), of(fail))).toEqual(['verdict fail instead of pass: a message is missing']);
  expect(causesOf(of(fail), of({ ...fail, verdict: 'known' }))).toEqual([]);
  expect(causesOf(of({}), of({ verdict: 'fixed' }))).toEqual([]);
  expect(causesOf(of(fail), of({ ...fail, fingerprint: '1: y' }))).toEqual([
    'verdict fail for another reason: a message is missing',
  ]);
});

test('a case that one side skips is a difference only where that side was refused something', () => {
  const skip = (cause: string): Result[] => [result('GetUser/a', { verdict: 'skip', cause })];
  const passed = [traced('GetUser/a', [ok('GetUser')])];
  expect(causesOf(passed, skip('codes cannot be read'))).toEqual([]);
  expect(causesOf(passed, skip('GetUser is not implemented'))).toEqual([
    'verdict skip instead of pass: GetUser is not implemented',
  ]);
  expect(causesOf(skip('GetUser is not implemented'), skip('GetUser is not implemented'))).toEqual([]);
});

test('a check over every answer counts only where no case differs', () => {
  const part = { over: { 'cors/any-origin': { judged: 1 } } };
  const folded: Partial<Result> = { verdict: 'fail', fingerprint: '1: o', cause: 'a header is missing' };
  const case_ = (step: StepRecord): Result => traced('GetUser/a', [step], part);
  const reference = [case_(ok('GetUser')), result('cors/any-origin')];
  expect(causesOf(reference, [case_(ok('GetUser')), result('cors/any-origin', folded)])).toEqual([
    'verdict fail instead of pass: a header is missing',
  ]);
  expect(causesOf(reference, [case_(exchange('GetUser', 400, refused)), result('cors/any-origin', folded)])).toEqual([
    '400 NotAuthorizedException instead of 200',
  ]);
});

test('a case that went another way without a verdict of its own is told', () => {
  expect(
    causesOf([traced('GetUser/a', [ok('GetUser')])], [traced('GetUser/a', [ok('GetUser'), ok('AdminGetUser')])]),
  ).toEqual(['other requests were sent, as the case went another way']);
});

test('what one side asked again while it waited counts once', () => {
  const steps = [ok('GetUser'), exchange('UpdateUserAttributes', 200, '{}')];
  expect(causesOf([traced('GetUser/a', steps)], [traced('GetUser/a', [ok('GetUser'), ...steps])])).toEqual([]);
});

test('what was not compared is said', () => {
  const other: Report['suite'] = { ...header.suite, version: '0.2.0', hash: 'f00d' };
  const { uncompared } = compare(
    report([
      traced('GetUser/a', [ok('GetUser')]),
      result('GetUser/b'),
      result('GetUser/c', { verdict: 'skip', cause: 'codes cannot be read' }),
      result('GetUser/d'),
    ]),
    report(
      [
        traced('GetUser/a', [ok('GetUser')]),
        result('GetUser/b'),
        traced('GetUser/c', [ok('GetUser')]),
        result('GetUser/e'),
        result('GetUser/f'),
      ],
      { suite: other },
    ),
  );
  expect(uncompared).toEqual([
    'the cases are not the same: suite 0.1.0 (c0ffee) and 0.2.0 (f00d); run both with one version',
    '1 case only the reference has',
    '2 cases only the other has',
    '1 case skipped: codes cannot be read',
    '1 case by their verdicts alone: the exchanges were not kept; run with --trace',
  ]);
});
