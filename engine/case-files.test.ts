import { expect, test } from 'vitest';
import type { Case, Json, JsonObject } from './case.ts';
import { areaOf, fileAtFault, readCaseFiles, type Check, type ReadCases } from './case-files.ts';
import { sayProblem } from './problem.ts';
import { suite } from './scripted.test-data.ts';

const support = { ...suite, evidence: new Map([['seen', { id: 'seen', statement: '', claims: [] }]]), retired: {} };
const good: JsonObject = {
  id: 'Read/good',
  title: 'it is read',
  level: 'must',
  evidence: ['seen'],
  steps: [{ call: 'Read', expect: { body: {} } }],
};

/** What a schema would find: a member `wrong` of a case, which tells where it is wrong. */
const check: Check = (file, content) => {
  const found = (content as { cases?: Json[] }).cases;
  if (!Array.isArray(found)) return [{ file, pointer: '/cases', message: 'is missing' }];
  return found.flatMap((one, index) => {
    const at =
      one !== null && typeof one === 'object' && 'wrong' in one ? String((one as JsonObject)['wrong']) : undefined;
    return at === undefined ? [] : [{ file, pointer: `/cases/${index}${at}`, message: 'is wrong' }];
  });
};

function readOf(...files: Json[][]): ReadCases {
  return readCaseFiles(
    files.map((cases, index) => ({ file: `specs/Read/${'abc'[index]}.json`, text: JSON.stringify({ cases }) })),
    check,
    support,
  );
}

/** Id, title and level of what is listed, and where each fault stands. */
const listed = ({ cases }: ReadCases): unknown[] =>
  cases.map(({ id, title, level, faults }) => [id, title, level, faults?.map(({ file, pointer }) => file + pointer)]);

const A = 'specs/Read/a.json';
const fine = ['Read/good', 'it is read', 'must', undefined];

test('cases stand in the order of their files', () => {
  const read = readOf([good, { ...good, id: 'Read/other', level: 'may' }], [{ ...good, id: 'Read/third' }]);
  expect(read.faults).toEqual([]);
  expect(listed(read)).toEqual([
    fine,
    ['Read/other', 'it is read', 'may', undefined],
    ['Read/third', 'it is read', 'must', undefined],
  ]);
  expect(read.cases.map(({ file, pointer }) => `${file} ${pointer}`)).toEqual([
    'specs/Read/a.json /cases/0',
    'specs/Read/a.json /cases/1',
    'specs/Read/b.json /cases/0',
  ]);
});

test.each<[name: string, source: Json, entry: unknown[]]>([
  [
    'its own id and title',
    { ...good, id: 'Read/bad', level: 'should', wrong: '/x' },
    ['Read/bad', 'it is read', 'should', [`${A}/cases/0/x`]],
  ],
  [
    'an empty id and title',
    { ...good, id: '', title: '', wrong: '' },
    [`${A}#/cases/0`, `${A}#/cases/0`, 'must', [`${A}/cases/0`]],
  ],
  [
    'numbers for them',
    { ...good, id: 7, title: 7, level: 7, wrong: '' },
    [`${A}#/cases/0`, `${A}#/cases/0`, 'must', [`${A}/cases/0`]],
  ],
  [
    'another level',
    { ...good, id: 'Read/bad', level: 'shall', wrong: '' },
    ['Read/bad', 'it is read', 'must', [`${A}/cases/0`]],
  ],
])('a case at fault with %s is listed and stops no other', (_, source, entry) => {
  const read = readOf([source, { ...good, id: 'Read/fine' }]);
  expect(listed(read)).toEqual([entry, ['Read/fine', 'it is read', 'must', undefined]]);
  expect([read.cases[0]?.steps, read.cases[0]?.evidence, read.cases[0]?.file]).toEqual([[], [], A]);
});

test('a fault is of the case that holds its place, and of no other whose number begins alike', () => {
  const cases = Array.from({ length: 12 }, (_, index) => ({ ...good, id: `Read/case-${index}` }));
  const read = readOf(cases.map((one, index) => (index === 1 ? { ...one, wrong: '/steps/0' } : one)));
  expect(read.cases.flatMap(({ id, faults }) => (faults ? [id] : []))).toEqual(['Read/case-1']);
  const eleventh = readOf(cases.map((one, index) => (index === 11 ? { ...one, wrong: '' } : one)));
  expect(eleventh.cases.flatMap(({ id, faults }) => (faults ? [id] : []))).toEqual(['Read/case-11']);
});

test('what the schema finds in one case is all that is said of it, and the others are read by the lint', () => {
  const read = readOf([
    { ...good, evidence: ['none'], wrong: '' },
    { ...good, id: 'Read/other', evidence: ['none'] },
  ]);
  expect(read.faults.map(({ pointer }) => pointer)).toEqual(['/cases/0', '/cases/1/evidence/0']);
});

const rows = { one: { Id: 'a' }, 'two/2': { Id: 'b' } };
const reads = [{ call: 'Read', with: { Id: '${row.Id}' }, expect: { body: {} } }];

test("a fault of one row is that row's, and one of the case is of all", () => {
  const rowed = { ...good, each: rows, steps: reads };
  expect(listed(readOf([{ ...rowed, wrong: '/each/two~12/Id' }]))).toEqual([
    ['Read/good/one', 'it is read [one]', 'must', undefined],
    ['Read/good/two/2', 'it is read [two/2]', 'must', [`${A}/cases/0/each/two~12/Id`]],
  ]);
  expect(listed(readOf([{ ...rowed, wrong: '/each' }]))).toEqual([
    ['Read/good', 'it is read', 'must', [`${A}/cases/0/each`]],
  ]);
  const both = readOf([{ ...rowed, each: { ...rows, one: { No: 'a' } }, evidence: ['none'] }]);
  expect(listed(both)).toEqual([['Read/good', 'it is read', 'must', expect.any(Array)]]);
});

test('of equal ids the first that is right keeps it, whatever the file', () => {
  const read = readOf([{ ...good, wrong: '' }, good], [good], [good]);
  expect(listed(read)).toEqual([
    [`${A}#/cases/0`, 'it is read', 'must', [`${A}/cases/0`, `${A}/cases/0/id`]],
    fine,
    ['specs/Read/b.json#/cases/0', 'it is read', 'must', ['specs/Read/b.json/cases/0/id']],
    ['specs/Read/c.json#/cases/0', 'it is read', 'must', ['specs/Read/c.json/cases/0/id']],
  ]);
  expect(read.faults.map(({ message }) => message)).toEqual([
    'is wrong',
    `the id Read/good is also in ${A} at /cases/1`,
    `the id Read/good is also in ${A} at /cases/1`,
    `the id Read/good is also in ${A} at /cases/1`,
  ]);
});

test('two at fault under one id go by their places', () => {
  const bad = { ...good, id: 'Read/bad', wrong: '' };
  expect(readOf([bad, bad, bad]).cases.map(({ id }) => id)).toEqual(['Read/bad', `${A}#/cases/1`, `${A}#/cases/2`]);
});

test('a file at fault is one entry, and the faults of others are not its own', () => {
  const read = readCaseFiles(
    [
      { file: A, text: '{"cases": 7}' },
      { file: 'specs/Read/b.json', text: JSON.stringify({ cases: [{ ...good, wrong: '' }] }) },
      { file: 'specs/Read/c.json', text: '{' },
    ],
    check,
    support,
  );
  expect(listed(read)).toEqual([
    [A, A, 'must', [`${A}/cases`]],
    ['Read/good', 'it is read', 'must', ['specs/Read/b.json/cases/0']],
    ['specs/Read/c.json', 'specs/Read/c.json', 'must', ['specs/Read/c.json']],
  ]);
  expect(sayProblem(read.faults.at(-1) ?? { file: '', pointer: '', message: '' })).toBe(
    'specs/Read/c.json:1:2: is not JSON: close brace expected, found the end',
  );
});

test('a check over every answer needs no steps', () => {
  const { steps: _, ...rest } = good;
  const [read] = readOf([{ ...rest, over: {}, expect: { status: 200 } }]).cases;
  expect([read?.steps, read?.faults]).toEqual([[], undefined]);
});

test('the area of a case is that of its id, and of one at fault its folder', () => {
  const one = (id: string, faults?: Case['faults']): string =>
    areaOf({ id, file: 'specs/wire/a.json', ...(faults && { faults }) } as Case);
  expect([one('Read/good'), one('Read/good', []), areaOf(fileAtFault('specs', []))]).toEqual(['Read', 'wire', '']);
});
