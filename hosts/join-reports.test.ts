import { expect, test } from 'vitest';
import type { Case } from '../engine/case.ts';
import type { Report, Result, Run } from '../engine/result.ts';
import { header, mismatch, report, result, run } from '../reports/sample.test-data.ts';
import { joinReports, type Part } from './join-reports.ts';

const check = {
  id: 'wire/date',
  title: 'every answer is dated',
  level: 'must',
  evidence: [],
  steps: [],
  over: {},
  expect: { headers: { date: { $is: 'text' } } },
  file: 'specs/wire/every-answer.json',
  pointer: '/cases/0',
} as Case;
const suite = {
  cases: [
    check,
    ...['GetUser/a', 'GetUser/b', 'GetUser/c'].map((id) => ({ ...check, id, over: undefined }) as unknown as Case),
  ],
};

const ABSENT = 'every answer must header date absent';
const OTHER = 'every answer must header date other';
const date = mismatch({ step: -1, call: 'every answer', kind: 'header', path: 'date', message: 'date is absent' });

/** A result with its part in the check; some of its answers differed. */
const of = (id: string, more: Partial<Result> = {}, differing: Record<string, number> = {}): Result =>
  result(id, {
    ...more,
    over: {
      'wire/date': {
        judged: 4,
        differing: Object.fromEntries(
          Object.entries(differing).map(([print, count]) => [print, { count, example: date }]),
        ),
      },
    },
  });
const folded = (more: Partial<Result> = {}): Result => result('wire/date', { level: 'must', ...more });
const part = (file: string, results: Result[], more: Partial<Run> = {}, members: Partial<Report> = {}): Part => ({
  file,
  report: report(results, { run: { ...run, ...more }, ...members }),
});
const joined = (...parts: Part[]): Report[] => joinReports(parts, { suite, strict: false });
const verdicts = ({ results }: Report): Record<string, string> =>
  Object.fromEntries(results.map(({ id, verdict }) => [id, verdict]));

test('shards become one report: every case once, from the first start to the last end', () => {
  const [one, ...none] = joined(
    part('1.json', [of('GetUser/a'), folded()], { shard: '1/2', notes: ['n', 'm'] }),
    part('2.json', [of('GetUser/b', { verdict: 'fail' }), of('GetUser/c'), folded()], {
      shard: '2/2',
      startedAt: '2026-08-01T10:00:10.000Z',
      durationMs: 5000,
      notes: ['n'],
    }),
  );
  expect(none).toEqual([]);
  expect(one && verdicts(one)).toEqual({
    'GetUser/a': 'pass',
    'GetUser/b': 'fail',
    'GetUser/c': 'pass',
    'wire/date': 'pass',
  });
  expect(one?.totals).toMatchObject({ pass: 3, fail: 1 });
  expect(one?.suite.cases).toBe(4);
  expect(one?.run).toEqual({ ...run, durationMs: 15_000, complete: true, notes: ['n', 'm'] });
});

test('what was asked through another client is another report, not a shard', () => {
  const reports = joined(part('1.json', [of('GetUser/a')]), part('2.json', [of('GetUser/a')], { via: 'sdk' }));
  expect(reports.map(({ run: { via } }) => via)).toEqual(['wire', 'sdk']);
});

test('a check over every answer is judged by the answers of all parts', () => {
  const first = part('1.json', [of('GetUser/a'), folded()], { shard: '1/2' });
  const second = part('2.json', [of('GetUser/b', {}, { [ABSENT]: 3 }), folded({ verdict: 'fail' })], { shard: '2/2' });
  const [one] = joined(first, second);
  const judged = one?.results.find(({ id }) => id === 'wire/date');
  expect([judged?.verdict, judged?.reason, judged?.fingerprint]).toEqual([
    'fail',
    'every answer: 3 of 8 answers: date is absent',
    `1: ${ABSENT}`,
  ]);
});

test.each([
  ['in all that is known', [ABSENT, OTHER], 'known'],
  ['in part of it, over all cases', [ABSENT], 'changed'],
  ['in nothing', [], 'fixed'],
])('a check that differs %s is held against the baseline that its parts had', (_, prints, verdict) => {
  const known = { reason: 'we never date', fingerprint: `1: ${ABSENT}; ${OTHER}` };
  const differing = Object.fromEntries(prints.map((print) => [print, 1]));
  const [one] = joined(
    part('1.json', [of('GetUser/a'), folded({ known })]),
    part('2.json', [of('GetUser/b', {}, differing), of('GetUser/c'), folded({ verdict: 'known', known })]),
  );
  expect(one?.results.find(({ id }) => id === 'wire/date')?.verdict).toBe(verdict);
});

test('a check that no part was asked for is not judged', () => {
  const [one] = joined(part('1.json', [of('GetUser/a')]), part('2.json', [of('GetUser/b')]));
  expect(one?.results.map(({ id }) => id)).toEqual(['GetUser/a', 'GetUser/b']);
});

test('each target, and each version of it, is a report of its own', () => {
  const target = { ...header.target, version: '5.3.0' };
  const reports = joined(part('1.json', [of('GetUser/a')]), part('2.json', [of('GetUser/a')], {}, { target }));
  expect(reports.map((one) => [one.target.version, one.results.length, one.run.notes])).toEqual([
    ['5.2.1', 1, undefined],
    ['5.3.0', 1, undefined],
  ]);
});

test.each<[what: string, parts: Part[], notes: string[], complete: boolean]>([
  [
    'a shard that is missing',
    [part('1.json', [of('GetUser/a')], { shard: '1/3' }), part('3.json', [of('GetUser/b')], { shard: '3/3' })],
    ['shard 2/3 is missing'],
    false,
  ],
  [
    'a run that broke off',
    [part('1.json', [of('GetUser/a')]), part('2.json', [of('GetUser/b')], { complete: false })],
    ['2.json is of a run that did not come to its end'],
    false,
  ],
  [
    'a part without a target',
    [part('1.json', [of('GetUser/a')]), part('2.json', [], { problem: 'nothing listens' })],
    ['2.json: nothing could be judged: nothing listens'],
    false,
  ],
  [
    'other cases',
    [
      part('1.json', [of('GetUser/a')]),
      part('2.json', [of('GetUser/b')], {}, { suite: { ...header.suite, version: '0.2.0', hash: 'f00d' } }),
    ],
    [
      '1.json is of cognito-conformance 0.1.0, cases c0ffee: other files are of other cases',
      '2.json is of cognito-conformance 0.2.0, cases f00d: other files are of other cases',
    ],
    true,
  ],
])('%s is said', (_, parts, notes, complete) => {
  const [one] = joined(...parts);
  expect([one?.run.notes, one?.run.complete]).toEqual([notes, complete]);
});

test('the same case twice is two runs, each with its own shards', () => {
  const on = (file: string, id: string, day: string, shard: string): Part =>
    part(file, [of(id, { verdict: file.startsWith('old') ? 'fail' : 'pass' })], {
      id: file,
      shard,
      startedAt: `2026-08-0${day}T10:00:00.000Z`,
    });
  const reports = joined(
    on('new2', 'GetUser/b', '2', '2/2'),
    on('old1', 'GetUser/a', '1', '1/2'),
    on('new1', 'GetUser/a', '2', '1/2'),
    on('old2', 'GetUser/b', '1', '2/2'),
  );
  expect(reports.map((one) => [one.run.startedAt, one.run.complete, verdicts(one)])).toEqual([
    ['2026-08-02T10:00:00.000Z', true, { 'GetUser/b': 'pass', 'GetUser/a': 'pass' }],
    ['2026-08-01T10:00:00.000Z', true, { 'GetUser/a': 'fail', 'GetUser/b': 'fail' }],
  ]);
});

test('a run given twice is wrong use', () => {
  expect(() => joined(part('1.json', [of('GetUser/a')]), part('copy.json', [of('GetUser/a')]))).toThrow(
    '1.json and copy.json are of the same run; give each run once',
  );
});

test('what was found out of an endpoint is kept', () => {
  const found = { what: 'codes', inferred: 'always 123456', from: 'VerifyUserAttribute takes it' };
  const [one] = joined(
    part('1.json', [of('GetUser/a')], { discovered: [found] }),
    part('2.json', [of('GetUser/b')], { discovered: [found] }),
  );
  expect(one?.run.discovered).toEqual([found]);
});

test('where nothing could be judged in any part, the first says why', () => {
  const [one] = joined(part('1.json', [], { problem: 'gone' }), part('2.json', [], { problem: 'away' }));
  expect([one?.run.problem, one?.run.complete]).toEqual(['gone', true]);
});
