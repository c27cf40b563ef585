import { expect, test } from 'vitest';
import type { Case } from '../engine/case.ts';
import { foldOver, isOverCase, type OverCase } from '../engine/over.ts';
import type { Result } from '../engine/result.ts';
import { runCase } from '../engine/run-case.ts';
import { runCases } from '../engine/run-cases.ts';
import { error, json, lying, on, read, refused, some, view, written, type Lie } from './verdicts.test-data.ts';

const PRINT = '1: every answer should header x-tag absent';
const tag = { 'x-tag': { $is: { type: 'string' } } } as const;

function check(over: OverCase['over'], expected: OverCase['expect'] = { headers: tag }): OverCase {
  return { ...some([], { id: 'wire/tag', level: 'should' }), over, expect: expected };
}

/** Every answer bears the tag, but those that are told otherwise. */
const tagged =
  (untagged: (operation: string) => boolean): Lie =>
  async ({ operation }, truth) => {
    const answer = await truth();
    return untagged(operation) ? answer : { ...answer, headers: [...answer.headers, ['X-Tag', 'a']] };
  };

/** The verdict on a check over all answers to these cases, the results in the given order. */
async function verdict(over: OverCase, lie: Lie, cases: Case[] = [some([written])]): Promise<Result> {
  const { session } = lying(lie);
  session.over = [over];
  const results: Result[] = [];
  await runCases([over, ...cases], session, { concurrency: 1, onResult: (result) => results.push(result) });
  expect(results.map(({ id }) => id)).toEqual(cases.map(({ id }) => id));
  const [folded] = foldOver([over], results);
  const [again] = foldOver([over], results.reverse());
  expect(again).toEqual(folded);
  return folded as Result;
}

test('a check over every answer passes if all answers hold', async () => {
  expect(
    await verdict(
      check({}),
      tagged(() => false),
    ),
  ).toMatchObject({ id: 'wire/tag', verdict: 'pass', mismatches: [] });
});

test('one answer that differs is one finding, with how many there were', async () => {
  const result = await verdict(
    check({}),
    tagged((operation) => operation === 'AdminGetUser'),
  );
  expect(view(result)).toEqual({
    verdict: 'warn',
    cause: 'header x-tag is absent',
    reason: 'every answer: 2 of 9 answers: header x-tag is absent, as in AdminGetUser of UpdateUserAttributes/some',
    fingerprint: PRINT,
  });
});

test('ways to differ are counted by themselves over all cases, and the first case by its id is named', async () => {
  const cases = ['b', 'a', 'c'].map((slug) => some([written], { id: `UpdateUserAttributes/${slug}` }));
  const result = await verdict(
    check({ calls: ['UpdateUserAttributes'] }),
    tagged(() => true),
    cases,
  );
  expect(result.mismatches.map(({ message }) => message)).toEqual([
    '3 of 3 answers: header x-tag is absent, as in UpdateUserAttributes of UpdateUserAttributes/a',
  ]);
});

test.each<[name: string, over: OverCase['over'], verdict: string]>([
  ['accepted answers', { outcome: 'accepted' }, 'pass'],
  ['refused answers', { outcome: 'refused' }, 'warn'],
  ['answers to requests with an Origin', { origin: true }, 'skip'],
  ['answers of an operation that nobody called', { calls: ['RevokeToken'] }, 'skip'],
])('%s alone are judged', async (_name, over, expected) => {
  const lie: Lie = async (_, truth) => {
    const answer = await truth();
    return answer.status === 400 ? answer : { ...answer, headers: [...answer.headers, ['x-tag', 'a']] };
  };
  expect((await verdict(check(over), lie, [some([refused])])).verdict).toBe(expected);
});

test.each<['accepted' | 'refused', verdict: string]>([
  ['accepted', 'pass'],
  ['refused', 'skip'],
])('a crash is not among the %s answers', async (outcome, expected) => {
  const crash = on('GetUser', json(500, { message: 'Internal server error.' }));
  const lie: Lie = async (call, truth, nth) => {
    const answer = (await crash(call, truth, nth)) ?? (await truth());
    return answer.status === 500 ? answer : { ...answer, headers: [...answer.headers, ['x-tag', 'a']] };
  };
  const result = await verdict(check({ outcome }), lie, [some([read], { id: 'GetUser/some' })]);
  expect(result.verdict).toBe(expected);
});

test('raw requests and operations that are not there are not judged', async () => {
  const missing = on('GetUser', error('UnicornException'));
  const lie: Lie = (call, ...rest) =>
    call.operation === 'DescribeConformanceUnicorn' ? error('UnicornException') : missing(call, ...rest);
  const raw = some([
    { request: { method: 'POST', headers: { 'x-amz-target': 'x' }, body: '{}' }, expect: { status: 400 } },
  ]);
  delete raw.given;
  const cases = [some([read], { id: 'GetUser/some' }), raw];
  const result = await verdict(check({ outcome: 'refused' }), lie, cases);
  expect(view(result)).toMatchObject({ verdict: 'skip', cause: 'no answer to judge' });
});

test('status, body and text are compared too, and no secret is in what came', async () => {
  const { session } = lying(on('GetUser', json(200, { AccessToken: 'very-secret-token' })));
  const over = check({ calls: ['GetUser'] }, { body: { AccessToken: { $absent: true } } });
  session.over = [over];
  const result = await runCase(some([read]), session);
  const [folded] = foldOver([over], [result]);
  expect(folded?.fingerprint).toBe('1: every answer should body /AccessToken absent');
  expect(JSON.stringify(folded)).not.toContain('very-secret-token');
});

test('only a case with both words is a check over every answer', () => {
  expect([check({}), some([])].map(isOverCase)).toEqual([true, false]);
});
