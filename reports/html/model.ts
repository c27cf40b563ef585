import type { Report, Result, Verdict } from '../../engine/result.ts';
import type { FindEvidence } from '../best-claim.ts';
import { acting, causeOf } from '../causes.ts';
import { reportName } from '../column-names.ts';
import { sightings } from '../explain/evidence.ts';
import { plain, plainLines } from '../plain.ts';
import { targetName } from '../target-name.ts';
import { column } from './column.ts';
import { difference } from './difference.ts';
import { exchanges } from './exchanges.ts';
import type { Cell, Page, Row, Source } from './page.ts';

export interface ModelContext {
  evidence: FindEvidence;
  /** Every case of the suite, and the operations and means that it needs. */
  contract?: ReadonlyMap<string, readonly string[]> | undefined;
}

/** What a reader acts on first. */
const urgency: readonly Verdict[] = [...acting, 'warn', 'known', 'info', 'skip', 'pass'];

/** What the page shows of some reports: a pure function of them. A self-test is a column only where nothing else is. */
export function pageOf(reports: readonly Report[], { evidence, contract }: ModelContext): Page {
  const judging = reports.filter(({ target }) => target.selfTest !== true);
  const shown = judging.length > 0 ? judging : reports;
  const rows = rowsOf(shown, contract);
  return {
    suite: [...new Set(reports.map(({ suite }) => plain(`${suite.name} ${suite.version}`)))].join(', '),
    columns: shown.map((report) => column(report, contract?.size ?? 0, dateOf(report, shown))),
    selfTests: reports.filter((report) => !shown.includes(report)).map(selfTestOf),
    cases: rows,
    evidence: Object.fromEntries(
      [...new Set(rows.flatMap((row) => row.evidence))].map((id) => [id, source(id, evidence)]),
    ),
  };
}

function rowsOf(reports: readonly Report[], contract: ModelContext['contract']): Row[] {
  const byId = reports.map(({ results }) => new Map(results.map((result) => [result.id, result])));
  const all = new Map(reports.flatMap(({ results }) => results.map((result) => [result.id, result])));
  const rows = [...all.values()].map(({ id, title, area, level, file, evidence }) => ({
    id: plain(id),
    title: plain(title),
    area: plain(area),
    level,
    file: plain(file),
    evidence,
    features: [...new Set([area, ...(contract?.get(id) ?? [])])].map(plain),
    cells: byId.map((results) => cell(results.get(id))),
  }));
  const work = new Map<string, number>();
  for (const { area, cells } of rows) work.set(area, (work.get(area) ?? 0) + cells.filter(acts).length);
  return rows.sort(
    (a, b) =>
      (work.get(b.area) ?? 0) - (work.get(a.area) ?? 0) ||
      compare(a.area, b.area) ||
      first(a) - first(b) ||
      compare(a.id, b.id),
  );
}

function cell(result: Result | undefined): Cell | null {
  if (result === undefined) return null;
  const { verdict, reason, issue, mismatches, steps, reproduction } = result;
  if (verdict === 'pass') return { verdict };
  return {
    verdict,
    ...(reason !== undefined && { reason: plain(reason) }),
    cause: plain(causeOf(result)),
    ...(issue !== undefined && { issue: plain(issue) }),
    ...(mismatches.length > 0 && { differences: mismatches.map(difference) }),
    ...(steps.length > 0 && verdict !== 'skip' && { exchanges: exchanges(result) }),
    ...(reproduction !== undefined && { reproduction: plainLines(reproduction) }),
  };
}

function source(id: string, find: FindEvidence): Source {
  const found = find(id);
  return {
    statement: plain(found?.statement ?? `${id} is not in this suite`),
    claims: sightings(found?.claims ?? []).map(([{ on, tier, outcome, source, date }, answers]) => ({
      on,
      tier,
      outcome: plain(answers.length === 0 ? outcome : `${outcome} (${answers.join(', ')})`),
      source: plain(source),
      ...(date !== undefined && { date }),
    })),
    contradictions: (found?.contradictions ?? []).map(plain),
  };
}

/** The day; with the time, where another column of the same target is of the same day. */
function dateOf(report: Report, all: readonly Report[]): string {
  const day = report.run.startedAt.slice(0, 10);
  const name = reportName(report);
  const sameDay = all.filter((other) => reportName(other) === name && other.run.startedAt.startsWith(day));
  return plain(sameDay.length > 1 ? `${day} ${report.run.startedAt.slice(11, 19)}` : day);
}

function selfTestOf(report: Report): string {
  const { target, totals, results } = report;
  return plain(`${targetName(target, reportName(report))} passes ${totals.pass} of ${results.length}.`);
}

function acts(cell: Cell | null): boolean {
  return cell !== null && acting.includes(cell.verdict);
}

/** The most urgent of its verdicts. */
function first({ cells }: Row): number {
  return Math.min(...cells.map((one) => (one === null ? urgency.length : urgency.indexOf(one.verdict))));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
