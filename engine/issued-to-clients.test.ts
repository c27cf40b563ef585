import { generateKeyPairSync } from 'node:crypto';
import { expect, test, vi } from 'vitest';
import type { Case } from './case.ts';
import type { Result } from './result.ts';
import { runCase } from './run-case.ts';
import { runCases } from './run-cases.ts';
import { json, jwt, refusal, said, scripted, some, step, type Call, type Says } from './scripted.test-data.ts';
import type { Target } from './target.ts';

const { read } = step;
const pem = generateKeyPairSync('rsa', { modulusLength: 2048 })
  .privateKey.export({ type: 'pkcs8', format: 'pem' })
  .toString();
const tokenKinds = {
  lesser: { about: '', signature: 'own', claims: { scope: 'openid' }, lacks: { scope: 'admin' } },
  expired: { about: '', signature: 'own', shift: { exp: -9000 } },
} as const;
const issues = {
  lesser: { client: { ClientName: 'lesser' } },
  expired: { client: { AccessTokenValidity: 5 }, after: 330_000 },
};
const START = 1_000_000_000;

const withToken = (kind: string, more: Partial<Case> = {}, claims?: object): Case =>
  some([{ ...read, with: { AccessToken: { $token: kind, ...claims } }, expect: { error: 'Refused' } }], more);

interface Options {
  /** What tokens of a client say, by its settings. */
  claims?: (settings: Record<string, unknown>) => object;
  front?: Says;
  more?: Partial<Target>;
}

/** A target whose clients give tokens as their settings say, on a clock that goes on when it is waited for. */
function issuing({ claims = honest, front = () => undefined, more = {} }: Options = {}) {
  let now = START * 1000;
  const waits: number[] = [];
  const clock = {
    now: () => now,
    wait: async (ms: number, signal?: AbortSignal) => {
      signal?.throwIfAborted();
      waits.push(ms);
      now += ms;
    },
  };
  const clients: Record<string, unknown>[] = [];
  const says: Says = (call, pool) => {
    const { operation, input } = call;
    const first = front(call, pool);
    if (first) return first;
    if (operation === 'CreateUserPoolClient') clients.push(input);
    if (operation === 'Read') return refusal('Refused');
    if (operation === 'GetUser') return json(200, {});
    if (operation !== 'InitiateAuth') return undefined;
    const settings = clients[Number(String(input['ClientId']).replace('client-', '')) - 1] ?? {};
    const { sub } = pool.users.get(nameIn(call)) ?? {};
    const AccessToken = jwt({ sub, iat: now / 1000, ...claims(settings) });
    return json(200, { AuthenticationResult: { AccessToken } });
  };
  const made = scripted(says, { issues, clock, ...more }, { tokenKinds });
  const sent = (): unknown[] => made.of('Read').map(({ input }) => input['AccessToken']);
  return { ...made, waits, clock, sent };
}

const honest = ({ ClientName, AccessTokenValidity = 60 }: Record<string, unknown>): object => ({
  exp: START + Number(AccessTokenValidity) * 60,
  scope: ClientName === 'lesser' ? '' : 'admin',
});
const nameIn = ({ input }: Call): string => (input['AuthParameters'] as Record<string, string>)['USERNAME'] ?? '';

test('a token is issued to a client that is made for it, with what the case asks of clients, and nothing is forged', async () => {
  const { session, of, sent, waits } = issuing();
  const given = { pool: 'plain', user: { team: 'red' }, client: { WriteAttributes: ['team'] } };
  expect((await runCase(withToken('lesser', { given }), session)).verdict).toBe('pass');
  const settings = { ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'], WriteAttributes: ['team'] };
  expect(of('CreateUserPoolClient').map(({ input }) => input)).toEqual([
    { UserPoolId: 'pool-1', ClientName: session.id, ...settings },
    { UserPoolId: 'pool-1', ClientName: 'lesser', ...settings },
  ]);
  expect(sent()).toEqual([jwt({ sub: 'sub-1', iat: START, exp: START + 3600, scope: '' })]);
  expect([of('GetUser'), waits]).toEqual([[], []]);
});

test('one that has to expire is seen to be good, and waited for', async () => {
  const { session, calls, sent, waits } = issuing();
  expect((await runCase(withToken('expired'), session)).verdict).toBe('pass');
  const token = jwt({ sub: 'sub-1', iat: START, exp: START + 300, scope: 'admin' });
  expect(sent()).toEqual([token]);
  expect(waits).toEqual([330_000]);
  const [first] = calls.filter(({ operation }) => operation === 'GetUser');
  expect(first?.input).toEqual({ AccessToken: token });
});

test('the time that it waited is not its own', async () => {
  let passed = 0;
  const spy = vi.spyOn(performance, 'now').mockImplementation(() => passed);
  const clock = { now: () => START * 1000 + passed, wait: async (ms: number) => void (passed += ms) };
  const { durationMs } = await runCase(withToken('expired'), issuing({ more: { clock } }).session);
  spy.mockRestore();
  expect([durationMs, passed]).toEqual([0, 330_000]);
});

const keyless = 'tokens cannot be forged: no key that signs them is known; ';
const notTaken: Says = ({ operation }) => (operation === 'GetUser' ? refusal('Refused', 'Never.') : undefined);

test.each<[name: string, kind: string, options: Options, why: string]>([
  [
    'still holds the scope',
    'lesser',
    {
      claims: () => ({ scope: 'openid admin' }),
      front: notTaken,
    },
    'a token of the client for "lesser" is no such token',
  ],
  [
    'is like every other',
    'lesser',
    {
      claims: () => ({ scope: '' }),
      front: notTaken,
    },
    'every token is such as that of the client for "lesser"',
  ],
  [
    'lives for an hour',
    'expired',
    {
      claims: () => ({ exp: START + 3600 }),
      front: notTaken,
    },
    'a token of the client for "expired" lives 3600 s, and less than 330 s were asked for',
  ],
  [
    'says no times',
    'expired',
    {
      claims: () => ({ iat: undefined }),
      front: notTaken,
    },
    'a token of the client for "expired" says no times, and less than 330 s were asked for',
  ],
  [
    'was never good',
    'expired',
    { front: notTaken },
    'a new token of the client for "expired" is not taken: GetUser answered 400 Refused: Never.',
  ],
  [
    'is not issued to such a client',
    'expired',
    {
      front: ({ operation, input }) =>
        operation === 'GetUser' || input['AccessTokenValidity'] === 5 ? refusal('Refused', 'No five.') : undefined,
    },
    'CreateUserPoolClient answered 400 Refused: No five.',
  ],
])('where the token %s, that is told where it cannot be forged either', async (_, kind, options, why) => {
  const { session, waits } = issuing(options);
  const skip = { verdict: 'skip', cause: keyless + why };
  expect(said(await runCase(withToken(kind), session))).toMatchObject(skip);
  expect(said(await runCase(withToken(kind), session))).toMatchObject(skip);
  expect(waits).toEqual([]);
});

test('where it is not issued and a key is known, it is forged', async () => {
  const { session, of } = issuing({ claims: () => ({ exp: START + 3600 }), more: { signingKey: async () => pem } });
  expect((await runCase(withToken('expired'), session)).verdict).toBe('pass');
  expect((await runCase(withToken('expired'), session)).verdict).toBe('pass');
  expect(of('CreateUserPoolClient')).toHaveLength(2);
});

test('a token that is not past its exp when it has to be is an error of the run', async () => {
  let now = START * 1000;
  const clock = { now: () => now, wait: async (ms: number) => void (now += ms / 2) };
  const { session, sent } = issuing({ more: { clock } });
  const cause = 'a token that was waited for is not past its exp: is the clock of this computer right?';
  expect(said(await runCase(withToken('expired'), session))).toEqual({
    verdict: 'error',
    cause,
    reason: `${cause} exp is ${START + 300}, and it is ${START + 165}`,
    fingerprint: undefined,
  });
  expect(sent()).toEqual([]);
});

test('one with claims of its own is forged', async () => {
  const { session, of, waits } = issuing({ more: { signingKey: async () => pem } });
  expect((await runCase(withToken('expired', {}, { claims: { scope: 'email' } }), session)).verdict).toBe('pass');
  expect([of('CreateUserPoolClient').length, waits]).toEqual([1, []]);
});

const named = (id: string, kind?: string): Case =>
  kind === undefined ? some([{ ...read, expect: { error: 'Refused' } }], { id }) : withToken(kind, { id });

test('cases that wait begin first, take no place meanwhile, and are judged last', async () => {
  const { session, of, waits } = issuing();
  const results: string[] = [];
  const underWay: string[][] = [];
  const cases = [named('Read/a'), named('Read/late', 'expired'), named('Read/b'), named('Read/later', 'expired')];
  await runCases(cases, session, {
    concurrency: 1,
    onResult: ({ id }) => {
      results.push(id);
      underWay.push([...session.inFlight]);
    },
  });
  expect(results).toEqual(['Read/a', 'Read/b', 'Read/late', 'Read/later']);
  expect(underWay).toEqual([[], [], [], []]);
  expect(waits).toEqual([330_000, 0]);
  const users = of('AdminCreateUser').map(({ input }) => String(input['Username']));
  expect(users).toHaveLength(4);
  const owners = of('InitiateAuth').map((call) => users.indexOf(nameIn(call)));
  // Twice for each of the first two: with the client that gives them short tokens, and with that of the case.
  expect(owners).toEqual([0, 0, 1, 1, 2, 3]);
});

test('interrupted while they wait, cases end without a verdict and without waiting, and what was made for them goes', async () => {
  const interruption = new AbortController();
  const wait = (_: number, signal?: AbortSignal): Promise<void> =>
    new Promise((_resolve, reject) => signal?.addEventListener('abort', () => reject(new Error('aborted'))));
  const { session, of, clock, sent } = issuing();
  const target = { ...session.target, clock: { ...clock, wait } };
  Object.assign(session, { target });
  const results: Result[] = [];
  const own = { given: { pool: 'plain', own: true, user: {} } };
  const running = runCases([withToken('expired', own), named('Read/a')], session, {
    concurrency: 2,
    signal: interruption.signal,
    onResult: (result) => {
      results.push(result);
      setImmediate(() => interruption.abort());
    },
  });
  await running;
  expect(results.map(({ id }) => id)).toEqual(['Read/a']);
  expect(of('DeleteUserPool')).toHaveLength(1);
  expect(sent()).toHaveLength(1);
});

test('nothing is waited for on a target that has stopped answering', async () => {
  const { session, waits } = issuing();
  const results: Result[] = [];
  const running = runCases([named('Read/late', 'expired'), named('Read/a')], session, {
    concurrency: 1,
    onResult: (result) => {
      results.push(result);
      session.down ??= 'the target stopped answering';
    },
  });
  await running;
  expect(waits).toEqual([0]);
  expect(results.map(({ id, verdict }) => [id, verdict])).toEqual([
    ['Read/a', 'pass'],
    ['Read/late', 'error'],
  ]);
});
