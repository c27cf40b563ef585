import type { Report, Result, Verdict } from '../engine/result.ts';
import type { FindEvidence } from './best-claim.ts';
import { causes } from './causes.ts';
import { cut, wrap } from './columns.ts';
import { cases, finding, findingLine, type Page } from './finding.ts';
import { painter } from './paint.ts';
import { plain } from './plain.ts';
import { summary } from './summary.ts';
import { targetName } from './target-name.ts';

export interface TerminalContext {
  evidence: FindEvidence;
  colour: boolean;
  /** Columns of the terminal; more than 120 are not used. */
  width: number;
  /** Whether warnings count as differences. */
  strict: boolean;
  /** The file that holds a target's known differences. */
  baseline?: ((target: string) => string | undefined) | undefined;
}

const needsAction: readonly Verdict[] = ['fail', 'blocked', 'fixed', 'changed', 'error'];
const mostNotes = 5;
const mostKnown = 8;

/** What a person reads after a run: what needs action, cause by cause, then one summary a target. */
export function terminal(reports: readonly Report[], context: TerminalContext): string {
  const page: Page = {
    paint: painter(context.colour),
    width: Math.min(120, Math.max(40, context.width)),
    evidence: context.evidence,
  };
  const blocks = reports.flatMap((report) => findings(report, context, page));
  const judged = reports.filter(({ run }) => run.problem === undefined);
  const summaries = judged.flatMap((report) => summary(report, context.strict, page));
  return [...blocks, ...(summaries.length > 0 ? [summaries] : [])].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** Blocks of lines; none for a target with nothing to say. */
function findings(report: Report, context: TerminalContext, page: Page): string[][] {
  const { paint, width } = page;
  const { target, results, run } = report;
  const title = wrap(plain(`${targetName(target)} at ${target.endpoint}`), width).map((line) => paint('bold', line));
  if (run.problem !== undefined) return [[...title, ...problem(run.problem, page)]];

  const grave = context.strict ? [...needsAction, 'warn' as const] : needsAction;
  const full = causes(results, grave);
  const glances = context.strict ? [] : causes(results, ['warn']);
  const blocks = [
    ...full.map((cause) => finding(cause, page)),
    glances.map((cause) => findingLine(cause, page)),
    notes(run.notes ?? [], page),
    known(results, context.baseline?.(target.name), page),
  ].filter((lines) => lines.length > 0);
  return blocks.length === 0 ? [] : [title, ...blocks];
}

function problem(text: string, { paint, width }: Page): string[] {
  return wrap(plain(`nothing could be judged: ${text}`), width - 9).map((line, index) =>
    index === 0 ? `${paint('magenta', 'PROBLEM')}  ${line}` : `         ${line}`,
  );
}

function notes(list: readonly string[], { paint, width }: Page): string[] {
  const lines = list.slice(0, mostNotes).map((note) => `${paint('yellow', 'NOTE')}  ${cut(plain(note), width - 6)}`);
  return list.length > mostNotes ? [...lines, `      … and ${list.length - mostNotes} more`] : lines;
}

/** What is known is not held against the target, and still what a reader wants to hear of first. */
function known(results: readonly Result[], baseline: string | undefined, { paint, width }: Page): string[] {
  const all = causes(results, ['known']);
  const count = all.reduce((sum, cause) => sum + cause.results.length, 0);
  if (count === 0) return [];
  const verb = count === 1 ? 'differs' : 'differ';
  const head = cut(`KNOWN  ${cases(count)} ${verb} as ${plain(baseline ?? 'the baseline')} says`, width);
  const lines = all
    .slice(0, mostKnown)
    .map(({ cause, results }) => `${String(results.length).padStart(9)}  ${plain(cause)}`);
  const more = all.length > mostKnown ? [`${' '.repeat(11)}… and ${all.length - mostKnown} more causes`] : [];
  return [head, ...[...lines, ...more].map((line) => paint('dim', cut(line, width)))];
}
