import type { Report, Verdict } from '../engine/result.ts';
import { causes, counted } from './causes.ts';
import { wrap } from './columns.ts';
import { duration } from './duration.ts';
import { exitCode, type ExitCode } from './exit-code.ts';
import type { Page } from './finding.ts';
import { styles, type Style } from './paint.ts';
import { plain } from './plain.ts';
import { targetName } from './target-name.ts';
import { isUnreached } from './unreached.ts';

const order: readonly Verdict[] = ['pass', 'fail', 'changed', 'blocked', 'fixed', 'error', 'warn', 'info', 'known'];

/** One sentence a target: the outcome, every verdict's count, why cases were skipped, how long it took. */
export function summary(report: Report, strict: boolean, { paint, width }: Page, name?: string): string[] {
  const { results, target, totals, run } = report;
  const blockers = causes(results, ['blocked']).length;
  const skipped = causes(results, ['skip']);
  const parts = [
    ...order.filter((verdict) => totals[verdict] > 0).flatMap((verdict) => count(verdict, report, blockers)),
    ...(skipped.length > 0 ? [`skipped ${counted(skipped)}`] : []),
  ];
  const [words, style] = outcome(report, exitCode([report], { strict }));
  const text = `${targetName(target, name)} ${words}: ${parts.join(', ') || 'no results'}; ${run.complete ? '' : 'incomplete after '}${duration(run.durationMs)}`;
  return wrap(plain(text), width - 2).map((line, index) =>
    index === 0 ? line.replace(words, () => paint(style, words)) : `  ${line}`,
  );
}

function count(verdict: Verdict, { results, totals }: Report, blockers: number): string[] {
  const number = totals[verdict];
  if (verdict === 'blocked') return [`${number} blocked (${blockers === 1 ? '1 cause' : `${blockers} causes`})`];
  const unreached =
    verdict === 'known' ? results.filter((one) => one.verdict === 'known' && isUnreached(one)).length : 0;
  return [
    ...(number > unreached ? [`${number - unreached} ${verdict}`] : []),
    ...(unreached > 0 ? [`${unreached} known and never reached`] : []),
  ];
}

/** The verdict on a target in words. */
export function outcome({ target, totals }: Report, code: ExitCode): [words: string, style: Style] {
  const passes = target.selfTest === true;
  if (code === 1) return [passes ? 'does not pass' : 'does not conform', styles.fail];
  if (code === 0 && totals.known > 0) return ['differs only as known', styles.known];
  if (code === 0) return [passes ? 'passes' : 'conforms', styles.pass];
  const judged = totals.pass + totals.warn + totals.info + totals.known > 0;
  return [judged ? 'was not judged in full' : 'was not judged', styles.error];
}
