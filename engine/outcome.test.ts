import { expect, test } from 'vitest';
import type { Case } from './case.ts';
import type { CaseRun } from './case-run.ts';
import { NoAnswer } from './exchange.ts';
import { Interruption } from './interruption.ts';
import { atFault, interrupted, missingFirst, noticeSilence, outcomeOf } from './outcome.ts';
import type { Grade, Mismatch } from './result.ts';

const mismatch = (more: Partial<Mismatch> = {}): Mismatch => ({
  step: 0,
  call: 'GetUser',
  grade: 'must',
  kind: 'body',
  path: '/Username',
  message: 'body/Username is another value',
  expected: 'a',
  actual: 'b',
  ...more,
});
const someCase = { file: 'specs/GetUser/old.json-tokens.json', pointer: '/cases/0', steps: [] } as unknown as Case;
const outcome = (...mismatches: Mismatch[]) => outcomeOf({ mismatches, test: someCase });

test('nothing that differs is a pass', () => {
  expect(outcome()).toEqual({ verdict: 'pass' });
});

test.each<[grades: Grade[], verdict: string, reason: string]>([
  [['must'], 'fail', 'GetUser: must'],
  [['should'], 'warn', 'GetUser: should'],
  [['may'], 'info', 'GetUser: may'],
  [['may', 'should'], 'warn', 'GetUser: should'],
  [['should', 'may', 'must', 'must', 'must'], 'fail', 'GetUser: must (and 2 more)'],
])('of %j the gravest decides', (grades, verdict, reason) => {
  const found = outcome(...grades.map((grade) => mismatch({ grade, message: grade })));
  expect([found.verdict, found.reason]).toEqual([verdict, reason]);
});

const LONG = 'x'.repeat(79);

test.each<[name: string, more: Partial<Mismatch>, reason: string]>([
  ['one value', {}, 'body/Username is another value: "b" instead of "a"'],
  ['several', { message: 'is none of the allowed values' }, 'is none of the allowed values: "b" instead of "a"'],
  ['another message', { message: 'two values differ' }, 'two values differ'],
  ['a value that came not', { actual: undefined }, 'body/Username is another value'],
  ['a value that is not wanted', { expected: undefined }, 'body/Username is another value'],
  ['what came is long', { actual: LONG }, 'body/Username is another value'],
  ['what was wanted is long', { expected: LONG }, 'body/Username is another value'],
  [
    'as long as it may be',
    { actual: LONG.slice(1), expected: LONG.slice(1) },
    `body/Username is another value: "${LONG.slice(1)}" instead of "${LONG.slice(1)}"`,
  ],
])('the reason holds both values where the message lacks them: %s', (_, more, reason) => {
  expect(outcome(mismatch(more)).reason).toBe(`GetUser: ${reason}`);
});

test.each<[more: Partial<Mismatch>, cause: string]>([
  [{ kind: 'error', expected: 'A or B', actual: '200' }, 'GetUser, old.json-tokens: 200 instead of A or B'],
  [{ kind: 'status', expected: 200, actual: '500' }, 'GetUser, old.json-tokens: 500 instead of 200'],
  [{ kind: 'status', expected: { $is: {} }, actual: 500 }, 'GetUser, old.json-tokens: 500 instead of {"$is":{}}'],
  [{ kind: 'message' }, 'GetUser: another error message'],
  [
    { kind: 'attributes', path: 'user.custom:a.b', message: 'user.custom:a.b is removed: none instead of "x"' },
    'GetUser: custom:a.b is removed',
  ],
  [{ kind: 'attributes', path: 'user.email', message: 'user.email differs' }, 'GetUser: email is other'],
  [{ kind: 'header', path: 'x-tag', actual: undefined }, 'header x-tag is absent'],
  [{ kind: 'header', path: 'x-tag', actual: '' }, 'header x-tag is other'],
  [{ kind: 'messages', path: '/0' }, 'GetUser: other messages than expected'],
  [{ kind: 'events', path: '/0' }, 'GetUser: other events than expected'],
  [{ kind: 'no-answer', path: '' }, 'GetUser: no answer'],
  [{ kind: 'body', path: '/List/3/Name' }, 'GetUser: body/List/-/Name is other'],
  [{ kind: 'shape', path: '' }, 'GetUser: shape is other'],
  [{ kind: 'body', path: '/Name', message: 'body/Name is absent' }, 'GetUser: body/Name is absent'],
])('what %j shares with others holds no value', (more, cause) => {
  expect(outcome(mismatch(more)).cause).toBe(cause);
});

/** A run of calls to a target that lacks some operations, or is gone. */
function runOf(
  calls: string[],
  lacks: string[] = [],
  { answers = true, down }: { answers?: boolean; down?: string } = {},
): { run: CaseRun; asked: string[] } {
  const asked: string[] = [];
  const support = {
    missing: async (operation: string): Promise<boolean> => {
      asked.push(operation);
      if (operation === 'Lost') throw new Error('lost');
      return lacks.includes(operation);
    },
    answers: async () => answers,
  };
  const session = { support, target: {}, suite: { folder: '/nowhere/' }, ...(down !== undefined && { down }) };
  const steps = calls.map((call) => (call === 'raw' ? { request: {} } : { call }));
  const run = { test: { ...someCase, steps }, session, prints: [] } as unknown as CaseRun;
  return { run, asked };
}

test.each<[name: string, error: Interruption, lacks: string[], verdict: string, cause: string, asked: string[]]>([
  ['blocked', new Interruption('blocked', 'refused'), ['B'], 'skip', 'B is not implemented', ['Lost', 'A', 'B']],
  ['skipped', new Interruption('skip', 'no codes'), ['A', 'B'], 'skip', 'A is not implemented', ['Lost', 'A']],
  ['with all there', new Interruption('blocked', 'refused'), [], 'blocked', 'refused', ['Lost', 'A', 'B']],
  ['an error', new Interruption('error', 'throttled'), ['A'], 'error', 'throttled', []],
])('an operation that is not there is told before all else: %s', async (_, error, lacks, verdict, cause, told) => {
  const { run, asked } = runOf(['raw', 'Lost', 'A', 'B'], lacks);
  const found = await missingFirst(error, run);
  expect(found).toMatchObject({ verdict, cause });
  expect(asked).toEqual(told);
});

test('what is no interruption is not asked about', async () => {
  const { run, asked } = runOf(['A'], ['A']);
  const lost = new NoAnswer('closed', 'gone');
  expect([await missingFirst(lost, run), asked]).toEqual([lost, []]);
});

test.each<[name: string, error: Error, more: { answers?: boolean; down?: string }, down: string | undefined]>([
  ['unreachable', new NoAnswer('unreachable', 'gone'), {}, 'the target stopped answering: gone'],
  ['closed, and it answers', new NoAnswer('closed', 'gone'), {}, undefined],
  [
    'closed, and it is silent',
    new NoAnswer('closed', 'gone'),
    { answers: false },
    'the target stopped answering: gone',
  ],
  ['down already', new NoAnswer('unreachable', 'gone'), { down: 'before' }, 'before'],
  ['another error', new Error('gone'), { answers: false }, undefined],
])('after a lost answer later cases are not tried where nothing answers: %s', async (_, error, more, down) => {
  const { run } = runOf([], [], more);
  await noticeSilence(error, run);
  expect(run.session.down).toBe(down);
});

test.each<[error: unknown, outcome: unknown, prints: string[]]>([
  [
    new Interruption('blocked', 'is refused', 'it said no', 'GetUser'),
    { verdict: 'blocked', cause: 'is refused', reason: 'it said no' },
    ['blocked GetUser is refused'],
  ],
  [
    new Interruption('blocked', 'is refused'),
    { verdict: 'blocked', cause: 'is refused', reason: 'is refused' },
    ['blocked fixture is refused'],
  ],
  [new Interruption('skip', 'no codes', 'why', 'GetUser'), { verdict: 'skip', cause: 'no codes', reason: 'why' }, []],
  [new NoAnswer('closed', 'gone'), { verdict: 'error', cause: 'gone', reason: 'gone' }, []],
  [
    new Error('odd'),
    {
      verdict: 'error',
      cause: 'a fault of the suite',
      reason: 'specs/GetUser/old.json-tokens.json at /cases/0/steps/2: odd',
    },
    [],
  ],
  [
    'odd text',
    {
      verdict: 'error',
      cause: 'a fault of the suite',
      reason: 'specs/GetUser/old.json-tokens.json at /cases/0/steps/2: odd text',
    },
    [],
  ],
])('an interruption is told with its cause: %#', (error, expected, prints) => {
  const { run } = runOf([]);
  run.step = 2;
  expect([interrupted(error, run), run.prints]).toEqual([expected, prints]);
});

test('a fault before the first step stands at its case, and a lost answer of a target that is down has that cause', () => {
  const { run } = runOf([], [], { down: 'it is down' });
  expect(interrupted(new Error('odd'), run).reason).toBe('specs/GetUser/old.json-tokens.json at /cases/0: odd');
  expect(interrupted(new NoAnswer('closed', 'gone'), run)).toEqual({
    verdict: 'error',
    cause: 'it is down',
    reason: 'gone',
  });
});

test('several faults are told in one reason', () => {
  const fault = { file: 'a.json', pointer: '', message: 'one' };
  expect(atFault([fault, { ...fault, message: 'two' }]).reason).toBe('a.json: one; a.json: two');
});
