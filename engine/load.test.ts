import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { JsonObject } from './case.ts';
import { loadSuite, SuiteError } from './load.ts';
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
function messageWith(change: JsonObject, file: string = FILE): string {
  write(file, JSON.stringify({ formatVersion: 1, about: 'Some.', cases: [{ ...read, ...change }] }));
  return message();
}

function message(): string {
  try {
    load();
  } catch (error) {
    if (error instanceof SuiteError) return error.message;
    throw error;
  }
  return 'nothing';
}

test('a suite is read whole', () => {
  expect(load()).toEqual({
    name: 'a suite',
    version: '1.2.3',
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

test.each<[name: string, change: JsonObject, line: string]>([
  [
    'an unknown member of a case',
    { levl: 'must' },
    `${FILE} at /cases/0: unknown member "levl"; allowed are id, title, level, evidence, given, each, steps, over, expect. Did you mean "level"?`,
  ],
  [
    'an unknown member of a step',
    { steps: [{ call: 'Read', expects: { body: {} } }] },
    `${FILE} at /cases/0/steps/0: unknown member "expects"; allowed are call, with, headers, sign, request, expect, should, control, changes, others, messages, events, save, eventually. Did you mean "expect"?`,
  ],
  [
    'an unknown member of an expectation',
    { steps: [{ call: 'Read', expect: { cookies: {} } }] },
    `${FILE} at /cases/0/steps/0/expect: unknown member "cookies"; allowed are status, error, message, headers, body, text.`,
  ],
  ['another level', { level: 'shall' }, `${FILE} at /cases/0/level: "shall" is none of must, should, may`],
  ['another format', { given: { pool: 'plain', own: false } }, `${FILE} at /cases/0/given/own: false must be true`],
  [
    'an id that is none',
    { id: 'Read/Plain Call' },
    `${FILE} at /cases/0/id: "Read/Plain Call" does not match ^[A-Za-z]+/[a-z0-9]+(-[a-z0-9]+)*$`,
  ],
  ['no steps', { steps: [] }, `${FILE} at /cases/0/steps: must NOT have fewer than 1 items`],
  ['a title too long', { title: 'x'.repeat(91) }, `${FILE} at /cases/0/title: must NOT have more than 90 characters`],
  [
    'a step that is neither',
    { steps: [{ expect: { status: 200 } }] },
    `${FILE} at /cases/0/steps/0: must have required property 'call'\n${FILE} at /cases/0/steps/0: must have required property 'request'`,
  ],
  [
    'a fault that only the lint finds',
    { evidence: ['sen'] },
    `${FILE} at /cases/0: Read/plain: no evidence "sen"; there are seen. Did you mean "seen"?\nspecs/evidence: seen is cited by no case and has no "untested" reason`,
  ],
])('%s is named with its file, its place and what is allowed', (_, change, line) => {
  expect(messageWith(change)).toBe(line);
});

test('several faults are named at once', () => {
  write('specs/Read/other.json', JSON.stringify({ formatVersion: 2, about: 'Some.', cases: [] }));
  expect(messageWith({ level: 'shall' })).toBe(
    [
      'specs/Read/other.json at /formatVersion: 2 must be 1',
      'specs/Read/other.json at /cases: must NOT have fewer than 1 items',
      `${FILE} at /cases/0/level: "shall" is none of must, should, may`,
    ].join('\n'),
  );
});

test.each(['specs/Read/some.json', 'specs/evidence/some.json', 'specs/tokens.json', 'fixtures/pools.json'])(
  '%s that is no JSON is named',
  (file) => {
    write(file, '{"cases": [,]}');
    expect(message()).toMatch(new RegExp(`^${file}: is not JSON: Unexpected token ','`));
  },
);

test('a file that is missing is named', () => {
  rmSync(join(root, 'specs/tokens.json'));
  expect(message()).toBe('specs/tokens.json: cannot be read (ENOENT)');
});

test('a case file in a deeper folder is named, not passed over', () => {
  write('specs/Read/deep/some.json', readFileSync(join(root, FILE), 'utf8'));
  expect(message()).toBe('specs/Read/deep/some.json: is passed over: case files lie at specs/<area>/<topic>.json');
});
