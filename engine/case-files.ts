import type { Case, CaseFile, CaseSource, Json, Level } from './case.ts';
import { isObject } from './answer.ts';
import { lint, type Written } from './lint.ts';
import { layoutOf, partOf, repeatsNames, syntaxErrorIn } from './positions.ts';
import { placed, type Problem } from './problem.ts';
import type { SupportData } from './suite.ts';

/** A file as it was read. */
export interface TextFile {
  file: string;
  text: string;
}

/** What the schema of its kind says of a file. */
export type Check = (file: string, content: Json) => Problem[];

export interface ReadCases {
  /** Every row of every case, those at fault among them, in the order of the files. */
  cases: Case[];
  faults: Problem[];
}

/**
 * Reads case files. What is wrong with a case, or with a file, is its own fault and stops no other. Without a check the
 * files are known to be in order.
 */
export function readCaseFiles(files: readonly TextFile[], check: Check | undefined, suite: SupportData): ReadCases {
  const parsed = files.map((file) => parseFile(file, check));
  const all = parsed.flatMap(writtenIn);
  const written = all.filter((one) => !parsed.some(({ problems }) => problems.some((each) => isOf(each, one))));
  const wrong = [...parsed.flatMap(({ problems }) => problems), ...(check ? lint(suite, written) : [])];
  const isWrong = (one: Written): boolean => wrong.some((each) => isOf(each, one));
  // Of two cases with one id the one that is right in all else keeps it.
  const found = [...wrong, ...repeatedIds([...all.filter((one) => !isWrong(one)), ...all.filter(isWrong)])];
  const textOf = new Map(files.map(({ file, text }) => [file, text]));
  const faults = found.map((problem) => placed(problem, textOf.get(problem.file)));
  const cases = parsed.flatMap((file) => {
    const own = faults.filter((fault) => fault.file === file.file);
    return isWhole(file) ? writtenIn(file).flatMap((one) => entriesOf(one, own)) : [fileAtFault(file.file, own)];
  });
  return { cases: withUniqueIds(cases), faults };
}

interface ParsedFile {
  file: string;
  content: Json;
  problems: Problem[];
}

function parseFile({ file, text }: TextFile, check: Check | undefined): ParsedFile {
  const content = contentOf(text);
  if (content === undefined) return { file, content: null, problems: [notJson(file, text)] };
  return { file, content, problems: check ? [...repeatedNames(file, text, content), ...check(file, content)] : [] };
}

/** The value of a JSON text, or undefined where it is none. */
function contentOf(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}

/** Why a text is not JSON, and where. */
export function notJson(file: string, text: string): Problem {
  const { message, ...position } = syntaxErrorIn(text);
  return { file, pointer: '', message: `is not JSON: ${message}`, ...position };
}

/** `JSON.parse` keeps the last of several members of one name and says nothing. */
export function repeatedNames(file: string, text: string, content: Json): Problem[] {
  if (!repeatsNames(text, content)) return [];
  return layoutOf(text).repeated.map(({ pointer, name, position }) => ({
    file,
    pointer,
    message: `"${name}" is there twice: the first one would be passed over`,
    ...position,
  }));
}

/** Nothing is wrong outside of the cases of a file. */
function isWhole({ problems }: ParsedFile): boolean {
  return problems.every(({ pointer }) => /^\/cases\/\d+(\/|$)/.test(pointer));
}

function writtenIn(parsed: ParsedFile): Written[] {
  if (!isWhole(parsed)) return [];
  const { cases } = parsed.content as unknown as CaseFile;
  return cases.map((one, index) => {
    // A check over every answer has no steps of its own.
    const source = isObject(one) && 'over' in one ? { ...one, steps: one.steps ?? [] } : one;
    return { file: parsed.file, pointer: `/cases/${index}`, source };
  });
}

function isOf({ file, pointer }: Problem, written: Pick<Written, 'file' | 'pointer'>): boolean {
  return file === written.file && `${pointer}/`.startsWith(`${written.pointer}/`);
}

function repeatedIds(written: readonly Written[]): Problem[] {
  const seen = new Map<string, string>();
  return written.flatMap(({ file, pointer, source }) => {
    const id: unknown = isObject(source) ? source['id'] : undefined;
    if (typeof id !== 'string') return [];
    const other = seen.get(id);
    if (other === undefined) seen.set(id, `${file} at ${pointer}`);
    return other === undefined ? [] : [{ file, pointer: `${pointer}/id`, message: `the id ${id} is also in ${other}` }];
  });
}

/** The runnable cases of one that is written: a case of every row, `id/slug`. */
function entriesOf(written: Written, problems: readonly Problem[]): Case[] {
  const own = problems.filter((problem) => isOf(problem, written));
  const { file, pointer, source } = written;
  // What is wrong with one row is not the others' fault.
  const inRows = own.every((problem) => problem.pointer.startsWith(`${pointer}/each/`));
  if (own.length > 0 && !inRows) return [caseAtFault(written, own)];
  const { each, ...common } = { ...source, file, pointer };
  if (!each) return [common];
  return Object.entries(each).map(([slug, row]) => {
    const place = `${pointer}/each${partOf(slug)}`;
    const wrong = own.filter((problem) => isOf(problem, { file, pointer: place }));
    const one = { ...common, id: `${source.id}/${slug}`, title: `${source.title} [${slug}]`, row };
    return wrong.length > 0 ? caseAtFault({ file, pointer: place, source: one }, wrong) : one;
  });
}

const LEVELS: readonly string[] = ['must', 'should', 'may'] satisfies Level[];

/** Listed, never sent. Of what is wrong with it nothing is taken over. */
function caseAtFault({ file, pointer, source }: Written, problems: readonly Problem[]): Case {
  const { id, title, level }: Partial<CaseSource> = isObject(source) ? source : {};
  return {
    id: typeof id === 'string' && id !== '' ? id : `${file}#${pointer}`,
    title: typeof title === 'string' && title !== '' ? title : `${file}#${pointer}`,
    level: LEVELS.includes(String(level)) ? (level as Level) : 'must',
    evidence: [],
    steps: [],
    file,
    pointer,
    faults: problems,
  };
}

export function fileAtFault(file: string, faults: readonly Problem[]): Case {
  return { id: file, title: file, level: 'must', evidence: [], steps: [], file, pointer: '', faults };
}

/** The folder that a case lies in: its id begins with it, unless that is what is wrong with it. */
export function areaOf({ id, file, faults }: Case): string {
  return (faults ? file.split('/')[1] : id.split('/')[0]) ?? '';
}

/** Results are told apart by ids: one at fault whose id is taken goes by its place. */
function withUniqueIds(cases: Case[]): Case[] {
  const taken = new Set(cases.flatMap(({ id, faults }) => (faults ? [] : [id])));
  return cases.map((one) => {
    if (!one.faults) return one;
    const id = taken.has(one.id) ? `${one.file}#${one.pointer}` : one.id;
    taken.add(id);
    return { ...one, id };
  });
}
