import type { Report, Result } from '../../engine/result.ts';
import { acting, causes, counted } from '../causes.ts';
import { reportName } from '../column-names.ts';
import { cases } from '../finding.ts';
import { tally } from '../matrix.ts';
import { plain } from '../plain.ts';
import { targetName } from '../target-name.ts';
import type { CauseLink, Column } from './page.ts';

const mostReasons = 3;

/** One report as a column; `contract` is how many cases there are, `date` how it is told from others. */
export function column(report: Report, contract: number, date: string): Column {
  const { target, results, totals, run } = report;
  // What is known is not the next to be mended, and a detail only where nothing else differs.
  const grave = [...causes(results, acting), ...causes(results, ['known'])];
  const told = grave.length > 0 ? grave : causes(results, ['warn', 'info']);
  const skips = causes(results, ['skip']);
  return {
    name: plain(targetName(target, reportName(report))),
    date,
    endpoint: plain(target.endpoint),
    sentence: sentence(report),
    coverage: coverage(results, contract),
    totals,
    causes: told.map(link),
    skipped: skips.map(link),
    notes: [
      ...(run.discovered ?? []).map(({ what, inferred, from }) => `${what}: ${inferred} (${from})`),
      ...(run.notes ?? []),
      ...unmodelled(results),
    ].map(plain),
  };
}

function sentence({ results, run, totals }: Report): string {
  if (run.problem !== undefined) return plain(`Nothing could be judged: ${run.problem}`);
  const { passed, judged, unreached } = tally(results);
  if (judged === 0) return 'Nothing was judged.';
  const parts = [
    `passes ${passed} of ${judged} judged ${judged === 1 ? 'case' : 'cases'} (${percent(passed, judged)})`,
    ...(unreached > 0 ? [`never reaches ${unreached} of them (blocked)`] : []),
    ...(totals.fail > 0 ? [`breaks a must in ${totals.fail}`] : []),
    ...(totals.changed > 0 ? [`differs otherwise than known in ${totals.changed}`] : []),
    ...(totals.known > 0 ? [`differs as known in ${totals.known}`] : []),
  ];
  const text = parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : parts[0];
  return `${run.complete ? 'It' : 'Interrupted, it'} ${text}.`;
}

function coverage(results: readonly Result[], contract: number): string {
  const { judged } = tally(results);
  const of = Math.max(contract, results.length);
  const left = of - results.length;
  const skips = causes(results, ['skip']);
  const unjudged = results.filter(({ verdict }) => verdict === 'error').length;
  return plain(
    [
      `That covers ${percent(judged, of)} of the contract's ${cases(of)}.`,
      ...(skips.length > 0 ? [`Skipped ${counted(skips, mostReasons)}.`] : []),
      ...(unjudged > 0 ? [`Could not be judged: ${unjudged}.`] : []),
      ...(left > 0 ? [`Not run: ${left}.`] : []),
    ].join(' '),
  );
}

/** Never `100 %` of what is not whole, nor `0 %` of what is there. */
function percent(part: number, whole: number): string {
  const rounded = Math.round((part / whole) * 100);
  const honest = part < whole ? Math.min(rounded, 99) : rounded;
  return `${part > 0 ? Math.max(honest, 1) : honest} %`;
}

function link({ cause, verdict, results }: ReturnType<typeof causes>[number]): CauseLink {
  const verdicts = new Set([verdict, ...results.map((result) => result.verdict)]);
  return { cause: plain(cause), verdicts: [...verdicts] as CauseLink['verdicts'], count: results.length };
}

function unmodelled(results: readonly Result[]): string[] {
  const members = [...new Set(results.flatMap((result) => result.unmodelled ?? []))].sort();
  return members.length === 0 ? [] : [`members that AWS does not model: ${members.join(', ')}`];
}
