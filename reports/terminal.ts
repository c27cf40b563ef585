import type { Report, Result } from '../engine/result.ts';
import { acting, causes } from './causes.ts';
import { columnNames } from './column-names.ts';
import { cut, wrap } from './columns.ts';
import type { ReportContext } from './context.ts';
import { cases, finding, findingLine, type Page } from './finding.ts';
import { leftOut } from './left-out.ts';
import { tally } from './matrix.ts';
import { painter } from './paint.ts';
import { plain } from './plain.ts';
import { summary } from './summary.ts';
import { targetName } from './target-name.ts';

const mostNotes = 5;
const mostKnown = 8;

/** What a person reads after a run: what needs action, cause by cause, then one summary a target. */
export function terminal(reports: readonly Report[], context: ReportContext): string {
  const page: Page = {
    paint: painter(context.colour),
    width: Math.min(120, Math.max(40, context.width)),
    evidence: context.evidence,
    detail: context.detail,
  };
  const names = columnNames(reports);
  const blocks = reports.flatMap((report, index) => findings(report, names[index], context, page));
  const summaries = reports.flatMap((report, index) =>
    nothingJudged(report) ? [] : summary(report, context.strict, page, names[index]),
  );
  return [...blocks, ...(summaries.length > 0 ? [summaries] : [])].map((lines) => `${lines.join('\n')}\n`).join('\n');
}

/** Blocks of lines; none for a target with nothing to say. */
function findings(report: Report, name: string | undefined, context: ReportContext, page: Page): string[][] {
  const { paint, width } = page;
  const { target, results, run } = report;
  const at = target.endpoint === '' ? '' : ` at ${target.endpoint}`;
  const title = wrap(plain(targetName(target, name) + at), width).map((line) => paint('bold', line));
  const trouble = run.problem === undefined ? [] : problem(run.problem, nothingJudged(report), page);
  if (nothingJudged(report)) return [[...title, ...trouble]];

  const grave = context.strict ? [...acting, 'warn' as const] : acting;
  const full = causes(results, grave);
  const glances = context.strict ? [] : causes(results, ['warn']);
  const [quiet, verbose] = [page.detail === 'quiet', page.detail === 'verbose'];
  const told = [
    known(results, context.baseline?.(target.name), page),
    ...(verbose
      ? glances.map((cause) => finding(cause, page))
      : [glances.flatMap((cause) => findingLine(cause, page))]),
    notes(run.notes ?? [], page),
  ];
  const blocks = [
    ...(quiet ? [] : [discovered(report, page)]),
    ...full.map((cause) => finding(cause, page)),
    ...(quiet ? [] : told),
    hint(full.flatMap(({ results }) => results).find(hasExchanges), page),
  ].filter((lines) => lines.length > 0);
  return blocks.length + trouble.length === 0 ? [] : [[...title, ...trouble], ...blocks];
}

/** Where the run ended before its first verdict. */
function nothingJudged({ run, results }: Report): boolean {
  return run.problem !== undefined && tally(results).judged === 0;
}

function problem(text: string, isAll: boolean, { paint, width }: Page): string[] {
  const lines = `${isAll ? 'nothing could be judged' : 'the run could not go on'}: ${text}`
    .split('\n')
    .flatMap((line) => wrap(plain(line), width - 9));
  return lines.map((line, index) => (index === 0 ? `${paint('magenta', 'PROBLEM')}  ${line}` : `         ${line}`));
}

/** Of an endpoint without a manifest: what it can do, and what was left out and why. */
function discovered({ run, results, target }: Report, { paint, width }: Page): string[] {
  if (run.discovered === undefined) return [];
  const found = run.discovered.map(({ what, inferred }) => `${what}: ${inferred}`);
  const { count, reasons, members } = leftOut(results);
  const named = members.map((member) => `"${member}"`).join(', ');
  const advice = [
    `a manifest can say more (${named}); draft one:`,
    `npx cognito-conformance init --endpoint ${target.endpoint}`,
  ];
  const left = [`${count} of ${cases(results.length)}`, ...reasons, ...(members.length > 0 ? advice : [])];
  return [...labelled('FOUND', found, width, paint), ...(count > 0 ? labelled('LEFT OUT', left, width, paint) : [])];
}

function labelled(label: string, texts: readonly string[], width: number, paint: Page['paint']): string[] {
  const room = 'LEFT OUT'.length + 2;
  const lines = texts.flatMap((text) => wrap(plain(text), width - room));
  return lines.map((line, index) =>
    index === 0 ? `${paint('yellow', label)}${' '.repeat(room - label.length)}${line}` : ' '.repeat(room) + line,
  );
}

function notes(list: readonly string[], { paint, width, detail }: Page): string[] {
  const most = detail === 'verbose' ? Infinity : mostNotes;
  const lines = list.slice(0, most).map((note) => `${paint('yellow', 'NOTE')}  ${cut(plain(note), width - 6)}`);
  return list.length > most ? [...lines, `      … and ${list.length - most} more`] : lines;
}

/** What is known is not held against the target, and still what a reader wants to hear of: in the owner's words. */
function known(all: readonly Result[], baseline: string | undefined, { paint, width, detail }: Page): string[] {
  const results = all.filter(({ verdict }) => verdict === 'known');
  if (results.length === 0) return [];
  const verb = results.length === 1 ? 'differs' : 'differ';
  const head = cut(`KNOWN  ${cases(results.length)} ${verb} as ${plain(baseline ?? 'the baseline')} says`, width);
  const reasons = new Map<string, number>();
  for (const { reason = 'no reason' } of results) reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
  const sorted = [...reasons].sort(([one, some], [other, more]) => more - some || (one < other ? -1 : 1));
  const most = detail === 'verbose' ? Infinity : mostKnown;
  const lines = sorted.slice(0, most).map(([reason, count]) => `${String(count).padStart(9)}  ${plain(reason)}`);
  const rest = sorted.length > most ? [`${' '.repeat(11)}… and ${sorted.length - most} more reasons`] : [];
  return [head, ...[...lines, ...rest].map((line) => paint('dim', cut(line, width)))];
}

/** A check over every answer has none of its own, and a case that was never sent has none at all. */
function hasExchanges({ mismatches, cause = '' }: Result): boolean {
  return mismatches.every(({ step }) => step >= 0) && !cause.startsWith('a fault of the suite');
}

/** A page names what differs; what was sent and what came is in the results. */
function hint(first: Result | undefined, { paint, width }: Page): string[] {
  if (first === undefined) return [];
  const told = [
    ['What was sent and what came: the same command with', `--case ${first.id} --reporter json`],
    ['By hand, with aws and curl:', `npx cognito-conformance explain ${first.id} --script`],
  ] as const;
  return told.flatMap(([text, command]) => beside(text, plain(command), width)).map((line) => paint('dim', line));
}

/** What is to be copied stays on one line, where there is one for it. */
function beside(text: string, command: string, width: number): string[] {
  const line = `${text} ${command}`;
  return line.length <= width ? [line] : [...wrap(text, width), ...wrap(command, width)];
}
