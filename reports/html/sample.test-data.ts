import { createHash } from 'node:crypto';
import { inflateSync } from 'node:zlib';
import type { Report, Result, StepRecord, Verdict } from '../../engine/result.ts';
import { emulator, mismatch, report, result, run } from '../sample.test-data.ts';
import type { Page } from './page.ts';

/** What a page was given to show. */
export function dataOf(html: string): Page {
  const [, data = ''] = /id="results">([^<]*)</.exec(html) ?? [];
  return JSON.parse(inflateSync(Buffer.from(data, 'base64')).toString()) as Page;
}

export function exchange(members: Partial<StepRecord> = {}): StepRecord {
  return {
    call: 'UpdateUserAttributes',
    role: 'step',
    request: {
      method: 'POST',
      url: 'http://127.0.0.1:5000/',
      headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.UpdateUserAttributes' },
      body: '{"AccessToken":"<AccessToken of user>"}',
    },
    response: { status: 200, headers: [['content-type', 'application/x-amz-json-1.1']], body: '{}' },
    durationMs: 1.5,
    ...members,
  };
}

/** The emulator of the sample, with the exchanges of its failures. */
export const traced: Report = {
  ...emulator,
  results: emulator.results.map((one) =>
    one.verdict === 'fail'
      ? { ...one, steps: [exchange({ call: 'AdminCreateUser', role: 'fixture' }), exchange()] }
      : one,
  ),
};

/** The same target on another day, with one case mended and one broken. */
export const later: Report = report(
  traced.results.map((one): Result => {
    if (one.id === 'UpdateUserAttributes/expired-refused')
      return { ...one, verdict: 'pass', mismatches: [], steps: [] };
    if (one.id !== 'GetUser/names-the-user') return one;
    return { ...one, verdict: 'changed', reason: 'it names nobody', cause: 'GetUser: it names nobody' };
  }),
  { run: { ...run, startedAt: '2026-08-02T10:00:00.000Z' } },
);

const EVIL = '</script><img src=x onerror="document.title=`owned`"><style>*{display:none}</style>';

/** A target that says what would run, colour or reorder, wherever it can. */
export const hostile: Report = report(
  [
    result('GetUser/hostile', {
      title: `a rule ${EVIL}`,
      verdict: 'fail',
      reason: `\u001b[31m${EVIL}\u202e`,
      cause: EVIL,
      issue: 'javascript:alert(1)',
      reproduction: `curl '${EVIL}'\necho`,
      evidence: ['unknown <b>'],
      mismatches: [mismatch({ kind: 'body', path: `/${EVIL}`, expected: 'a', actual: EVIL })],
      steps: [exchange({ response: { status: 200, headers: [['x-evil', EVIL]], body: `${EVIL}\u001b[2J` } })],
    }),
  ],
  { target: { name: `evil ${EVIL}`, endpoint: 'http://127.0.0.1:1' } },
);

const order: readonly Verdict[] = ['fail', 'pass', 'warn', 'pass', 'fail', 'info', 'pass', 'skip'];

/** As many targets, each with as many cases, three of five with seven exchanges in which hardly anything repeats. */
export function many(targets: number, cases: number): Report[] {
  return Array.from({ length: targets }, (_, target) =>
    report(
      Array.from({ length: cases }, (_, index) => {
        const verdict = order[(index + target) % order.length] ?? 'pass';
        const area = ['UpdateUserAttributes', 'GetUser', 'VerifyUserAttribute', 'wire'][index % 4];
        const differs = ['fail', 'warn', 'info'].includes(verdict);
        return result(`${area}/case-${index}`, {
          verdict,
          ...(verdict === 'skip' && { reason: 'codes cannot be read here' }),
          ...(differs && {
            reason: `200 instead of NotAuthorizedException ${index}`,
            cause: `${area}: cause ${index % 30}`,
            mismatches: [mismatch()],
            steps: Array.from({ length: 7 }, (_, step) => unlike(`${target} ${index} ${step}`)),
          }),
        });
      }),
      { target: { name: `target-${target}`, version: '1.0.0', endpoint: 'http://127.0.0.1:5000' } },
    ),
  );
}

function unlike(seed: string): StepRecord {
  const word = createHash('sha256').update(seed).digest('hex');
  const { request } = exchange();
  return exchange({
    request: { ...request, body: JSON.stringify({ AccessToken: '<AccessToken of user>', Username: `user-${word}` }) },
    response: {
      status: 200,
      headers: [
        ['content-type', 'application/x-amz-json-1.1'],
        ['x-amzn-requestid', word.slice(0, 32)],
      ],
      body: JSON.stringify({ Username: `user-${word}`, UserAttributes: [{ Name: 'sub', Value: word.slice(8, 40) }] }),
    },
  });
}
