import { Ajv2020 } from 'ajv/dist/2020.js';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { unrecordedClaims } from '../engine/lint-recorded.ts';
import { loadSuite, requireCoverage } from '../engine/load.ts';
import { sayProblem } from '../engine/problem.ts';

/** A JSON file by its path in the package, such as `specs/wire/errors.json`. */
interface File {
  path: string;
  text: string;
}

interface CaseHead {
  id: string;
  title: string;
  evidence: string[];
  each?: Record<string, unknown>;
}

interface Content {
  $schema?: string;
  cases?: CaseHead[];
  evidence?: { id: string; untested?: string }[];
  retired?: Record<string, { successor?: string }>;
}

const root = fileURLToPath(new URL('../', import.meta.url));
const draft = 'https://json-schema.org/draft/2020-12/schema';

const files = ['specs', 'fixtures'].flatMap((folder) =>
  readdirSync(posix.join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => posix.join(folder, name.replaceAll('\\', '/')))
    .filter((path) => path.endsWith('.json'))
    .sort()
    .map((path) => ({ path, text: readFileSync(posix.join(root, path), 'utf8') })),
);

/** The format's own tests hold cases that are none of the suite's. */
const data = files.filter(({ path }) => !path.startsWith('specs/format-tests/'));

test('every file is valid by the schema that it names', () => {
  expect(files.map(({ path }) => path)).toContain('fixtures/pools.json');
  expect(files.flatMap(schemaProblems)).toEqual([]);
});

test('nothing is wrong with any case, nor with what is said of all', () => {
  const suite = loadSuite(new URL('../', import.meta.url), { name: 'a suite', version: '0.0.0' });
  expect(suite.faults.map(sayProblem)).toEqual([]);
  requireCoverage(suite);
});

test('what is said to be recorded is recorded here', () => {
  const { evidence } = loadSuite(new URL('../', import.meta.url), { name: 'a suite', version: '0.0.0' });
  const read = (path: string): unknown => {
    const file = posix.join(root, path);
    return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  };
  expect(unrecordedClaims(evidence.values(), read)).toEqual([]);
});

test('case files lie at specs/<area>/<topic>.json and hold ids of that area', () => {
  expect(placeProblems(data)).toEqual([]);
});

test('ids of cases are unique for ever', () => {
  expect(idProblems(data)).toEqual([]);
});

test('titles are statements, each of its own', () => {
  expect(titleProblems(data)).toEqual([]);
});

test('evidence has unique ids and is cited, or says why not', () => {
  expect(evidenceProblems(data)).toEqual([]);
});

describe('each rule finds its fault', () => {
  const some = (id: string, title = 'a plain attribute is written', evidence = ['seen']): CaseHead => ({
    id,
    title,
    evidence,
  });
  const cases = (path: string, ...list: CaseHead[]): File =>
    file(path, { $schema: '../case.schema.json', cases: list });
  const file = (path: string, content: Content): File => ({ path, text: JSON.stringify(content) });

  test.each([
    ['{', "is not JSON: Expected property name or '}' in JSON at position 1"],
    ['{}', 'names no schema: begin with "$schema" and the schema\'s path from here, such as "../case.schema.json"'],
    ['{ "$schema": "./none.json" }', 'names the schema ./none.json, but there is no specs/none.json'],
    [
      '{ "$schema": "./retired.schema.json", "formatVersion": 1, "about": "x", "retired": { "x": {} } }',
      '#/retired has the name "x", which must match pattern',
    ],
    [
      '{ "$schema": "https://example.com/schema" }',
      'names the schema https://example.com/schema: name a file of the package',
    ],
    [`{ "$schema": "${draft}", "required": ["a"] }`, 'is no clean JSON Schema: strict mode: missing type "object"'],
  ])('schema: %s', (text, fault) => {
    const problems = schemaProblems({ path: 'specs/x.json', text });
    expect(problems[0]).toContain(`specs/x.json${fault.startsWith('#') ? '' : ' '}${fault}`);
  });

  test('place', () => {
    expect(placeProblems([cases('specs/wire/a.json', some('wire/x'), some('cors/x'))])).toEqual([
      'specs/wire/a.json holds cors/x: begin the id with wire/, or move the case to specs/cors/',
    ]);
    expect(
      placeProblems([cases('specs/a.json', some('wire/x')), cases('specs/wire/deep/b.json', some('wire/y'))]),
    ).toEqual([
      'specs/a.json holds cases: move it to specs/<area>/<topic>.json',
      'specs/wire/deep/b.json holds cases: move it to specs/<area>/<topic>.json',
    ]);
    expect(placeProblems([file('specs/wire/a.json', { $schema: '../tokens.schema.json' })])).toEqual([
      'specs/wire/a.json lies among cases, but its schema is ../tokens.schema.json: name ../case.schema.json, or move it',
    ]);
  });

  test('id', () => {
    const retired = file('specs/retired.json', {
      retired: { 'wire/old': { successor: 'wire/x/row' }, 'wire/y': {}, 'wire/older': { successor: 'wire/gone' } },
    });
    const first = cases('specs/wire/a.json', { ...some('wire/x'), each: { row: {} } }, some('wire/y'));
    const second = cases('specs/wire/b.json', some('wire/x'));
    expect(idProblems([retired, first, second])).toEqual([
      'specs/wire/b.json: wire/x is already the id of a case in specs/wire/a.json; choose another',
      'specs/wire/a.json: wire/y is retired (specs/retired.json) and names another check for ever; choose another id',
      'specs/retired.json: wire/older names the successor wire/gone, which is no case; name one, or leave it out',
    ]);
  });

  test.each([
    ['A custom attribute is written', 'begins with a capital: begin in lower case, or with a name of the API'],
    ['the answer is {}.', 'ends in a full stop: drop it'],
    ['a write should be refused', 'says "should": state what happens, "a write is refused"'],
    ['test that a write is refused', 'says "test that": state what happens, "a write is refused"'],
    ['Verify that a write is refused', 'says "Verify that": state what happens, "a write is refused"'],
    ['a code of six digits works', 'says "works": state what happens, "a write is refused"'],
    ['x'.repeat(91), 'has 91 characters: 90 are enough'],
  ])('title: %s', (title, fault) => {
    const problems = titleProblems([cases('specs/wire/a.json', some('wire/x', title))]);
    expect(problems).toContain(`specs/wire/a.json: the title of wire/x ${fault}`);
  });

  test.each([
    'GetUser answers',
    'Cognito answers',
    'CORS allows any origin',
    '200 answers hold JSON',
    'x-amz-target is read',
  ])('title that is fine: %s', (title) =>
    expect(titleProblems([cases('specs/wire/a.json', some('wire/x', title))])).toEqual([]),
  );

  test('title used twice', () => {
    expect(
      titleProblems([cases('specs/wire/a.json', some('wire/x')), cases('specs/wire/b.json', some('wire/y'))]),
    ).toEqual(['specs/wire/b.json: the title of wire/y is also that of wire/x: say how they differ']);
  });

  test('evidence', () => {
    const one = file('specs/evidence/a.json', {
      evidence: [{ id: 'seen' }, { id: 'odd', untested: 'no caller sees it' }],
    });
    const two = file('specs/evidence/b.json', { evidence: [{ id: 'odd', untested: 'again' }, { id: 'lost' }] });
    expect(evidenceProblems([one, two, cases('specs/wire/a.json', some('wire/x'))])).toEqual([
      'specs/evidence/b.json: odd is already the id of an entry in specs/evidence/a.json; merge them or choose another',
      'specs/evidence/b.json: no case cites lost; cite it, or say in "untested" why no case can',
    ]);
  });
});

function schemaProblems({ path, text }: File): string[] {
  let content: Content;
  try {
    content = JSON.parse(text) as Content;
  } catch (error) {
    return [`${path} is not JSON: ${(error as Error).message}`];
  }
  const name = content.$schema;
  if (name === draft) return compileProblems(path, content);
  if (typeof name !== 'string')
    return [
      `${path} names no schema: begin with "$schema" and the schema's path from here, such as "../case.schema.json"`,
    ];
  if (!name.startsWith('.')) return [`${path} names the schema ${name}: name a file of the package`];
  const schema = posix.join(posix.dirname(path), name);
  if (!existsSync(posix.join(root, schema))) return [`${path} names the schema ${name}, but there is no ${schema}`];

  const validate = validator(schema);
  if (validate(content)) return [];
  return (validate.errors ?? [])
    .filter(({ keyword }) => keyword !== 'propertyNames')
    .map(({ instancePath, message, propertyName, params }) => {
      const extra = params['additionalProperty'] ? ` (${params['additionalProperty']})` : '';
      const named = propertyName === undefined ? '' : ` has the name "${propertyName}", which`;
      return `${path}#${instancePath}${named} ${message}${extra}: see ${schema}`;
    });
}

function compileProblems(path: string, schema: Content): string[] {
  try {
    strict().compile(schema);
    return [];
  } catch (error) {
    return [`${path} is no clean JSON Schema: ${(error as Error).message}`];
  }
}

const validators = new Map<string, ReturnType<Ajv2020['compile']>>();

/** To compile one takes longer than to hold all files against it. */
function validator(schema: string): ReturnType<Ajv2020['compile']> {
  const validate =
    validators.get(schema) ?? strict().compile(JSON.parse(readFileSync(posix.join(root, schema), 'utf8')) as Content);
  validators.set(schema, validate);
  return validate;
}

/** `required` may name members that a branch beside it describes. */
function strict(): Ajv2020 {
  return new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
}

function placeProblems(all: File[]): string[] {
  return all.flatMap((file) => {
    const [top, area, topic, ...deeper] = file.path.split('/');
    const content = read(file);
    const among = top === 'specs' && topic !== undefined && area !== 'evidence' && area !== 'shapes';
    if (!content.cases) {
      if (!among) return [];
      return [
        `${file.path} lies among cases, but its schema is ${content.$schema}: name ../case.schema.json, or move it`,
      ];
    }
    if (!among || deeper.length > 0) return [`${file.path} holds cases: move it to specs/<area>/<topic>.json`];
    return content.cases
      .filter(({ id }) => !id.startsWith(`${area}/`))
      .map(
        ({ id }) =>
          `${file.path} holds ${id}: begin the id with ${area}/, or move the case to specs/${id.split('/')[0]}/`,
      );
  });
}

function idProblems(all: File[]): string[] {
  const retired = all.flatMap((file) => Object.entries(read(file).retired ?? {}));
  const live = new Map<string, string>();
  const problems: string[] = [];
  for (const { file, id, each } of casesOf(all)) {
    const other = live.get(id);
    if (other) problems.push(`${file}: ${id} is already the id of a case in ${other}; choose another`);
    for (const one of [id, ...Object.keys(each ?? {}).map((row) => `${id}/${row}`)]) live.set(one, file);
  }
  for (const [id] of retired) {
    const file = live.get(id);
    if (!file) continue;
    problems.push(`${file}: ${id} is retired (specs/retired.json) and names another check for ever; choose another id`);
  }
  for (const [id, { successor }] of retired) {
    if (successor === undefined || live.has(successor)) continue;
    problems.push(
      `specs/retired.json: ${id} names the successor ${successor}, which is no case; name one, or leave it out`,
    );
  }
  return problems;
}

/** Words with one capital that begin a title as a name; `GetUser` and `CORS` show themselves. */
const names = ['Amazon', 'Cognito', 'Lambda', 'Name', 'Unicode', 'Username', 'Value'];

function titleProblems(all: File[]): string[] {
  const seen = new Map<string, string>();
  return casesOf(all).flatMap(({ file, id, title }) => {
    const faults: string[] = [];
    const [first = ''] = title.split(/[\s,']/);
    const word = /\b(should|test that|verify that|works)\b/i.exec(title)?.[0];
    const other = seen.get(title);
    seen.set(title, id);
    if (/^[A-Z]/.test(first) && !/[A-Z].*[A-Z]/.test(first) && !names.includes(first))
      faults.push('begins with a capital: begin in lower case, or with a name of the API');
    if (word) faults.push(`says "${word}": state what happens, "a write is refused"`);
    if (title.endsWith('.')) faults.push('ends in a full stop: drop it');
    if (title.length > 90) faults.push(`has ${title.length} characters: 90 are enough`);
    if (other) faults.push(`is also that of ${other}: say how they differ`);
    return faults.map((fault) => `${file}: the title of ${id} ${fault}`);
  });
}

function evidenceProblems(all: File[]): string[] {
  const cited = new Set(casesOf(all).flatMap(({ evidence }) => evidence));
  const seen = new Map<string, string>();
  return all.flatMap((file) =>
    (read(file).evidence ?? []).flatMap(({ id, untested }) => {
      const other = seen.get(id);
      seen.set(id, file.path);
      if (other) return [`${file.path}: ${id} is already the id of an entry in ${other}; merge them or choose another`];
      if (cited.has(id) || untested) return [];
      return [`${file.path}: no case cites ${id}; cite it, or say in "untested" why no case can`];
    }),
  );
}

function casesOf(all: File[]): (CaseHead & { file: string })[] {
  return all.flatMap((file) => (read(file).cases ?? []).map((one) => ({ ...one, file: file.path })));
}

/** The first rule reports what cannot be read. */
function read({ text }: File): Content {
  try {
    return JSON.parse(text) as Content;
  } catch {
    return {};
  }
}
