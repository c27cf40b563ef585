import { expect, test } from 'vitest';
import type { Case } from '../engine/case.ts';
import { NoAnswer } from '../engine/exchange.ts';
import { runCase } from '../engine/run-case.ts';
import type { HttpResponse } from '../engine/target.ts';
import { error, judge, lying, read, some, type Lie } from './verdicts.test-data.ts';

const forged = (kind: string): Case =>
  some([
    {
      ...read,
      with: { AccessToken: { $token: kind, claims: { exp: 4102444800 } } },
      expect: { error: 'NotAuthorizedException' },
    },
  ]);
const expired = some([
  { ...read, with: { AccessToken: { $token: 'expired' } }, expect: { error: 'NotAuthorizedException' } },
]);

test.each<[trouble: string, cause: string, answer: () => HttpResponse]>([
  [
    'lost',
    'gone',
    () => {
      throw new NoAnswer('closed', 'gone');
    },
  ],
  ['throttled', 'the target throttles', () => error('TooManyRequestsException')],
])('a control that was %s is asked again by the next case, and then no more', async (_, cause, answer) => {
  const { session, count } = lying(({ operation }, __, nth) =>
    operation === 'GetUser' && nth === 1 ? answer() : undefined,
  );
  const first = await runCase(expired, session);
  expect([first.verdict, first.cause, count('GetUser')]).toEqual(['error', cause, 1]);
  expect([(await runCase(expired, session)).verdict, count('GetUser')]).toEqual(['pass', 3]);
  expect([(await runCase(expired, session)).verdict, count('GetUser')]).toEqual(['pass', 4]);
});

/** Access tokens that say nothing to who reads them. */
const opaque: Lie = async ({ operation }, truth) => {
  if (operation !== 'InitiateAuth') return undefined;
  const answer = await truth();
  const said = JSON.parse(answer.body) as { AuthenticationResult: object };
  const AuthenticationResult = { ...said.AuthenticationResult, AccessToken: 'b64c3f0e9a7d41528e6f' };
  return { ...answer, body: JSON.stringify({ ...said, AuthenticationResult }) };
};

test.each(['expired', 'altered', 'foreign-key', 'alg-none'])('no %s token is made of an opaque one', async (kind) => {
  const { verdict, cause } = await judge(forged(kind), opaque);
  expect([verdict, cause]).toEqual(['skip', 'tokens cannot be forged: access tokens are no JWTs']);
});

test('an opaque token can be tampered with', async () => {
  expect((await judge(forged('tampered'), opaque)).verdict).toBe('pass');
});

test.each<[name: string, signingKey: () => Promise<string>, reason: RegExp]>([
  ['that is not there', () => Promise.reject(new Error('no key there')), /^no key there$/],
  ['that is none', async () => 'no PEM', /DECODER|PEM/i],
])('a signing key %s is an error, and no fault of the suite', async (_, signingKey, reason) => {
  const result = await judge(expired, undefined, { signingKey });
  expect([result.verdict, result.cause]).toEqual(['error', 'the signing key could not be read']);
  expect(result.reason).toMatch(reason);
});
