import { sayProblem } from '../engine/problem.ts';
import type { Suite } from '../engine/suite.ts';
import { warn } from './warn.ts';

/** What is wrong with case files, a line each, on stderr: their cases are errors, all others run. */
export function sayFaults({ faults }: Suite): void {
  for (const fault of faults) warn(sayProblem(fault));
}
