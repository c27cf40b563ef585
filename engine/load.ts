import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import type { Case, CaseFile, Evidence, Json, JsonObject } from './case.ts';
import { lint, type Problem } from './lint.ts';
import { schemaProblems } from './schema-problems.ts';
import type { Operation, Suite } from './suite.ts';
import type { TokenKind } from './tokens.ts';

/** The data of the suite is not as it must be. One line a problem: file, pointer, what was found, what is allowed. */
export class SuiteError extends Error {
  readonly problems: Problem[];
  constructor(problems: Problem[]) {
    super(
      problems.map(({ file, pointer, message }) => `${file}${pointer ? ` at ${pointer}` : ''}: ${message}`).join('\n'),
    );
    this.name = 'SuiteError';
    this.problems = problems;
  }
}

interface Source {
  file: string;
  content: Json;
}

/** Reads and checks `specs/` and `fixtures/` under a root; throws a `SuiteError` naming everything that is wrong. */
export function loadSuite(root: URL, about: { name: string; version: string }): Suite {
  const folder = fileURLToPath(root);
  const read = (file: string): Source => parseFile(folder, file);
  const depthOf = (file: string): number => file.split('/').length;
  const all = (within: string, depth: number): Source[] =>
    filesIn(folder, within)
      .filter((file) => depthOf(file) === depthOf(within) + 1 + depth)
      .map(read);

  const caseFiles = all('specs', 1).filter(({ file }) => !/^specs\/(evidence|shapes)\//.test(file));
  const evidenceFiles = all('specs/evidence', 0);
  const schemas = new Map<string, ValidateFunction>();
  const ajv = new Ajv2020({ allErrors: true, verbose: true, strict: false });
  const check = (source: Source, schemaFile: string): Problem[] => {
    const validate = schemas.get(schemaFile) ?? ajv.compile(read(schemaFile).content as JsonObject);
    schemas.set(schemaFile, validate);
    return validate(source.content) ? [] : schemaProblems(source.file, validate.errors ?? []);
  };
  const strays = filesIn(folder, 'specs').filter((file) => depthOf(file) > 3);
  const problems = [
    ...strays.map((file) => ({
      file,
      pointer: '',
      message: 'is passed over: case files lie at specs/<area>/<topic>.json',
    })),
    ...caseFiles.flatMap((source) => check(source, 'specs/case.schema.json')),
    ...evidenceFiles.flatMap((source) => check(source, 'specs/evidence.schema.json')),
  ];
  if (problems.length > 0) throw new SuiteError(problems);

  const data = <T>(file: string, member: string): T => (read(file).content as JsonObject)[member] as T;
  const evidence = evidenceFiles.flatMap(({ content }) => (content as unknown as { evidence: Evidence[] }).evidence);
  const sources = caseFiles.map(({ file, content }) => ({ file, content: withSteps(content as unknown as CaseFile) }));
  const suite: Suite = {
    ...about,
    hash: hashOf([...caseFiles, ...all('fixtures', 0)]),
    cases: sources.flatMap(({ file, content }) => rowsOf(file, content)),
    evidence: new Map(evidence.map((entry) => [entry.id, entry])),
    operations: data<Record<string, Operation>>('specs/operations.json', 'operations'),
    shapes: Object.fromEntries(
      all('specs/shapes', 0).map(({ file, content }) => [nameOf(file), content as JsonObject]),
    ),
    tokenKinds: data<Record<string, TokenKind>>('specs/tokens.json', 'kinds'),
    patterns: data<Record<string, JsonObject>>('specs/patterns.json', 'patterns'),
    pools: data<Record<string, JsonObject>>('fixtures/pools.json', 'pools'),
    client: data<JsonObject>('fixtures/client.json', 'client'),
    retired: data<Suite['retired']>('specs/retired.json', 'retired'),
  };
  const faults = lint(suite, sources);
  if (faults.length > 0) throw new SuiteError(faults);
  return suite;
}

/** A check over every answer has no steps of its own. */
function withSteps(content: CaseFile): CaseFile {
  return { ...content, cases: content.cases.map((one) => ({ ...one, steps: one.steps ?? [] })) };
}

/** A case of every row: `id/slug`. */
function rowsOf(file: string, { cases }: CaseFile): Case[] {
  return cases.flatMap(({ each, ...source }, index) => {
    const common = { ...source, file, pointer: `/cases/${index}` };
    if (!each) return [common];
    return Object.entries(each).map(([slug, row]) => ({
      ...common,
      id: `${source.id}/${slug}`,
      title: `${source.title} [${slug}]`,
      row,
    }));
  });
}

function parseFile(folder: string, file: string): Source {
  const text = readText(folder, file);
  try {
    return { file, content: JSON.parse(text) as Json };
  } catch (error) {
    throw new SuiteError([
      { file, pointer: '', message: `is not JSON: ${error instanceof Error ? error.message : error}` },
    ]);
  }
}

function readText(folder: string, file: string): string {
  try {
    return readFileSync(join(folder, file), 'utf8');
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

function nameOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.json$/, '');
}

function hashOf(sources: Source[]): string {
  const hash = createHash('sha256');
  for (const { file, content } of sources) hash.update(file).update(JSON.stringify(content));
  return hash.digest('hex').slice(0, 16);
}
