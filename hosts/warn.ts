import { plainLines } from '../reports/plain.ts';

/** Says something on standard error. What a target or a file says in it does nothing to a terminal, nor to a runner. */
export function warn(text: string): void {
  console.error(plainLines(text));
}
