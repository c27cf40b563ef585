import { expect, test } from 'vitest';
import type { JsonObject } from '../engine/case.ts';
import { NoAnswer } from '../engine/exchange.ts';
import type { Keeper } from '../engine/kept.ts';
import { loadSuite } from '../engine/load.ts';
import type { Result, Verdict } from '../engine/result.ts';
import { runCases } from '../engine/run-cases.ts';
import { closeSession, openSession } from '../engine/session.ts';
import type { Target } from '../engine/target.ts';
import { about, packageRoot } from '../package.ts';
import type { StartedTarget } from '../targets/start.ts';
import { keepTarget } from './keep-target.ts';
import { manifestOf, openTarget } from './open-target.ts';
import { view } from './verdicts.test-data.ts';

const suite = loadSuite(packageRoot, about);

type Deadly = (operation: string, input: JsonObject) => boolean;

interface Ran {
  results: Map<string, Result>;
  notes: string[];
  starts: number;
}

/** Runs cases on mocks that end at a deadly request, four at a time; another is started in the place of each. */
async function runOn(
  deadly: Deadly,
  areas: string[],
  { startAnother = (): void => {}, kind = 'unreachable' as NoAnswer['kind'] } = {},
): Promise<Ran> {
  const targets: Target[] = [];
  const start = async (): Promise<StartedTarget> => {
    if (targets.length > 0) startAnother();
    const open = await openTarget(await manifestOf({ name: 'mock' }));
    let ended = false;
    const send: Target['send'] = async (request, options) => {
      const [, header = ''] = Object.entries(request.headers).find(([name]) => /^x-amz-target$/i.test(name)) ?? [];
      ended ||= deadly(header.replace(/^.*\./, ''), parsed(request.body));
      // Time for the others to be under way.
      await new Promise((done) => setTimeout(done, 1));
      if (ended) throw new NoAnswer(kind, 'gone');
      return open.target.send(request, options);
    };
    targets.push({ ...open.target, send });
    return { name: 'mock', endpoint: open.target.endpoint, stop: open.close };
  };
  const kept = keepTarget(await start(), start);
  const keeper: Keeper = {
    turn: async (alone) => {
      const { end, start: nth } = await kept.turn(alone);
      return { start: nth, end, target: targets[nth] as Target };
    },
  };
  const session = openSession(targets[0] as Target, suite);
  const results = new Map<string, Result>();
  const cases = suite.cases.filter(({ id }) => areas.some((area) => id.startsWith(area)));
  const onResult = (result: Result): void => {
    expect(results.has(result.id)).toBe(false);
    results.set(result.id, result);
  };
  await runCases(cases, session, { concurrency: 4, keeper, onResult });
  await closeSession(session);
  await kept.stop();
  expect(results.size).toBe(cases.length);
  return { results, notes: [...session.notes].sort(), starts: targets.length };
}

function parsed(body: string | undefined): JsonObject {
  try {
    return JSON.parse(body ?? '{}') as JsonObject;
  } catch {
    return {};
  }
}

const blank: Deadly = (operation, { AccessToken }) => operation === 'GetUser' && AccessToken === 'not a token';

test.each(['unreachable', 'timeout'] as const)(
  'the case that ends the target (%s) fails and is named; all that was under way beside it is judged on the next',
  async (kind) => {
    const { results, notes, starts } = await runOn(blank, ['GetUser/'], { kind });
    const others = [...results.values()].filter(({ verdict }) => verdict !== 'pass');
    expect(others.map(({ id }) => id)).toEqual(['GetUser/malformed-token/space']);
    expect(others.map(view)).toEqual([
      {
        verdict: 'fail',
        cause: 'GetUser: no answer',
        reason: 'GetUser: no answer, nor to anything after it: gone',
        fingerprint: '1: GetUser#1 must no-answer stopped',
      },
    ]);
    expect(notes).toEqual([
      'the target stopped answering and was started again',
      'the target stopped answering at GetUser/malformed-token/space, which ran alone',
    ]);
    // Once to find out who did it, once for the rest.
    expect(starts).toBe(3);
  },
);

test('a case whose fixture ends the target is blocked', async () => {
  const deadly: Deadly = (operation, { AliasAttributes }) =>
    operation === 'CreateUserPool' && AliasAttributes !== undefined;
  const { results } = await runOn(deadly, ['InitiateAuth/', 'GetUser/malformed']);
  const blocked = [...results.values()].filter(({ verdict }) => verdict === 'blocked');
  expect(blocked.length).toBeGreaterThan(0);
  expect([...new Set(blocked.map((result) => JSON.stringify(view(result))))]).toEqual([
    JSON.stringify({
      verdict: 'blocked',
      cause: 'CreateUserPool ends the target',
      reason: 'CreateUserPool ends the target, also where nothing else is under way: gone',
      fingerprint: '1: blocked CreateUserPool no answer',
    }),
  ]);
  expect([...results.values()].filter(({ verdict }) => verdict === 'error')).toEqual([]);
});

test('a target that ends at every case is started 30 times again, and then given up', async () => {
  const { results, starts } = await runOn((operation) => operation === 'AdminGetUser', ['GetUser/', 'DeleteUser']);
  expect(starts).toBe(31);
  const causes = (wanted: Verdict): (string | undefined)[] => {
    const found = [...results.values()].filter(({ verdict }) => verdict === wanted);
    return [...new Set(found.map(({ cause }) => cause))];
  };
  expect(causes('blocked')).toEqual(['AdminGetUser ends the target']);
  expect(causes('error')).toEqual([
    'the target stopped answering: gone; it was started again 30 times, which is enough',
  ]);
});

test('a target that does not start again is given up with the first line of why', async () => {
  const { results, starts, notes } = await runOn(blank, ['GetUser/'], {
    startAnother: () => {
      throw new Error('target mock: "mock" ended with exit code 1 before it answered; it wrote last:\n  no room');
    },
  });
  expect(starts).toBe(1);
  expect(notes.filter((note) => note.includes('started again'))).toEqual([]);
  expect(results.get('GetUser/malformed-token/space')?.cause).toBe(
    'the target stopped answering: gone; target mock: "mock" ended with exit code 1 before it answered',
  );
});

test('a turn alone waits for all others; after one in which the target stopped the next is on another start', async () => {
  const stops: number[] = [];
  let starts = 0;
  const start = async (): Promise<StartedTarget> => {
    const nth = (starts += 1);
    return { name: 'some', endpoint: `http://start-${nth}.invalid`, stop: async () => void stops.push(nth) };
  };
  const kept = keepTarget(await start(), start);
  const begun: string[] = [];
  const [one, two] = [await kept.turn(false), await kept.turn(false)];
  const alone = kept.turn(true).then((turn) => (begun.push('alone'), turn));
  const later = kept.turn(false).then((turn) => (begun.push('later'), turn));
  one.end(true);
  await new Promise((done) => setImmediate(done));
  expect([begun, starts]).toEqual([[], 1]);
  two.end(false);
  const third = await alone;
  expect([begun, stops, third.start, third.started.endpoint]).toEqual([['alone'], [1], 1, 'http://start-2.invalid']);
  third.end(false);
  expect([(await later).start, starts]).toEqual([1, 2]);
});
