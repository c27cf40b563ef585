import { expect, test } from 'vitest';
import { applyBaseline, baselineProblems, draftBaseline, rangeNote, type Baseline } from './baseline.ts';
import type { Result, Verdict } from './result.ts';
import { differing, result } from './result.test-data.ts';
import type { Suite } from './suite.ts';

const WORDS = 'UpdateUserAttributes#1 must error  200';
const FINGERPRINT = `1: ${WORDS}`;

const failed = (id: string, fingerprint = FINGERPRINT, verdict?: Verdict): Result =>
  differing(id, fingerprint, verdict);

const baseline = (more: Partial<Baseline> = {}): Baseline => ({
  formatVersion: 1,
  about: 'Known.',
  failures: [{ id: 'a/known', reason: 'we never check', issue: '#7', fingerprint: FINGERPRINT }],
  ...more,
});

const against = (given: Result, more: Partial<Baseline> = {}, version?: string, strict = false) => {
  const { verdict, reason } = applyBaseline(given, { baseline: baseline(more), version, strict, whole: true });
  return [verdict, reason];
};

test.each<[name: string, given: Result, verdict: Verdict, reason: string | undefined]>([
  ['differs the same way', failed('a/known'), 'known', 'we never check'],
  ['is blocked the same way', failed('a/known', FINGERPRINT, 'blocked'), 'known', 'we never check'],
  [
    'differs another way',
    failed('a/known', '1: other'),
    'changed',
    `differs otherwise than the baseline says: it answered 200; known was ${WORDS}`,
  ],
  ['passes', result('a/known', 'pass'), 'fixed', 'take its entry out of the baseline'],
  ['is skipped', result('a/known', 'skip', { reason: 'no codes' }), 'skip', 'no codes'],
  ['could not be judged', result('a/known', 'error', { reason: 'timeout' }), 'error', 'timeout'],
  ['only warns', failed('a/known', FINGERPRINT, 'warn'), 'warn', 'it answered 200'],
  ['only informs', failed('a/known', FINGERPRINT, 'info'), 'info', 'it answered 200'],
  [
    'only warns, and another way',
    failed('a/known', '1: less', 'warn'),
    'changed',
    `differs less than the baseline says: it answered 200; known was ${WORDS}`,
  ],
  [
    'only informs, and another way',
    failed('a/known', '1: less', 'info'),
    'changed',
    `differs less than the baseline says: it answered 200; known was ${WORDS}`,
  ],
  ['warns and is not in it', failed('a/new', '1: less', 'warn'), 'warn', 'it answered 200'],
  ['differs and is not in it', failed('a/new'), 'fail', 'it answered 200'],
  ['passes and is not in it', result('a/new', 'pass'), 'pass', undefined],
])('a case that %s', (_, given, verdict, reason) => {
  expect(against(given)).toEqual([verdict, reason]);
});

test('a difference that depends on the clock may stay away, and is drafted again though it did', () => {
  const entry = { id: 'a/known', reason: 'whole seconds', sometimes: true, fingerprint: FINGERPRINT } as const;
  const passed = result('a/known', 'pass');
  const verdicts = (given: Result): unknown[] => against(given, { failures: [entry] });
  expect(verdicts(passed)).toEqual(['pass', undefined]);
  expect(verdicts(failed('a/known'))).toEqual(['known', 'whole seconds']);
  expect(verdicts(failed('a/known', '1: other'))[0]).toBe('changed');
  const drafting = {
    about: 'Known.',
    suite: '0.1.0',
    strict: false,
    whole: true,
    older: baseline({ failures: [entry] }),
  };
  expect(draftBaseline([passed], drafting)).toMatchObject({ failures: [entry], passes: [] });
  expect(draftBaseline([failed('a/known')], drafting).failures).toEqual([entry]);
});

test('warnings are known only where they count', () => {
  const warned = failed('a/known', FINGERPRINT, 'warn');
  expect(against(warned, {}, undefined, true)[0]).toBe('known');
  expect(against(failed('a/known', '1: other', 'warn'), {}, undefined, true)[0]).toBe('changed');
  expect(against(warned, {}, undefined, false)[0]).toBe('warn');
});

test.each<[range: string, version: string | undefined, fixed: Verdict, other: Verdict]>([
  ['^5.2.0', '5.3.1', 'fixed', 'changed'],
  ['^5.2.0', '6.0.0', 'pass', 'known'],
  ['<5', 'v5.0', 'pass', 'known'],
  ['>=5', '5.1.0-beta.2', 'fixed', 'changed'],
  ['>=5', undefined, 'fixed', 'changed'],
  ['>=5', 'latest', 'pass', 'known'],
])('within %s, version %s that passes is %s, and that differs otherwise %s', (versions, version, fixed, other) => {
  expect(against(result('a/known', 'pass'), { versions }, version)[0]).toBe(fixed);
  expect(against(failed('a/known', '1: other'), { versions }, version)[0]).toBe(other);
  expect(against(failed('a/known'), { versions }, version)[0]).toBe('known');
});

test('outside the range a warning stays one', () => {
  expect(against(failed('a/known', '1: less', 'warn'), { versions: '<5' }, '6.0.0')).toEqual([
    'warn',
    'it answered 200',
  ]);
});

test('outside the range another difference says so', () => {
  expect(against(failed('a/known', '1: other'), { versions: '<5' }, '6.0.0')).toEqual([
    'known',
    'we never check (differs otherwise in version 6.0.0)',
  ]);
});

test('a draft holds what differs, by id, with its cause where a person is to say why', () => {
  const results = [
    failed('b/two'),
    failed('a/one', '1: one', 'blocked'),
    failed('c/warns', '1: three', 'warn'),
    result('d/passes', 'pass'),
    result('e/lost', 'error'),
  ];
  expect(draftBaseline(results, { about: 'Known of it.', suite: '0.1.0', strict: false, whole: true })).toEqual({
    formatVersion: 1,
    about: 'Known of it.',
    suite: '0.1.0',
    failures: [
      { id: 'a/one', reason: 'not explained yet: 200 instead of 400', fingerprint: '1: one' },
      { id: 'b/two', reason: 'not explained yet: 200 instead of 400', fingerprint: FINGERPRINT },
    ],
    passes: ['d/passes'],
  });
  expect(
    draftBaseline(results, { about: '', suite: '0.1.0', strict: true, whole: true }).failures.map(({ id }) => id),
  ).toEqual(['a/one', 'b/two', 'c/warns']);
});

test('a draft over an older one keeps what people wrote and what this run did not judge', () => {
  const entry = (id: string) => ({ id, reason: `reason of ${id}`, fingerprint: FINGERPRINT });
  const older = baseline({
    suite: '0.0.9',
    versions: '^5',
    failures: [...baseline().failures, ...['b/passes', 'c/filtered', 'd/skipped', 'e/lost'].map(entry)],
  });
  const results = [
    failed('a/known', '1: other'),
    result('b/passes', 'pass'),
    result('d/skipped', 'skip'),
    result('e/lost', 'error'),
  ];
  expect(draftBaseline(results, { about: 'Another.', suite: '0.1.0', strict: false, whole: true, older })).toEqual({
    formatVersion: 1,
    about: 'Known.',
    suite: '0.1.0',
    versions: '^5',
    failures: [
      { id: 'a/known', reason: 'we never check', issue: '#7', fingerprint: '1: other' },
      entry('c/filtered'),
      entry('d/skipped'),
      entry('e/lost'),
    ],
    passes: ['b/passes'],
  });
});

test('what passed is sorted, and kept where this run did not judge it', () => {
  const older = baseline({ failures: [], passes: ['a/breaks', 'b/again', 'c/filtered', 'd/skipped', 'e/warns'] });
  const results = [
    result('z/last', 'pass'),
    failed('a/breaks'),
    result('b/again', 'pass'),
    result('d/skipped', 'skip'),
    failed('e/warns', '1: w', 'warn'),
    result('a/first', 'pass'),
  ];
  expect(draftBaseline(results, { about: '', suite: '0.1.0', strict: false, whole: true, older }).passes).toEqual([
    'a/first',
    'b/again',
    'c/filtered',
    'd/skipped',
    'z/last',
  ]);
});

const suite = {
  cases: [{ id: 'UpdateUserAttributes/expired-token' }, { id: 'UpdateUserAttributes/forged-token/unsigned' }],
  retired: {
    'a/gone': { reason: 'it was wrong' },
    'a/moved': { reason: 'it was two', successor: 'UpdateUserAttributes/expired-token' },
  },
  faults: [],
  version: '0.2.0',
} as unknown as Suite;

test('of what is about to be written anew only what nobody can carry over is a problem', () => {
  const entry = { reason: 'r', fingerprint: '0: x' };
  const failures = ['a/gone', 'a/moved', 'UpdateUserAttributes/expired-token', 'nothing'].map((id) => ({
    id,
    ...entry,
  }));
  expect(baselineProblems(baseline({ failures }), suite, { older: true })).toEqual(['/failures/3: no case "nothing".']);
});

test('cases that this version of the suite does not have are one problem where the file is of another version', () => {
  const failures = ['nothing', 'nowhere', 'never'].map((id) => ({ id, reason: 'r', fingerprint: '1: x' }));
  expect(baselineProblems(baseline({ failures, suite: '0.3.0' }), suite)).toEqual([
    'was drafted with version 0.3.0 of the suite, and this is 0.2.0, which knows no nothing and 2 more: run that version, or take those entries out',
  ]);
  expect(baselineProblems(baseline({ failures, suite: '0.2.0' }), suite)).toHaveLength(3);
});

test.each<[versions: string | undefined, version: string | undefined, note: string | undefined]>([
  ['^5', '5.3.0', undefined],
  ['^5', undefined, undefined],
  [undefined, '6.0.0', undefined],
  ['^5', '6.0.0', 'the baseline is for versions ^5 and this is 6.0.0: what is fixed or differs otherwise is not told'],
])('of a baseline for %s and version %s it is said: %s', (versions, version, note) => {
  expect(rangeNote(baseline(versions === undefined ? {} : { versions }), version)).toBe(note);
});

test('where a case is at fault nobody knows which it was', () => {
  const failures = [{ id: 'nothing', reason: 'r', fingerprint: '1: x' }];
  const faults = [{ file: 'specs/GetUser/some.json', pointer: '', message: 'is not JSON' }];
  expect(baselineProblems(baseline({ failures }), { ...suite, faults })).toEqual([]);
});

test.each<[id: string, problems: string[]]>([
  ['UpdateUserAttributes/expired-token', []],
  ['UpdateUserAttributes/forged-token/unsigned', []],
  [
    'UpdateUserAttributes/expired-tokn',
    ['/failures/0: no case "UpdateUserAttributes/expired-tokn". Did you mean "UpdateUserAttributes/expired-token"?'],
  ],
  ['nothing', ['/failures/0: no case "nothing".']],
  ['constructor', ['/failures/0: no case "constructor".']],
  ['a/gone', ['/failures/0: "a/gone" was retired: it was wrong. --prune takes the entry out']],
  [
    'a/moved',
    [
      '/failures/0: "a/moved" was retired: it was two. It is now "UpdateUserAttributes/expired-token": --prune moves the entry there',
    ],
  ],
])('an entry of %s', (id, problems) => {
  expect(baselineProblems(baseline({ failures: [{ id, reason: 'r', fingerprint: '1: x' }] }), suite)).toEqual(problems);
});

test.each(['0: x', '2: x', '11: x', 'x', ''])('a fingerprint "%s" is of another version', (fingerprint) => {
  const failures = [{ id: 'UpdateUserAttributes/expired-token', reason: 'r', fingerprint }];
  expect(baselineProblems(baseline({ failures }), suite)).toEqual([
    `/failures/0: the fingerprint "${fingerprint}" is of another version; draft it anew with --write-baseline`,
  ]);
});

test('an id that is there twice is a problem where it comes again', () => {
  const entry = { id: 'UpdateUserAttributes/expired-token', reason: 'r', fingerprint: '1: x' };
  const other = { ...entry, id: 'UpdateUserAttributes/forged-token/unsigned' };
  expect(baselineProblems(baseline({ failures: [entry, other, { ...entry, reason: 's' }] }), suite)).toEqual([
    '/failures/2: "UpdateUserAttributes/expired-token" is there twice',
  ]);
});

test('an entry that passes now says so as its cause', () => {
  const members = { baseline: baseline(), version: undefined, strict: false, whole: true };
  expect(applyBaseline(result('a/known', 'pass'), members).cause).toBe('passes now, and is in the baseline');
});

test('a difference without a cause or a fingerprint is drafted all the same', () => {
  const { failures } = draftBaseline([result('a/bare', 'fail')], {
    about: '',
    suite: '0.1.0',
    strict: false,
    whole: true,
  });
  expect(failures).toEqual([{ id: 'a/bare', reason: 'not explained yet: ', fingerprint: '' }]);
});

test('a range that npm can read is none', () => {
  expect(baselineProblems(baseline({ versions: '^5.2', failures: [] }), suite)).toEqual([]);
});

test('a range that npm cannot read is a problem', () => {
  expect(baselineProblems(baseline({ versions: 'five', failures: [] }), suite)).toEqual([
    '"versions" is "five", which is no npm version range',
  ]);
});

const ABSENT = 'every answer must header x-tag absent';
const OTHER = 'every answer must header x-tag other';

test.each<[name: string, differs: string | undefined, whole: boolean, verdict: Verdict]>([
  ['in all that is known', `1: ${ABSENT}; ${OTHER}`, false, 'known'],
  ['in some of what is known', `1: ${OTHER}`, false, 'known'],
  ['in nothing', undefined, false, 'pass'],
  ['in something else', '1: every answer must header x-tog absent', false, 'changed'],
  ['in some, over all cases', `1: ${OTHER}`, true, 'changed'],
  ['in nothing, over all cases', undefined, true, 'fixed'],
])('a check over every answer that differs %s', (_, fingerprint, whole, verdict) => {
  const given = fingerprint === undefined ? result('a/known', 'pass') : failed('a/known', fingerprint);
  const failures = [{ id: 'a/known', reason: 'known', fingerprint: `1: ${ABSENT}; ${OTHER}` }];
  const known = { ...baseline({}), failures };
  expect(applyBaseline(given, { baseline: known, version: undefined, strict: false, whole }).verdict).toBe(verdict);
  const draft = draftBaseline([given], { about: '', suite: '0.1.0', strict: false, whole, older: known });
  expect(draft.failures.map((one) => one.fingerprint)).toEqual(
    whole ? (fingerprint ? [fingerprint] : []) : [`1: ${ABSENT}; ${OTHER}`],
  );
});
