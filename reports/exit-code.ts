import type { Report, Totals } from '../engine/result.ts';

/** 0 conforms, 1 differs, 3 no difference found but not everything was judged. 2 and 130 are the command's own. */
export type ExitCode = 0 | 1 | 3;

/** Of several reports the worst: a difference (1) before something unjudged (3). No report at all is 3. */
export function exitCode(reports: readonly Report[], { strict }: { strict: boolean }): ExitCode {
  const codes = reports.map((report) => codeOf(report, strict));
  if (codes.includes(1)) return 1;
  return codes.length === 0 || codes.includes(3) ? 3 : 0;
}

function codeOf({ totals, run }: Report, strict: boolean): ExitCode {
  if (differences(totals, strict) > 0) return 1;
  const judged = totals.pass + totals.warn + totals.info + totals.known;
  return run.problem !== undefined || !run.complete || totals.error > 0 || judged === 0 ? 3 : 0;
}

function differences(totals: Totals, strict: boolean): number {
  return totals.fail + totals.blocked + totals.fixed + totals.changed + (strict ? totals.warn : 0);
}
