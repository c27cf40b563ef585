import { expect, test } from 'vitest';
import type { Case, Level, Step } from './case.ts';
import { add, fill, isOver, nameOf, type CaseRun } from './case-run.ts';
import type { Finding } from './expectation.ts';
import { Interruption } from './interruption.ts';
import { createRedactor } from './redact.ts';
import { SuiteFault } from './values.ts';

const steps: Step[] = [
  { call: 'Write' },
  { call: 'Read' },
  { request: { method: 'GET' } },
  { call: 'Write' },
  { request: { method: 'GET', path: '/' } },
  { call: 'Write' },
];
const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiI3In0.c2lnbmF0dXJl';

function runOf({ level = 'must' as Level, latestCode = true, scope = {} as object } = {}): CaseRun {
  const suite = {
    tokenKinds: {
      altered: { about: '', signature: 'kept', claims: { jti: '${unique}' } },
      broken: { about: '', signature: 'broken' },
      reissued: { about: '', signature: 'kept' },
    },
  };
  return {
    test: { level, steps } as Case,
    session: { suite, target: { ...(latestCode && { latestCode: async () => undefined }) } },
    fixture: {
      scope: {
        unique: '1234567890',
        user: { AccessToken: token },
        pool: {},
        rival: { AccessToken: 'opaque.a.b' },
        ...scope,
      },
      issued: new Map([['user', { reissued: 'the.issued.one' }]]),
    },
    keys: {},
    codes: new Map([['sent', '123456']]),
    redactor: createRedactor(),
    mismatches: [],
    prints: [],
  } as unknown as CaseRun;
}

const finding = (more: Partial<Finding> = {}): Finding => ({
  kind: 'body',
  path: '/List/3/Name',
  message: 'differs',
  keyword: 'const',
  ...more,
});

test.each([
  [0, 'Write#1'],
  [1, 'Read#1'],
  [3, 'Write#2'],
  [5, 'Write#3'],
  [2, 'GET /#1'],
  [4, 'GET /#2'],
])('step %i is told as %s in a fingerprint, wherever it stands', (index, name) => {
  const run = runOf();
  add([finding(), finding({ path: '', keyword: '' })], 'expect', steps[index] as Step, index, run);
  expect(run.prints).toEqual([`${name} must body /List/-/Name const`, `${name} must body`]);
  expect(run.mismatches[0]).toEqual({
    step: index,
    call: name.replace(/#.*/, ''),
    grade: 'must',
    kind: 'body',
    path: '/List/3/Name',
    message: 'differs',
  });
});

test.each<[level: Level, part: 'expect' | 'should', grade: string, over: boolean]>([
  ['must', 'expect', 'must', true],
  ['must', 'should', 'should', false],
  ['should', 'expect', 'should', true],
  ['should', 'should', 'should', true],
  ['may', 'expect', 'may', true],
  ['may', 'should', 'may', true],
])('in a %s the %s weighs %s, and ends the case: %s', (level, part, grade, over) => {
  const run = runOf({ level });
  add([finding()], part, steps[0] as Step, 0, run);
  expect([run.mismatches[0]?.grade, isOver(run)]).toEqual([grade, over]);
});

test('a raw request has a name too', () => {
  expect([nameOf({ call: 'Read' }), nameOf({ request: { method: 'PUT', path: '/a?b' } })]).toEqual([
    'Read',
    'PUT /a?b',
  ]);
});

test('codes and tokens are filled in', () => {
  const run = runOf();
  expect(fill({ Code: { $code: 'sent' } }, run)).toEqual({ Code: '123456' });
  const made = String(fill({ $token: 'altered', claims: { sub: '8' } }, run));
  expect(JSON.parse(Buffer.from(made.split('.')[1] ?? '', 'base64url').toString())).toEqual({
    sub: '8',
    jti: '1234567890',
  });
  const other = String(fill({ $token: 'broken', of: 'rival' }, run));
  expect(run.redactor.clean([`x ${made.replaceAll('.', '-')}`, other])).toEqual([
    expect.any(String),
    '<broken token of rival>',
  ]);
});

test('a token that the target issued is sent as it is, and forged only with claims of its own', () => {
  expect(fill({ $token: 'reissued' }, runOf())).toBe('the.issued.one');
  const forged = String(fill({ $token: 'reissued', claims: { sub: '8' } }, runOf()));
  expect(JSON.parse(Buffer.from(forged.split('.')[1] ?? '', 'base64url').toString())).toEqual({ sub: '8' });
});

test('where codes cannot be read the case is skipped', () => {
  const ended = (): unknown => fill({ $code: 'sent' }, runOf({ latestCode: false }));
  expect(ended).toThrow(new Interruption('skip', 'codes cannot be read'));
});

test.each<[value: Parameters<typeof fill>[0], fault: Error]>([
  [{ $token: 'none' }, new SuiteFault('no token kind "none"')],
  [{ $token: 'broken', of: 'pool' }, new SuiteFault('no access token of pool')],
  [{ $token: 'broken', of: 'nobody' }, new SuiteFault('no access token of nobody')],
])('%j cannot be made', (value, fault) => {
  expect(() => fill(value, runOf())).toThrow(fault);
});

test('a member that an answer lacks blocks the case', () => {
  const ended = (() => {
    try {
      return fill('${pool.Name}', runOf());
    } catch (error) {
      return error;
    }
  })();
  expect(ended).toMatchObject({
    verdict: 'blocked',
    cause: 'an earlier answer lacks what this case goes on with',
    message: '${pool.Name} is not set',
  });
});
