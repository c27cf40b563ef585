import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from './case.ts';
import { SuiteError, digestOfData, loadSuite, requireCoverage } from './load.ts';
import { sayProblem } from './problem.ts';
import type { Suite } from './suite.ts';

/** The schemas of the real suite over the data of a small one. */
const schemas = ['case.schema.json', 'evidence.schema.json'].map((name) =>
  fileURLToPath(new URL(`../specs/${name}`, import.meta.url)),
);
const FILE = 'specs/Read/some.json';

const read: JsonObject = {
  id: 'Read/plain',
  title: 'a plain call is answered',
  level: 'must',
  evidence: ['seen'],
  steps: [{ call: 'Read', expect: { body: {} } }],
};
const files: Record<string, JsonObject> = {
  [FILE]: { formatVersion: 1, about: 'Some.', cases: [read] },
  'specs/evidence/some.json': {
    formatVersion: 1,
    about: 'Some.',
    evidence: [
      {
        id: 'seen',
        statement: 'It was seen by somebody.',
        claims: [{ on: 'Read', tier: 'observed', outcome: 'seen', source: 'https://example.com/1' }],
      },
    ],
  },
  'specs/shapes/Read.json': { type: 'object' },
  'specs/operations.json': { operations: { Read: { signed: false, writes: 'nothing', errors: [] } } },
  'specs/tokens.json': { kinds: {} },
  'specs/patterns.json': { patterns: {} },
  'specs/retired.json': { retired: {} },
  'specs/statements.json': { formatVersion: 1, about: 'S.', statements: [] },
  'specs/constraints.json': { formatVersion: 1, about: 'C.', constraints: {} },
  'specs/untested.json': { formatVersion: 1, about: 'U.', untested: { operations: [], errors: [] } },
  'fixtures/pools.json': { pools: {} },
  'fixtures/client.json': { client: {} },
};

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'load-test-'));
  for (const [file, content] of Object.entries(files)) write(file, JSON.stringify(content));
  for (const schema of schemas) cpSync(schema, join(root, 'specs', schema.replace(/^.*[/\\]/, '')));
});

afterEach(() => rmSync(root, { recursive: true }));

function write(file: string, text: string): void {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

function load(): Suite {
  return loadSuite(pathToFileURL(`${root}/`), { name: 'a suite', version: '1.2.3' });
}

/** What is wrong after a case was given other members. */
function faultsWith(change: JsonObject, file: string = FILE): string[] {
  write(file, JSON.stringify({ formatVersion: 1, about: 'Some.', cases: [{ ...read, ...change }] }));
  return faults();
}

function faults(): string[] {
  return load().faults.map(sayProblem);
}

/** What of the data that cases rest on is wrong. */
function message(): string {
  try {
    load();
  } catch (error) {
    if (error instanceof SuiteError) return error.message;
    throw error;
  }
  return 'nothing';
}

/** The cases that are listed, and of those at fault what is said. */
function listed(): (string | string[])[] {
  return load().cases.map(({ id, faults: own }) => (own ? [id, ...own.map(sayProblem)] : id));
}

test('a suite is read whole', () => {
  expect(load()).toEqual({
    name: 'a suite',
    version: '1.2.3',
    folder: `${root}/`,
    faults: [],
    hash: expect.stringMatching(/^[0-9a-f]{16}$/),
    cases: [{ ...read, file: FILE, pointer: '/cases/0' }],
    evidence: new Map([['seen', expect.objectContaining({ id: 'seen' })]]),
    operations: { Read: { signed: false, writes: 'nothing', errors: [] } },
    shapes: { Read: { type: 'object' } },
    tokenKinds: {},
    patterns: {},
    pools: {},
    client: {},
    retired: {},
    statements: [],
    constraints: {},
    untested: { operations: [], errors: [] },
  });
});

test('every row is a case', () => {
  const each = { one: { id: 'a' }, two: { id: 'b' } };
  const steps = [{ call: 'Read', with: { Id: '${row.id}' }, expect: { body: {} } }];
  write(FILE, JSON.stringify({ formatVersion: 1, about: 'Some.', cases: [{ ...read, each, steps }] }));
  const { cases } = load();
  expect(cases.map(({ id, title, row, pointer }) => [id, title, row, pointer])).toEqual([
    ['Read/plain/one', 'a plain call is answered [one]', { id: 'a' }, '/cases/0'],
    ['Read/plain/two', 'a plain call is answered [two]', { id: 'b' }, '/cases/0'],
  ]);
  expect(cases.map((test) => 'each' in test)).toEqual([false, false]);
});

test('the hash is of what is said, not of how it is laid out', () => {
  const { hash } = load();
  write(FILE, JSON.stringify(files[FILE], null, 4));
  expect(load().hash).toBe(hash);
  write('fixtures/client.json', '{"client":{"a":1}}');
  expect(load().hash).not.toBe(hash);
});

const caseOf = (more: JsonObject = {}): JsonObject => ({ ...read, ...more });
const step = (more: JsonObject): JsonObject => ({ steps: [{ call: 'Read', expect: { body: {} }, ...more }] });

test.each<[name: string, change: JsonObject, lines: string[]]>([
  [
    'an unknown member of a case',
    { levl: 'must' },
    [
      '/cases/0/levl: unknown member "levl"; allowed are id, title, level, evidence, given, each, steps, over, expect. Did you mean "level"?',
    ],
  ],
  [
    'an unknown member of an expectation',
    step({ expect: { cookies: {} } }),
    [
      '/cases/0/steps/0/expect/cookies: unknown member "cookies"; allowed are status, error, message, headers, body, text.',
    ],
  ],
  ['another level', { level: 'shal' }, ['/cases/0/level: "shal" is none of must, should, may']],
  [
    'a level that is nearly one',
    { level: 'mst' },
    ['/cases/0/level: "mst" is none of must, should, may. Did you mean "must"?'],
  ],
  ['another value', { given: { pool: 'plain', own: false } }, ['/cases/0/given/own: false must be true']],
  [
    'an id that is none',
    { id: 'Read/Plain Call' },
    ['/cases/0/id: "Read/Plain Call" does not match ^[A-Za-z]+/[a-z0-9]+(-[a-z0-9]+)*$'],
  ],
  [
    'a row that is none',
    { each: { One: { a: 1 }, two: { a: 2 } } },
    ['/cases/0/each/One: "One" does not match ^[a-z0-9]+(-[a-z0-9]+)*$'],
  ],
  ['no steps', { steps: [] }, ['/cases/0/steps: has 0 items; at least 1 must be there']],
  ['a title too long', { title: 'x'.repeat(91) }, ['/cases/0/title: has 91 characters; at most 90 are allowed']],
  ['evidence cited twice', { evidence: ['seen', 'seen'] }, ['/cases/0/evidence: items 0 and 1 are the same']],
  ['another type', { evidence: 'seen' }, ['/cases/0/evidence: "seen" must be array']],
  ['a step that is neither', { steps: [{ expect: { status: 200 } }] }, ['/cases/0/steps/0: lacks "call" or "request"']],
  [
    'a step that is both',
    step({ request: { method: 'GET' } }),
    ['/cases/0/steps/0: has "call" and "request"; one of them is allowed'],
  ],
  [
    'a check over every answer that has steps',
    { over: {}, expect: { status: 200 } },
    [
      '/cases/0: has "steps" and "over" with "expect"; one of them is allowed',
      '/cases/0/steps: does not stand here, beside what is there',
      '/cases/0/expect: does not stand here, beside what is there',
    ],
  ],
  [
    'a should without an expect',
    { steps: [{ call: 'Read', should: { body: {} } }] },
    ['/cases/0/steps/0/should: "should" stands only beside "expect"'],
  ],
  [
    'an error that is no type',
    step({ expect: { error: 'refused' } }),
    ['/cases/0/steps/0/expect/error: "refused" does not match ^([A-Z][A-Za-z]+|\\$\\{row\\.[A-Za-z]+\\})$'],
  ],
  [
    'an error that is no text',
    step({ expect: { error: 5 } }),
    ['/cases/0/steps/0/expect/error: 5 is of no type that is allowed here'],
  ],
  [
    'an error that is one of one',
    step({ expect: { error: ['Refused'] } }),
    ['/cases/0/steps/0/expect/error: has 1 items; at least 2 must be there'],
  ],
  [
    'a fault that only the lint finds',
    { evidence: ['sen'] },
    ['/cases/0/evidence/0: Read/plain: no evidence "sen"; there are seen. Did you mean "seen"?'],
  ],
])('%s is named with its file, its place and what is allowed', (_, change, lines) => {
  const place = new RegExp(`^${FILE}:1:[1-9]\\d+ at `);
  expect(faultsWith(change).map((fault) => fault.replace(place, ''))).toEqual(lines);
});

test('a wrong case stops no other', () => {
  const cases = [caseOf(), caseOf({ id: 'Read/wrong', levl: 'must' }), caseOf({ id: 7 }), caseOf({ id: 'Read/other' })];
  write(FILE, JSON.stringify({ formatVersion: 1, about: 'Some.', cases }, null, 1));
  expect(listed()).toEqual([
    'Read/plain',
    ['Read/wrong', expect.stringMatching(/^specs\/Read\/some\.json:36:12 at \/cases\/1\/levl: unknown member "levl"/)],
    [`${FILE}#/cases/2`, `${FILE}:39:10 at /cases/2/id: 7 must be string`],
    'Read/other',
  ]);
  expect(load().cases.map(({ steps }) => steps.length)).toEqual([1, 0, 0, 1]);
});

test('what is wrong with a row stops no other row', () => {
  const each = { one: { id: 'a' }, two: { di: 'b' }, three: { id: 'c' } };
  expect(faultsWith({ each, ...step({ with: { Id: '${row.id}' } }) })).toHaveLength(2);
  expect(listed()).toEqual([
    'Read/plain/one',
    ['Read/plain/two', expect.anything(), expect.anything()],
    'Read/plain/three',
  ]);
});

test('an id that is there already is the fault of the second, which goes by its place', () => {
  write('specs/Read/topic.json', JSON.stringify({ formatVersion: 1, about: 'Some.', cases: [read] }));
  expect(listed()).toEqual([
    'Read/plain',
    [
      'specs/Read/topic.json#/cases/0',
      `specs/Read/topic.json:1:51 at /cases/0/id: the id Read/plain is also in ${FILE} at /cases/0`,
    ],
  ]);
});

test('of two cases with one id the one that is right in all else keeps it', () => {
  write('specs/Aside/topic.json', JSON.stringify({ formatVersion: 1, about: 'Some.', cases: [read] }));
  const [wrong, right] = load().cases;
  expect(wrong?.faults?.map(({ message }) => message)).toEqual([
    'Read/plain: the id must begin with "Aside/", as its folder',
    `the id Read/plain is also in ${FILE} at /cases/0`,
  ]);
  expect([right?.id, right?.faults]).toEqual(['Read/plain', undefined]);
});

test('an id that was retired is not given again', () => {
  write('specs/retired.json', '{"retired":{"Read/plain":{"reason":"it said nothing"}}}');
  expect(faults()).toEqual([
    expect.stringMatching(
      /at \/cases\/0\/id: Read\/plain: the id was another case's: it said nothing; choose a new one$/,
    ),
  ]);
});

test('a case file that cannot be read stops no other', () => {
  mkdirSync(join(root, 'specs/Read/folder.json'));
  expect(listed()).toEqual([
    'Read/plain',
    ['specs/Read/folder.json', 'specs/Read/folder.json: cannot be read (EISDIR)'],
  ]);
});

test('an evidence id that is there twice is named', () => {
  const { evidence } = files['specs/evidence/some.json'] as { evidence: JsonObject[] };
  write(
    'specs/evidence/some.json',
    JSON.stringify({ formatVersion: 1, about: 'E.', evidence: [...evidence, ...evidence] }),
  );
  expect(message()).toMatch(
    /^specs\/evidence\/some\.json:1:\d+ at \/evidence\/1\/id: the evidence seen is also in specs\/evidence\/some\.json: join them, or choose another id$/,
  );
});

test('a member that is there twice is found', () => {
  write(FILE, JSON.stringify(files[FILE]).replace('"level"', '"title":"a plain call is refused","level"'));
  expect(faults()).toEqual([
    `${FILE}:1:99 at /cases/0/title: "title" is there twice: the first one would be passed over`,
  ]);
});

test.each([
  ['is no JSON', '{"cases": [,]}', `${FILE}:1:12: is not JSON: value expected, found ","`],
  [
    'has another format',
    JSON.stringify({ ...files[FILE], formatVersion: 2 }),
    `${FILE}:1:18 at /formatVersion: 2 must be 1`,
  ],
  ['is a list', '[]', `${FILE}:1:1: [] must be object`],
])('a case file that %s is an entry itself', (_, text, said) => {
  write(FILE, text);
  write('specs/Read/topic.json', JSON.stringify({ formatVersion: 1, about: 'Some.', cases: [read] }));
  expect(listed()).toEqual([[FILE, said], 'Read/plain']);
});

test('a case file in a deeper folder is named, not passed over', () => {
  const file = 'specs/Read/deep/some.json';
  write(file, readFileSync(join(root, FILE), 'utf8'));
  const said = `${file}: is passed over: case files lie at specs/<area>/<topic>.json`;
  expect([listed(), faults()]).toEqual([['Read/plain', [file, said]], [said]]);
});

test('the tests of the format are no cases', () => {
  write('specs/format-tests/some.json', '{');
  write('specs/format-tests/invalid/some.json', '{');
  expect(listed()).toEqual(['Read/plain']);
});

test.each(['specs/evidence/some.json', 'specs/tokens.json', 'fixtures/pools.json'])(
  '%s that is no JSON stops all',
  (file) => {
    write(file, '{"cases": [,]}');
    expect(message()).toBe(`${file}:1:12: is not JSON: value expected, found ","`);
  },
);

test('evidence at fault stops all', () => {
  write('specs/evidence/some.json', JSON.stringify(files['specs/evidence/some.json']).replace('observed', 'observd'));
  expect(message()).toBe(
    'specs/evidence/some.json:1:130 at /evidence/0/claims/0/tier: "observd" is none of recorded, observed, documented, model, inferred. Did you mean "observed"?',
  );
});

test('evidence that nobody cites stops no case, and is found where coverage is told', () => {
  const entry = { id: 'idle', statement: 'It was seen by nobody.', claims: [] };
  const { evidence } = files['specs/evidence/some.json'] as { evidence: JsonObject[] };
  const claims = evidence[0]?.['claims'] ?? [];
  write(
    'specs/evidence/some.json',
    JSON.stringify({ formatVersion: 1, about: 'Some.', evidence: [...evidence, { ...entry, claims }] }),
  );
  for (const name of ['statements', 'constraints', 'untested'])
    cpSync(new URL(`../specs/${name}.schema.json`, import.meta.url), join(root, `specs/${name}.schema.json`));
  const suite = load();
  expect(suite.faults).toEqual([]);
  const place = /^specs\/evidence\/some\.json:1:\d+ at \/evidence\/1: /;
  expect(() => requireCoverage(suite)).toThrow(
    new RegExp(`${place.source}idle is cited by no case and has no "untested" reason$`),
  );
  // A case at fault may be the one that cites it.
  expect(() => requireCoverage({ ...suite, faults: [{ file: '', pointer: '', message: '' }] })).not.toThrow();
});

test('a file that is missing is named', () => {
  rmSync(join(root, 'specs/tokens.json'));
  expect(message()).toBe('specs/tokens.json: cannot be read (ENOENT)');
});

test('a file that lacks what it is for is named', () => {
  write('specs/tokens.json', '{}');
  expect(message()).toBe('specs/tokens.json: lacks "kinds"');
});

test('data that were found in order before are not checked again, until a letter of them differs', () => {
  write(FILE, JSON.stringify({ formatVersion: 1, about: 'Some.', cases: [{ ...read, title: 5 }] }));
  const url = pathToFileURL(`${root}/`);
  const about = { name: 'a suite', version: '1.2.3' };
  const checked = digestOfData(url);
  const faultsIn = (digest: string): number => loadSuite(url, { ...about, checked: digest }).faults.length;
  expect([faultsIn(checked), faultsIn('another')]).toEqual([0, 1]);
  for (const file of [FILE, 'specs/case.schema.json', 'fixtures/pools.json', 'specs/operations.json']) {
    write(file, `${readFileSync(join(root, file), 'utf8')} `);
    expect([file, faultsIn(checked)]).toEqual([file, 1]);
    write(file, readFileSync(join(root, file), 'utf8').slice(0, -1));
    expect([file, faultsIn(checked)]).toEqual([file, 0]);
  }
});

test('who is told that data are in order loads the same suite', () => {
  const url = new URL('../', import.meta.url);
  const about = { name: 'a suite', version: '1.2.3' };
  expect(loadSuite(url, { ...about, checked: digestOfData(url) })).toEqual(loadSuite(url, about));
});
