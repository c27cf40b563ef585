import type { Evidence } from '../engine/case.ts';
import type { Mismatch, Report, Result, Run } from '../engine/result.ts';
import { totals } from './totals.ts';

/** Literal results for the tests of this folder. */
export function result(id: string, members: Partial<Result> = {}): Result {
  return {
    id,
    title: 'a rule holds',
    area: id.slice(0, id.indexOf('/')),
    level: 'must',
    verdict: 'pass',
    evidence: ['id-token-refused'],
    file: 'specs/UpdateUserAttributes/tokens.json',
    durationMs: 12,
    mismatches: [],
    steps: [],
    ...members,
  };
}

export function mismatch(members: Partial<Mismatch> = {}): Mismatch {
  return {
    step: 0,
    call: 'UpdateUserAttributes',
    grade: 'must',
    kind: 'error',
    path: '',
    message: '200 instead of NotAuthorizedException',
    expected: 'NotAuthorizedException',
    actual: '200',
    ...members,
  };
}

export const run: Run = {
  id: '7f3a',
  startedAt: '2026-08-01T10:00:00.000Z',
  durationMs: 1234,
  host: 'command',
  via: 'wire',
  node: 'v20.20.2',
  complete: true,
};

export const header: Pick<Report, 'reportVersion' | 'suite' | 'target'> = {
  reportVersion: 1,
  suite: { name: 'cognito-conformance', version: '0.1.0', cases: 64, hash: 'c0ffee' },
  target: { name: 'moto', version: '5.2.1', endpoint: 'http://127.0.0.1:5000' },
};

export const selfTest: Report['target'] = {
  name: 'mock',
  version: '0.1.0',
  endpoint: 'http://cognito.test',
  selfTest: true,
};

export function report(results: Result[], members: Partial<Report> = {}): Report {
  return { ...header, results, totals: totals(results), run, ...members };
}

/** Shaped like the evidence of the suite. */
export const evidence: Evidence[] = [
  {
    id: 'id-token-refused',
    statement: 'An ID token in place of an access token is refused.',
    claims: [
      { on: 'any', tier: 'documented', outcome: 'error', source: 'https://docs.aws.amazon.com/cognito/tokens' },
      {
        on: 'GetUser',
        tier: 'observed',
        outcome: 'error',
        source: 'https://github.com/example/other/issues/2',
        date: '2022',
      },
      {
        on: 'UpdateUserAttributes',
        tier: 'observed',
        outcome: 'error',
        source: 'https://github.com/example/app/issues/1',
        date: '2023-01',
      },
    ],
  },
];

export function findEvidence(id: string): Evidence | undefined {
  return evidence.find((entry) => entry.id === id);
}

/** An emulator as they are: one big cause, some small ones, things it lacks. */
export const emulator: Report = report(
  [
    result('GetUser/answers-the-attributes'),
    result('GetUser/names-the-user'),
    ...['id-token', 'expired', 'altered', 'foreign-key', 'alg-none'].map((token) =>
      result(`UpdateUserAttributes/${token}-refused`, {
        title: `${token} as access token is refused and nothing is written`,
        verdict: 'fail',
        reason: `${token} is accepted: 200 instead of NotAuthorizedException`,
        cause: 'UpdateUserAttributes: 200 instead of NotAuthorizedException',
        fingerprint: `1 UpdateUserAttributes must error ${token}`,
        mismatches: [
          mismatch(),
          mismatch({ grade: 'should', kind: 'message', expected: 'Invalid Access Token', actual: 'Invalid token' }),
        ],
      }),
    ),
    result('UpdateUserAttributes/email-verified-read-only', {
      title: 'email_verified cannot be written by its user',
      verdict: 'fail',
      reason: 'the user wrote email_verified',
      cause: 'UpdateUserAttributes: a read-only attribute is written',
      mismatches: [mismatch({ kind: 'attributes', path: 'user.email_verified', expected: 'false', actual: 'true' })],
    }),
    result('VerifyUserAttribute/wrong-code', {
      title: 'a wrong code is refused and the address stays unverified',
      verdict: 'blocked',
      reason: 'a control was refused: the right code is not accepted (500)',
      cause: 'VerifyUserAttribute: the right code is refused',
    }),
    result('GetUser/message', {
      verdict: 'warn',
      title: 'the message of a refusal is exact',
      reason: 'another message',
      cause: 'GetUser: another message',
      mismatches: [
        mismatch({
          call: 'GetUser',
          grade: 'should',
          kind: 'message',
          expected: 'Invalid Access Token',
          actual: 'Invalid token\n',
        }),
      ],
    }),
    result('GetUser/known', { verdict: 'known' }),
    result('DeleteUserAttributes/a', { verdict: 'skip', reason: 'DeleteUserAttributes is not implemented' }),
    result('DeleteUserAttributes/b', { verdict: 'skip', reason: 'DeleteUserAttributes is not implemented' }),
    result('VerifyUserAttribute/code', { verdict: 'skip', reason: 'codes cannot be read here' }),
  ],
  { run: { ...run, notes: ['CreateUserPool answers without UserAttributeUpdateSettings'] } },
);

/** What is told of the tokens that `emulator` takes, below the heading. */
export const tokenFinding = `  rules     alg-none as access token is refused and nothing is written
            UpdateUserAttributes/alg-none-refused
            altered as access token is refused and nothing is written
            UpdateUserAttributes/altered-refused
            expired as access token is refused and nothing is written
            UpdateUserAttributes/expired-refused
            … and 2 more
  expected  NotAuthorizedException
  came      200
  evidence  observed on UpdateUserAttributes, 2023-01: https://github.com/example/app/issues/1`;
