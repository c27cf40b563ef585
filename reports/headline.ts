import type { Report, Verdict } from '../engine/result.ts';
import { acting, causes, type Cause } from './causes.ts';
import type { ReportContext } from './context.ts';
import { exitCode } from './exit-code.ts';
import { cases } from './finding.ts';
import { tally } from './matrix.ts';
import { outcome } from './summary.ts';

export interface Headline {
  /** `does not conform`. */
  outcome: string;
  /** How much of what was judged passes, and how much was not judged; or why nothing was. */
  counts: string;
  /** Why it differs, the most frequent first. */
  causes: Cause[];
}

const MOST = 3;
/** Of the first that there are. */
const told: readonly (readonly Verdict[])[] = [acting, ['known'], ['warn', 'info']];

/** What a reader is told first. */
export function headline(report: Report, { strict }: Pick<ReportContext, 'strict'>): Headline {
  const { results, run, totals } = report;
  const { passed, judged, skipped, unreached } = tally(results);
  const [words] = outcome(report, exitCode([report], { strict }));
  const left = [
    ...(unreached > 0 ? [`${unreached} of them never reached (blocked)`] : []),
    ...(skipped > 0 ? [`${skipped} skipped`] : []),
    ...(totals.error > 0 ? [`${totals.error} could not be judged`] : []),
    ...(run.complete ? [] : ['the run was interrupted']),
  ];
  const first = told.map((verdicts) => causes(results, verdicts)).find((list) => list.length > 0) ?? [];
  return {
    outcome: words,
    counts: run.problem ?? [`it passes ${passed} of ${cases(judged)} judged`, ...left].join(', '),
    causes: first.slice(0, MOST),
  };
}
