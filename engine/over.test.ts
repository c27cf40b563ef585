import { expect, test } from 'vitest';
import type { Case } from './case.ts';
import { NoAnswer } from './exchange.ts';
import { foldOver, isOverCase, type OverCase } from './over.ts';
import type { OverPart, Result } from './result.ts';
import { runCase } from './run-case.ts';
import { json, on, refusal, scripted, some, step, type Says } from './scripted.test-data.ts';

const { read, write } = step;
const tag = { $is: { type: 'string' } };
const check = (over: OverCase['over'], more: Partial<OverCase> = {}): OverCase => ({
  ...some([], { id: 'wire/tag', title: 'every answer has a tag', level: 'should', file: 'specs/wire/tags.json' }),
  over,
  expect: { headers: { 'x-tag': tag } },
  ...more,
});
const print = '1: every answer should header x-tag absent';
const difference = 'every answer should header x-tag absent';

/** The part of one case in a check. */
async function part(over: OverCase, test: Case, says?: Says): Promise<OverPart | undefined> {
  const { session } = scripted(says);
  session.over = [over, check({ calls: ['Nothing'] }, { id: 'wire/none' })];
  const { over: parts = {} } = await runCase(test, session);
  expect(parts).not.toHaveProperty('wire/none');
  return parts[over.id];
}

const origin = { ...read, headers: { Origin: 'https://a.example' } };
const raw = { request: { method: 'POST', headers: { 'x-amz-target': 'X.Read' }, body: '{}' }, expect: { status: 200 } };

test.each<[name: string, over: OverCase['over'], test: Case, judged: number | undefined]>([
  ['all that operations of the suite answered', {}, some([read, write]), 6],
  ['those of some operations', { calls: ['Read', 'AdminCreateUser'] }, some([read, write, read]), 3],
  [
    'accepted ones',
    { outcome: 'accepted', calls: ['Read', 'Write'] },
    some([read, read, { ...write, expect: { error: 'Bad' } }]),
    2,
  ],
  [
    'refused ones',
    { outcome: 'refused', calls: ['Read', 'Write'] },
    some([read, read, { ...write, expect: { error: 'Bad' } }]),
    1,
  ],
  ['those to requests with an Origin', { origin: true }, some([read, origin, origin]), 2],
  ['no raw requests', { calls: ['Read'] }, some([raw]), undefined],
  ['none of an operation that was not called', { calls: ['AdminSend'] }, some([read]), undefined],
])('judged are %s', async (_, over, given, judged) => {
  const says: Says = ({ operation, input }) =>
    operation === 'Write' && JSON.stringify(input).includes('blue') && given.steps.at(-1)?.expect?.error
      ? refusal('Bad')
      : undefined;
  expect((await part(check(over), given, says))?.judged).toBe(judged);
});

test('what differs is counted by how, with the first as its example', async () => {
  const tagged = { ...json(200, { Username: 'a' }), headers: [['X-Tag', 'a']] as [string, string][] };
  const says = on('Read', (nth) => (nth === 1 ? undefined : tagged));
  const found = await part(check({ calls: ['Read'] }), some([read, read, read]), says);
  expect(found).toEqual({
    judged: 3,
    differing: {
      [difference]: {
        count: 1,
        example: {
          step: -1,
          call: 'every answer',
          grade: 'should',
          kind: 'header',
          path: 'x-tag',
          message: 'header x-tag is absent, as in Read of Write/some',
          expected: tag,
          actual: undefined,
        },
      },
    },
  });
  const all = await part(check({ calls: ['Read'] }), some([read, read]));
  expect(all?.differing?.[difference]?.count).toBe(2);
});

test('crashes are neither accepted nor refused, and throttled and lost answers none at all', async () => {
  const crash = on('Read', () => json(500, {}));
  expect(await part(check({ outcome: 'refused', calls: ['Read'] }), some([read]), crash)).toBe(undefined);
  expect((await part(check({ calls: ['Read'] }), some([read]), crash))?.judged).toBe(1);
  expect(
    await part(
      check({ calls: ['Read'] }),
      some([read]),
      on('Read', () => json(429, {})),
    ),
  ).toBe(undefined);
  const lost = on('Read', () => {
    throw new NoAnswer('closed', 'gone');
  });
  expect(await part(check({ calls: ['Read'] }), some([read]), lost)).toBe(undefined);
});

test('an operation that is not there gave no answer, nor one of which that cannot be told', async () => {
  const missing = on('Read', () => refusal('UnknownOperationException', 'Read'));
  expect(await part(check({ calls: ['Read'] }), some([read]), missing)).toBe(undefined);
  const untold: Says = ({ operation }) => {
    if (operation === 'Read') return json(500, {});
    if (operation === 'DescribeConformanceUnicorn') throw new NoAnswer('closed', 'gone');
    return undefined;
  };
  expect(await part(check({ calls: ['Read'] }), some([raw, read]), untold)).toBe(undefined);
});

test('a run without checks adds no part', async () => {
  const { session } = scripted();
  expect(await runCase(some([read]), session)).not.toHaveProperty('over');
});

const result = (id: string, parts: Record<string, OverPart>): Result => ({ id, over: parts }) as unknown as Result;
const example = (id: string) => ({
  step: -1,
  call: 'every answer',
  grade: 'should' as const,
  kind: 'header' as const,
  path: 'x-tag',
  message: `header x-tag is absent, as in Read of ${id}`,
});
const differing = (id: string, count: number, print = difference) => ({
  judged: 4,
  differing: { [print]: { count, example: example(id) } },
});
const outlined = {
  id: 'wire/tag',
  title: 'every answer has a tag',
  area: 'wire',
  level: 'should',
  evidence: ['seen'],
  file: 'specs/wire/tags.json',
  durationMs: 0,
  steps: [],
};

test.each<[name: string, results: Result[], folded: object]>([
  ['all hold', [result('a', { 'wire/tag': { judged: 3 } }), result('b', {})], { verdict: 'pass', mismatches: [] }],
  [
    'there is none',
    [result('a', {}), result('b', { 'wire/other': { judged: 1 } })],
    {
      verdict: 'skip',
      cause: 'no answer to judge',
      reason: 'it is held against the answers to other cases, and none of them had one of this kind',
      mismatches: [],
    },
  ],
  [
    'one case differs',
    [result('b', { 'wire/tag': differing('b', 2) }), result('c', { 'wire/tag': { judged: 1 } })],
    {
      verdict: 'warn',
      cause: 'header x-tag is absent',
      reason: 'every answer: 2 of 5 answers: header x-tag is absent, as in Read of b',
      fingerprint: print,
      mismatches: [{ ...example('b'), message: '2 of 5 answers: header x-tag is absent, as in Read of b' }],
    },
  ],
  [
    'several cases differ',
    [
      result('c', { 'wire/tag': differing('c', 1) }),
      result('a', { 'wire/tag': differing('a', 2) }),
      result('b', { 'wire/tag': differing('b', 3, 'every answer should header x-tag other') }),
      result('d', { 'wire/tag': differing('d', 3) }),
    ],
    {
      verdict: 'warn',
      cause: 'header x-tag is absent',
      reason: 'every answer: 6 of 16 answers: header x-tag is absent, as in Read of a (and 1 more)',
      fingerprint: `${print}; every answer should header x-tag other`,
      mismatches: [
        { ...example('a'), message: '6 of 16 answers: header x-tag is absent, as in Read of a' },
        { ...example('b'), message: '3 of 16 answers: header x-tag is absent, as in Read of b' },
      ],
    },
  ],
  [
    'the later difference by name is the more frequent',
    [
      result('a', { 'wire/tag': differing('a', 1) }),
      result('b', { 'wire/tag': differing('b', 2, 'every answer should header x-tag other') }),
    ],
    {
      verdict: 'warn',
      cause: 'header x-tag is absent',
      reason: 'every answer: 2 of 8 answers: header x-tag is absent, as in Read of b (and 1 more)',
      fingerprint: `${print}; every answer should header x-tag other`,
      mismatches: [
        { ...example('b'), message: '2 of 8 answers: header x-tag is absent, as in Read of b' },
        { ...example('a'), message: '1 of 8 answers: header x-tag is absent, as in Read of a' },
      ],
    },
  ],
])('parts fold to one verdict in any order where %s', (_, results, folded) => {
  expect(foldOver([check({})], results)).toEqual([{ ...outlined, ...folded }]);
  expect(foldOver([check({})], [...results].reverse())).toEqual([{ ...outlined, ...folded }]);
});

test('only a case with both words is a check over every answer', () => {
  const { expect: _, ...overAlone } = check({});
  const { over: __, ...expectAlone } = check({});
  expect([check({}), overAlone, expectAlone, some([])].map(isOverCase)).toEqual([true, false, false, false]);
});
