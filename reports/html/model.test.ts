import { expect, test } from 'vitest';
import { emulator, findEvidence, mismatch, report, result, run, selfTest } from '../sample.test-data.ts';
import { pageOf } from './model.ts';
import { exchange, later, traced } from './sample.test-data.ts';

const context = { evidence: findEvidence };

test('a column says how far the target conforms, how much that covers, and why it differs', () => {
  const [column] = pageOf([emulator], {
    ...context,
    contract: new Map(Array.from({ length: 20 }, (_, n) => [`${n}`, []])),
  }).columns;
  expect(column).toEqual({
    name: 'moto 5.2.1',
    date: '2026-08-01',
    endpoint: 'http://127.0.0.1:5000',
    sentence:
      'It passes 2 of 11 judged cases (18 %), never reaches 1 of them (blocked), breaks a must in 6 and differs as known in 1.',
    coverage:
      "That covers 55 % of the contract's 20 cases. Skipped 3: 2 DeleteUserAttributes is not implemented, 1 codes cannot be read here. Not run: 6.",
    totals: emulator.totals,
    causes: [
      { cause: 'UpdateUserAttributes: 200 instead of NotAuthorizedException', verdicts: ['fail'], count: 5 },
      { cause: 'UpdateUserAttributes: a read-only attribute is written', verdicts: ['fail'], count: 1 },
      { cause: 'VerifyUserAttribute: the right code is refused', verdicts: ['blocked'], count: 1 },
      { cause: 'it differs as the baseline says', verdicts: ['known'], count: 1 },
    ],
    skipped: [
      { cause: 'DeleteUserAttributes is not implemented', verdicts: ['skip'], count: 2 },
      { cause: 'codes cannot be read here', verdicts: ['skip'], count: 1 },
    ],
    notes: ['CreateUserPool answers without UserAttributeUpdateSettings'],
  });
});

test.each([
  [report([]), 'Nothing was judged.'],
  [report([], { run: { ...run, problem: 'nobody listens' } }), 'Nothing could be judged: nobody listens'],
  [report([result('GetUser/a')]), 'It passes 1 of 1 judged case (100 %).'],
  [
    report([result('GetUser/a')], { run: { ...run, complete: false } }),
    'Interrupted, it passes 1 of 1 judged case (100 %).',
  ],
  [
    report(Array.from({ length: 300 }, (_, n) => result(`GetUser/${n}`, n === 7 ? { verdict: 'changed' } : {}))),
    'It passes 299 of 300 judged cases (99 %) and differs otherwise than known in 1.',
  ],
])('how far a target conforms: %#', (given, sentence) => {
  expect(pageOf([given], context).columns[0]?.sentence).toBe(sentence);
});

test('what is to be mended comes before what is known, however often that is', () => {
  const cause = 'GetUser: it names nobody';
  const given = report([
    result('GetUser/a', { verdict: 'known', cause }),
    result('GetUser/b', { verdict: 'known', cause }),
    result('GetUser/c', { verdict: 'changed', cause }),
    result('GetUser/d', { verdict: 'warn', cause }),
  ]);
  expect(pageOf([given], context).columns[0]?.causes).toEqual([
    { cause, verdicts: ['changed'], count: 1 },
    { cause, verdicts: ['known'], count: 2 },
  ]);
});

test('where nothing needs action, details are told as causes', () => {
  const details = report([
    result('GetUser/a', { verdict: 'warn', cause: 'GetUser: another message' }),
    result('GetUser/b'),
  ]);
  expect(pageOf([details], context).columns[0]?.causes).toEqual([
    { cause: 'GetUser: another message', verdicts: ['warn'], count: 1 },
  ]);
});

test('areas with most to act on come first, in an area what is urgent', () => {
  expect(pageOf([emulator], context).cases.map(({ id, cells }) => [id, cells[0]?.verdict])).toEqual([
    ['UpdateUserAttributes/alg-none-refused', 'fail'],
    ['UpdateUserAttributes/altered-refused', 'fail'],
    ['UpdateUserAttributes/email-verified-read-only', 'fail'],
    ['UpdateUserAttributes/expired-refused', 'fail'],
    ['UpdateUserAttributes/foreign-key-refused', 'fail'],
    ['UpdateUserAttributes/id-token-refused', 'fail'],
    ['VerifyUserAttribute/wrong-code', 'blocked'],
    ['VerifyUserAttribute/code', 'skip'],
    ['DeleteUserAttributes/a', 'skip'],
    ['DeleteUserAttributes/b', 'skip'],
    ['GetUser/message', 'warn'],
    ['GetUser/known', 'known'],
    ['GetUser/answers-the-attributes', 'pass'],
    ['GetUser/names-the-user', 'pass'],
  ]);
});

test('the same target on two dates gives two columns, on one day with the times', () => {
  const dates = (...starts: string[]) =>
    pageOf(
      starts.map((startedAt) => ({ ...emulator, run: { ...run, startedAt } })),
      context,
    ).columns.map(({ date }) => date);
  expect(dates('2026-08-01T10:00:00Z', '2026-08-02T10:00:00Z')).toEqual(['2026-08-01', '2026-08-02']);
  expect(dates('2026-08-01T10:00:00Z', '2026-08-01T11:30:00Z')).toEqual(['2026-08-01 10:00:00', '2026-08-01 11:30:00']);
  const row = pageOf([traced, later], context).cases.find(({ id }) => id === 'UpdateUserAttributes/expired-refused');
  expect(row?.cells.map((cell) => cell?.verdict)).toEqual(['fail', 'pass']);
});

test('a self-test is a column only where nothing else is', () => {
  const mock = report([result('GetUser/a')], { target: selfTest });
  const names = (page: ReturnType<typeof pageOf>) => [page.columns.map(({ name }) => name), page.selfTests];
  expect(names(pageOf([mock], context))).toEqual([['mock 0.1.0 (a self-test: proves nothing about Cognito)'], []]);
  expect(names(pageOf([mock, emulator], context))).toEqual([
    ['moto 5.2.1'],
    ['mock 0.1.0 (a self-test: proves nothing about Cognito) passes 1 of 1.'],
  ]);
});

test('a case that one target did not run has no cell there', () => {
  const other = report([result('GetUser/other')]);
  const row = pageOf([emulator, other], context).cases.find(({ id }) => id === 'GetUser/other');
  expect(row?.cells).toEqual([null, { verdict: 'pass' }]);
});

test('evidence is there once, what one source says together', () => {
  const { evidence } = pageOf([emulator], context);
  expect(Object.keys(evidence)).toEqual(['id-token-refused']);
  expect(evidence['id-token-refused']?.claims[2]).toEqual({
    on: 'UpdateUserAttributes',
    tier: 'observed',
    outcome: 'error',
    source: 'https://github.com/example/app/issues/1',
    date: '2023-01',
  });
  const unknown = report([result('GetUser/a', { evidence: ['gone'] })]);
  expect(pageOf([unknown], context).evidence['gone']?.statement).toBe('gone is not in this suite');
});

test('a case has the operations and means that the suite says it needs', () => {
  const contract = new Map([['GetUser/message', ['UpdateUserAttributes', 'codes']]]);
  const row = pageOf([emulator], { ...context, contract }).cases.find(({ id }) => id === 'GetUser/message');
  expect(row?.features).toEqual(['GetUser', 'UpdateUserAttributes', 'codes']);
});

test('exchanges are kept of what differs alone', () => {
  const steps = [exchange()];
  const given = report([
    result('GetUser/a', { steps }),
    result('GetUser/b', { verdict: 'skip', steps }),
    result('GetUser/c', { verdict: 'warn', steps, mismatches: [mismatch()] }),
  ]);
  const cells = pageOf([given], context).cases.map(({ id, cells: [cell] }) => [id, cell?.exchanges?.length]);
  expect(cells).toEqual([
    ['GetUser/c', 1],
    ['GetUser/b', undefined],
    ['GetUser/a', undefined],
  ]);
});
