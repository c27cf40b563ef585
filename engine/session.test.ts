import { expect, test } from 'vitest';
import type { Case } from './case.ts';
import { closeSession, openSession, renewSession } from './session.ts';
import type { Suite } from './suite.ts';
import type { Target } from './target.ts';

const sent: string[] = [];
const target: Target = {
  name: 'some',
  endpoint: 'http://some.invalid',
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'secret-access-key' },
  values: {},
  send: async ({ body }) => {
    sent.push(body ?? '');
    return { status: 200, headers: [], body: '{}' };
  },
};
const over = { id: 'wire/over', steps: [], over: {}, expect: { status: 200 } } as unknown as Case;
const suite = {
  cases: [over, { id: 'wire/a', steps: [] }],
  operations: {},
  shapes: {},
  patterns: {},
} as unknown as Suite;

test('a session begins with its checks over every answer and hides the key of the target', () => {
  const session = openSession(target, suite);
  expect(session.over).toEqual([over]);
  expect(session.redactor.clean('the secret-access-key of it')).toBe('the <secretAccessKey> of it');
});

test('temporary credentials are hidden too, and a key of Amazon by its id', () => {
  const hidden = (accessKeyId: string): string =>
    openSession(
      { ...target, credentials: { accessKeyId, secretAccessKey: 'secret', sessionToken: 'session-token' } },
      suite,
    ).redactor.clean(`${accessKeyId} of session-token`);
  expect(hidden('ASIAIOSFODNN7EXAMPLE')).toBe('<accessKeyId> of <sessionToken>');
  expect(hidden('test')).toBe('test of <sessionToken>');
});

test('unique values have ten digits and are never given twice; two runs hardly share one', () => {
  const [session, other] = [openSession(target, suite), openSession(target, suite)];
  const values = [session.unique(), session.unique(), session.unique()];
  expect(values.map((value) => /^[1-9]\d{9}$/.test(value))).toEqual([true, true, true]);
  expect(Number(values[2]) - Number(values[0])).toBe(2);
  expect(session.id).toMatch(/^cognito-conformance-[0-9a-z]{8}$/);
  expect(other.id).not.toBe(session.id);
  expect(openSession({ ...target, runId: '0abcdef1' }, suite).id).toBe('cognito-conformance-0abcdef1');
});

test('a target without a key has none, and one with a key is asked once for each pool', async () => {
  expect(await openSession(target, suite).ownKey('a')).toBe(undefined);
  const asked: string[] = [];
  const signingKey = async (UserPoolId: string): Promise<string> => `no key ${asked.push(UserPoolId)}`;
  const session = openSession({ ...target, signingKey }, suite);
  for (const pool of ['a', 'b', 'a']) await expect(session.ownKey(pool)).rejects.toThrow();
  expect(asked).toEqual(['a', 'b']);
});

test('a run ends with its pools deleted, and with a word on what was never seen', async () => {
  const session = openSession(target, suite);
  session.pools.set('a', Promise.resolve({ UserPoolId: 'pool-a', usernameAttributes: [] }));
  session.pools.set('b', Promise.reject(new Error('refused')));
  session.pools.set('c', Promise.resolve({ UserPoolId: 'pool-c', usernameAttributes: [] }));
  session.seen.set('messages', false).set('events', true);
  sent.length = 0;
  await closeSession(session);
  expect(sent).toEqual(['{"UserPoolId":"pool-a"}', '{"UserPoolId":"pool-c"}']);
  expect([...session.notes]).toEqual(['no messages were ever seen: does the manifest say right where they are?']);
});

test('on another start of the target nothing is left of what was made and found out on the one before', () => {
  const session = openSession(target, suite);
  const before = { ...session };
  session.pools.set('plain', Promise.resolve({ UserPoolId: 'p', usernameAttributes: [] }));
  session.clients.set('p {}', Promise.resolve({}));
  session.takesForged.answer = Promise.resolve(true);
  session.down = 'the target stopped answering: gone';
  const another = { ...session.target, endpoint: 'http://another.invalid' };
  renewSession(session, { start: 1, target: another });
  expect([session.pools.size, session.clients.size, session.takesForged, session.down]).toEqual([0, 0, {}, undefined]);
  expect([session.start, session.target]).toEqual([1, another]);
  expect(session.support === before.support || session.ownKey === before.ownKey).toBe(false);
  expect([session.id, session.unique, session.notes]).toEqual([before.id, before.unique, before.notes]);
});
