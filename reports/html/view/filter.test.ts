import { expect, test } from 'vitest';
import { findEvidence } from '../../sample.test-data.ts';
import { pageOf } from '../model.ts';
import { later, traced } from '../sample.test-data.ts';
import { everything, isEverything, toggled, wanted, type Filter } from './filter.ts';

const contract = new Map([['GetUser/message', ['GetUser', 'codes']]]);
const page = pageOf([traced, later], { evidence: findEvidence, contract });
const link = page.columns[1]?.causes[0];

test.each<[filter: Partial<Filter>, ids: string[]]>([
  [{ text: '  Alg-NONE accepted ' }, ['UpdateUserAttributes/alg-none-refused']],
  [{ text: 'names nobody' }, ['GetUser/names-the-user']],
  [{ verdicts: ['changed', 'blocked'] }, ['GetUser/names-the-user', 'VerifyUserAttribute/wrong-code']],
  [{ verdicts: ['blocked'], text: 'GetUser' }, []],
  [{ feature: 'codes' }, ['GetUser/message']],
  [{ feature: 'DeleteUserAttributes', levels: ['must'] }, ['DeleteUserAttributes/a', 'DeleteUserAttributes/b']],
  [{ levels: ['may', 'should'] }, []],
  [
    { cause: link && { column: 1, link } },
    ['alg-none', 'altered', 'foreign-key', 'id-token'].map((token) => `UpdateUserAttributes/${token}-refused`),
  ],
])('%j', (filter, ids) => {
  const found = page.cases.filter((row) => wanted(row, { ...everything, ...filter }));
  expect(found.map(({ id }) => id).sort()).toEqual(ids);
  expect(isEverything({ ...everything, ...filter })).toBe(false);
});

test('a cause is that of its verdicts: the same words of a warning are another matter', () => {
  const [row] = page.cases.filter(({ id }) => id === 'UpdateUserAttributes/altered-refused');
  if (!row || !link) throw new Error('the sample lacks it');
  expect(wanted(row, { ...everything, cause: { column: 0, link } })).toBe(true);
  expect(wanted(row, { ...everything, cause: { column: 0, link: { ...link, verdicts: ['warn'] } } })).toBe(false);
});

test('no wish is every case', () => {
  expect(isEverything({ ...everything, text: ' ' })).toBe(true);
  expect(page.cases.every((row) => wanted(row, everything))).toBe(true);
});

test('what is chosen twice is not chosen', () => {
  expect(toggled(['a'], 'b')).toEqual(['a', 'b']);
  expect(toggled(['a', 'b'], 'a')).toEqual(['b']);
});
