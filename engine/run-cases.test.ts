import { expect, test } from 'vitest';
import type { Case } from './case.ts';
import type { Result } from './result.ts';
import { runCases } from './run-cases.ts';
import { openSession, type Session } from './session.ts';
import type { Suite } from './suite.ts';

const one = (slug: string, more: Partial<Case> = {}): Case => ({
  id: `wire/${slug}`,
  title: 'something is so',
  level: 'must',
  evidence: [],
  steps: [{ request: { method: 'GET' }, expect: { status: 200 } }],
  file: 'specs/wire/some.json',
  pointer: '/cases/0',
  ...more,
});

/** A session whose target says yes a little later; `most` is how many requests were ever under way at once. */
function slow(): { session: Session; most: () => number } {
  let [now, most] = [0, 0];
  const target = {
    name: 'slow',
    endpoint: 'http://slow.invalid',
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'secret' },
    values: {},
    send: async () => {
      most = Math.max(most, (now += 1));
      await new Promise((done) => setTimeout(done, 5));
      now -= 1;
      return { status: 200, headers: [], body: '{}' };
    },
  };
  const suite = { cases: [], operations: {}, shapes: {}, patterns: {}, tokenKinds: {} } as unknown as Suite;
  return { session: openSession(target, suite), most: () => most };
}

const ids = (results: Result[]): string[] => results.map(({ id }) => id);

test.each([
  [1, 1],
  [2, 2],
  [9, 3],
])('with a concurrency of %i no more than %i of three cases run at once, and each once', async (concurrency, most) => {
  const target = slow();
  const results: Result[] = [];
  const cases = ['a', 'b', 'c'].map((slug) => one(slug));
  await runCases(cases, target.session, { concurrency, onResult: (result) => results.push(result) });
  expect([ids(results).sort(), target.most()]).toEqual([['wire/a', 'wire/b', 'wire/c'], most]);
  expect(results.map(({ verdict }) => verdict)).toEqual(['pass', 'pass', 'pass']);
});

test('a check over every answer is not run by itself', async () => {
  const results: Result[] = [];
  const cases = [one('over', { steps: [], over: {}, expect: { status: 200 } }), one('a')];
  await runCases(cases, slow().session, { concurrency: 1, onResult: (result) => results.push(result) });
  expect(ids(results)).toEqual(['wire/a']);
});

test('once aborted no further case begins', async () => {
  const results: Result[] = [];
  const abort = new AbortController();
  const onResult = (result: Result): void => {
    results.push(result);
    abort.abort();
  };
  await runCases(
    ['a', 'b'].map((slug) => one(slug)),
    slow().session,
    {
      concurrency: 1,
      onResult,
      signal: abort.signal,
    },
  );
  expect(ids(results)).toEqual(['wire/a']);
});
