import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { Evidence, Json, JsonObject } from './case.ts';
import { fileAtFault, notJson, readCaseFiles, repeatedNames, type Check, type TextFile } from './case-files.ts';
import { coverageProblems } from './lint-coverage.ts';
import { idleEvidence } from './lint-evidence.ts';
import { placed, sayProblem, type Problem } from './problem.ts';
import { schemaProblems } from './schema-problems.ts';
import type { Operation, Suite, SupportData } from './suite.ts';
import type { TokenKind } from './tokens.ts';

/** Data that all cases rest on is not as it must be. One line a problem: file, line, pointer, what was found, what is allowed. */
export class SuiteError extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(problems.map(sayProblem).join('\n'));
    this.name = 'SuiteError';
    this.problems = problems;
  }
}

export interface SuiteAbout {
  name: string;
  version: string;
  /** The digest of data that were found in order before: the very same need not be checked again. */
  checked?: string | undefined;
}

/**
 * Reads and checks `specs/` and `fixtures/` under a root. What is wrong with cases is told in `faults`; throws a
 * `SuiteError` that names everything wrong with what they rest on.
 */
export function loadSuite(root: URL, { checked, ...about }: SuiteAbout): Suite {
  const folder = fileURLToPath(root);
  const ajv = checked !== undefined && checked === digestOfData(root) ? undefined : schemas();
  const check = ajv && checker(folder, 'specs/case.schema.json', ajv);
  const support = readSupport(folder, ajv);
  const files = filesIn(folder, 'specs').filter((file) => !/^specs\/(evidence|shapes|format-tests)\//.test(file));
  const unreadable: Problem[] = [];
  const caseFiles = files
    .filter((file) => depthOf(file) === 3)
    .flatMap((file) => readUnless(folder, file, (problems) => unreadable.push(...problems)));
  const { cases, faults } = readCaseFiles(caseFiles, check, support);
  const strays = [...unreadable, ...files.filter((file) => depthOf(file) > 3).map(stray)];
  return {
    ...about,
    ...support,
    hash: hashOf([...caseFiles, ...filesIn(folder, 'fixtures').map((file) => readText(folder, file))]),
    cases: [...cases, ...strays.map((problem) => fileAtFault(problem.file, [problem]))],
    faults: [...faults, ...strays],
  };
}

/**
 * Checks what no case rests on: statements, constraints, reasons, and evidence that nobody cites. Throws a `SuiteError`.
 * Not while cases are at fault: one of them may be the one that is named or missed.
 */
export function requireCoverage(suite: Suite): void {
  const { folder, faults } = suite;
  const ajv = schemas();
  for (const name of ['statements', 'constraints', 'untested']) {
    const { file, text, content } = readJson(folder, `specs/${name}.json`);
    const check = checker(folder, `specs/${name}.schema.json`, ajv);
    requireNone(check(file, content).map((problem) => placed(problem, text)));
  }
  if (faults.length > 0) return;
  requireNone(idleProblems(folder, idleEvidence(suite)));
  requireNone(coverageProblems(suite).map((problem) => placed(problem, textOf(folder, problem.file))));
}

/** Of everything that is read and checked: cases, what they rest on, and the schemas of both. */
export function digestOfData(root: URL): string {
  const folder = fileURLToPath(root);
  const hash = createHash('sha256');
  const files = filesIn(folder, 'specs').filter((file) => !file.startsWith('specs/format-tests/'));
  for (const file of [...files, ...filesIn(folder, 'fixtures')]) hash.update(file).update(readText(folder, file).text);
  return hash.digest('hex');
}

/** The schemas themselves are the package's own: a test holds them against what JSON Schema allows. */
function schemas(): Ajv2020 {
  return new Ajv2020({ allErrors: true, verbose: true, strict: false, validateSchema: false });
}

/** Reads what cases rest on, and checks it by the schemas, if any. Throws a `SuiteError`. */
export function readSupport(folder: string, ajv: Ajv2020 | undefined): SupportData {
  const evidenceFiles = inFolder(folder, 'specs/evidence').map((file) => readJson(folder, file));
  const check = ajv && checker(folder, 'specs/evidence.schema.json', ajv);
  if (check) {
    requireNone(
      evidenceFiles.flatMap(({ file, text, content }) =>
        [...repeatedNames(file, text, content), ...check(file, content)].map((problem) => placed(problem, text)),
      ),
    );
  }
  const data = <T>(file: string, member: string): T => {
    const content = readJson(folder, file).content as JsonObject;
    if (content[member] === undefined) throw new SuiteError([{ file, pointer: '', message: `lacks "${member}"` }]);
    return content[member] as T;
  };
  const evidence = evidenceFiles.flatMap(({ content }) => (content as unknown as { evidence: Evidence[] }).evidence);
  requireNone(repeatedEvidence(evidenceFiles));
  const shapes = inFolder(folder, 'specs/shapes').map((file) => [nameOf(file), readJson(folder, file).content]);
  return {
    folder,
    evidence: new Map(evidence.map((entry) => [entry.id, entry])),
    operations: data<Record<string, Operation>>('specs/operations.json', 'operations'),
    shapes: Object.fromEntries(shapes) as SupportData['shapes'],
    tokenKinds: data<Record<string, TokenKind>>('specs/tokens.json', 'kinds'),
    patterns: data<Record<string, JsonObject>>('specs/patterns.json', 'patterns'),
    pools: data<Record<string, JsonObject>>('fixtures/pools.json', 'pools'),
    client: data<JsonObject>('fixtures/client.json', 'client'),
    retired: data<Suite['retired']>('specs/retired.json', 'retired'),
    statements: data<Suite['statements']>('specs/statements.json', 'statements'),
    constraints: data<Suite['constraints']>('specs/constraints.json', 'constraints'),
    untested: data<Suite['untested']>('specs/untested.json', 'untested'),
  };
}

function repeatedEvidence(files: readonly (TextFile & { content: Json })[]): Problem[] {
  const seen = new Map<string, string>();
  return files.flatMap(({ file, text, content }) =>
    (content as unknown as { evidence: Evidence[] }).evidence.flatMap(({ id }, index) => {
      const other = seen.get(id);
      seen.set(id, other ?? file);
      if (other === undefined) return [];
      const message = `the evidence ${id} is also in ${other}: join them, or choose another id`;
      return [placed({ file, pointer: `/evidence/${index}/id`, message }, text)];
    }),
  );
}

/** Holds files against a schema of the package. */
function checker(folder: string, schema: string, ajv: Ajv2020): Check {
  const validate = ajv.compile(readJson(folder, schema).content as JsonObject);
  return (file, content) => (validate(content) ? [] : schemaProblems(file, validate.errors ?? []));
}

function stray(file: string): Problem {
  return { file, pointer: '', message: 'is passed over: case files lie at specs/<area>/<topic>.json' };
}

/** Where the entries stand that nobody cites. */
function idleProblems(folder: string, ids: readonly string[]): Problem[] {
  if (ids.length === 0) return [];
  return inFolder(folder, 'specs/evidence').flatMap((name) => {
    const { text, content } = readJson(folder, name);
    return (content as unknown as { evidence: Evidence[] }).evidence.flatMap(({ id }, index) => {
      if (!ids.includes(id)) return [];
      const message = `${id} is cited by no case and has no "untested" reason`;
      return [placed({ file: name, pointer: `/evidence/${index}`, message }, text)];
    });
  });
}

/** Idle reasons are told of evidence as a whole. */
function textOf(folder: string, file: string): string | undefined {
  return file.endsWith('.json') ? readText(folder, file).text : undefined;
}

function requireNone(problems: Problem[]): void {
  if (problems.length > 0) throw new SuiteError(problems);
}

function readJson(folder: string, name: string): TextFile & { content: Json } {
  const { file, text } = readText(folder, name);
  try {
    return { file, text, content: JSON.parse(text) as Json };
  } catch {
    throw new SuiteError([notJson(file, text)]);
  }
}

/** Nothing, once it was told why, where a file cannot be read. */
function readUnless(folder: string, file: string, tell: (problems: Problem[]) => void): TextFile[] {
  try {
    return [readText(folder, file)];
  } catch (error) {
    if (!(error instanceof SuiteError)) throw error;
    tell(error.problems);
    return [];
  }
}

function readText(folder: string, file: string): TextFile {
  try {
    return { file, text: readFileSync(join(folder, file), 'utf8') };
  } catch (error) {
    throw new SuiteError([{ file, pointer: '', message: `cannot be read (${(error as NodeJS.ErrnoException).code})` }]);
  }
}

function filesIn(folder: string, within: string): string[] {
  return readdirSync(join(folder, within), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => `${within}/${name.replaceAll('\\', '/')}`)
    .sort();
}

/** The files of a folder, and of none below it. */
function inFolder(folder: string, within: string): string[] {
  return filesIn(folder, within).filter((file) => depthOf(file) === depthOf(within) + 1);
}

function depthOf(file: string): number {
  return file.split('/').length;
}

function nameOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.json$/, '');
}

/** Of what is said, not of how it is laid out. */
function hashOf(files: TextFile[]): string {
  const hash = createHash('sha256');
  for (const { file, text } of files) hash.update(file).update(compact(text));
  return hash.digest('hex').slice(0, 16);
}

function compact(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text));
  } catch {
    return text;
  }
}
