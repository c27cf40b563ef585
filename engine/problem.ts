import { layoutOf, positionIn } from './positions.ts';

/** Something wrong with the data of the suite. */
export interface Problem {
  file: string;
  /** JSON pointer into the file; empty for the file as a whole. */
  pointer: string;
  /** What was found, what is allowed, and the nearest right name. */
  message: string;
  /** Counted from 1; absent where there is no such file. */
  line?: number;
  column?: number;
}

/** `file:line:column at /pointer: message`. */
export function sayProblem({ file, line, column, pointer, message }: Problem): string {
  const place = line === undefined ? file : `${file}:${line}:${column}`;
  return `${place}${pointer === '' ? '' : ` at ${pointer}`}: ${message}`;
}

/** The same problem with its line and column in the text of its file. */
export function placed(problem: Problem, text: string | undefined): Problem {
  if (problem.line !== undefined || text === undefined) return problem;
  return { ...problem, ...positionIn(layoutOf(text), problem.pointer) };
}
