import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { runCase } from './run-case.ts';
import { json, judged, on, refusal, said, scripted, some, step, type Says } from './scripted.test-data.ts';
import type { Target } from './target.ts';

const { read } = step;
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const forged = some([{ ...read, with: { AccessToken: { $token: 'expired' } }, expect: { error: 'Refused' } }]);
const takes =
  (accepted: boolean): Says =>
  ({ operation, nth }) => {
    if (operation === 'GetUser') return accepted ? json(200, {}) : refusal('NotAuthorizedException');
    return operation === 'Read' && nth > 0 ? refusal('Refused') : undefined;
  };

test('a forged token is sent where another forged one is accepted, which is asked once', async () => {
  const pools: string[] = [];
  const signingKey = async (pool: string): Promise<string> => (pools.push(pool), pem);
  const { session, of } = scripted(takes(true), { signingKey });
  expect([(await runCase(forged, session)).verdict, (await runCase(forged, session)).verdict]).toEqual([
    'pass',
    'pass',
  ]);
  expect([of('GetUser').length, of('GetUser')[0]?.signed, of('Read').length]).toEqual([1, false, 2]);
  expect(pools).toEqual(['pool-1']);
  const other = scripted(takes(false), { signingKey: async () => pem });
  expect(said(await runCase(forged, other.session))).toMatchObject({
    verdict: 'skip',
    cause: 'tokens cannot be forged: the target takes none but those it issued',
  });
  // Only the empty input that asks whether the operation is there.
  expect(other.of('Read').map(({ input }) => input)).toEqual([{}]);
});

test.each<[name: string, says: Says | undefined, more: Partial<Target>, verdict: object]>([
  [
    'opaque',
    on('InitiateAuth', () => json(200, { AuthenticationResult: { AccessToken: 'opaque' } })),
    { signingKey: async () => pem },
    { verdict: 'skip', cause: 'tokens cannot be forged: access tokens are no JWTs' },
  ],
  [
    'of a lost key',
    undefined,
    { signingKey: () => Promise.reject(new Error('no key')) },
    { verdict: 'error', cause: 'the signing key could not be read', reason: 'no key' },
  ],
])('a token %s cannot be forged', async (_, says, more, verdict) => {
  expect(await judged(forged, says, more)).toMatchObject(verdict);
});

test('where no key is known, any serves for a target that takes forged tokens whoever signed them', async () => {
  const { session, of } = scripted(takes(true));
  expect((await runCase(forged, session)).verdict).toBe('pass');
  expect([of('GetUser').length, of('Read').length]).toEqual([1, 1]);
});

test('where no key is known and a foreign one does not serve, no later case makes a user in vain', async () => {
  const { session, of } = scripted(takes(false));
  const unknown = expect.objectContaining({
    verdict: 'skip',
    cause: 'tokens cannot be forged: no key that signs them is known',
  }) as unknown;
  expect([said(await runCase(forged, session)), said(await runCase(forged, session))]).toEqual([unknown, unknown]);
  expect([of('GetUser').length, of('AdminCreateUser').length]).toEqual([1, 1]);
});
