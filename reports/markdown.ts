import type { Inference, Report, Result, Verdict } from '../engine/result.ts';
import { acting, causes, counted, type Cause } from './causes.ts';
import { columnNames } from './column-names.ts';
import type { ReportContext } from './context.ts';
import { findingText } from './finding-text.ts';
import { headline } from './headline.ts';
import { matrix, tally, type Matrix, type Tally } from './matrix.ts';
import { plain } from './plain.ts';
import { shortName } from './target-name.ts';

const red: readonly Verdict[] = ['fail', 'blocked', 'fixed', 'changed'];
const differing: readonly Verdict[] = ['fail', 'changed', 'blocked', 'fixed', 'error', 'warn', 'known', 'info'];
/** What needs action, and what deserves a line. */
const quiet: readonly Verdict[] = ['warn', 'known', 'info'];
const mostNames = 5;

/** The matrix of one or several targets, and why they differ; for a repository, a page or a job summary. */
export function markdown(reports: readonly Report[], context: Pick<ReportContext, 'evidence' | 'strict'>): string {
  const whole = matrix(reports);
  const names = columnNames(whole.targets);
  const sections = [
    '# Conformance to the Amazon Cognito user pools API',
    ...whole.targets.map((report, index) => first(report, names[index] ?? '', context)),
    suites(reports),
    whole.targets.length > 0 ? areas(whole, names) : '',
    whole.targets.length > 0
      ? 'Each cell is passed/judged. Skipped cases and errors are not judged; `-` means that nothing was.'
      : '',
    whole.selfTests.map(selfTest).join('\n'),
    whole.differing.length > 0 ? cases(whole, names) : '',
    ...whole.targets.map((report, index) => reasons(report, names[index] ?? '', context)),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** Escapes what Markdown, HTML or a table would read as its own, and what would become a link or a mention. */
export function escape(text: string): string {
  return escapeHtml(plain(text))
    .replace(/[\\`*_{}[\]()#~|!$]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`)
    .replace(/@/g, '&#64;');
}

function suites(reports: readonly Report[]): string {
  const names = reports.map(({ suite }) => `${escape(`${suite.name} ${suite.version}`)}, ${suite.cases} cases`);
  return [...new Set(names)].join('; ');
}

function areas({ areas, totals }: Matrix, names: readonly string[]): string {
  return table(
    ['area', ...names.map(escape)],
    [
      ...areas.map(({ area, cells }) => [escape(area), ...cells.map(cell)]),
      ['**all**', ...totals.map((total) => `**${cell(total)}**`)],
      ...(totals.some(({ unreached }) => unreached > 0)
        ? [['of them never reached (blocked)', ...totals.map(({ unreached }) => `${unreached}`)]]
        : []),
    ],
  );
}

function cell({ passed, judged, skipped }: Tally): string {
  const number = judged === 0 ? '-' : `${passed}/${judged}`;
  return skipped === 0 ? number : `${number}, ${skipped} skipped`;
}

function selfTest({ target, results, run }: Report): string {
  const { passed, judged } = tally(results);
  const named = results.filter(({ verdict }) => differing.includes(verdict)).map(({ id }) => escape(id));
  const list =
    named.slice(0, mostNames).join(', ') + (named.length > mostNames ? `, … and ${named.length - mostNames} more` : '');
  const not = named.length > 0 ? `; not: ${list}` : '';
  const outcome =
    run.problem === undefined ? `passes ${passed} of ${judged}${not}` : `not judged: ${escape(run.problem)}`;
  return `Self-test, proves nothing about Cognito: ${escape(shortName(target, run.via))} ${outcome}.`;
}

function cases({ differing: rows }: Matrix, names: readonly string[]): string {
  const byArea = [...new Set(rows.map(({ area }) => area))].flatMap((area) => [
    [`**${escape(area)}**`, ...names.map(() => '')],
    ...rows.filter((row) => row.area === area).map(caseRow),
  ]);
  const head = ['case', ...names.map(escape)];
  const legend =
    '`warn` differs in a detail, `info` where it may; `skip` lacks the feature; `blocked` was never reached; `error` could not be judged; `known`, `fixed` and `changed` compare with a baseline; `-` was not run.';
  return `## Cases that do not pass everywhere\n\n${table(head, byArea)}\n\n${legend}`;
}

function caseRow({ id, title, verdicts }: Matrix['differing'][number]): string[] {
  return [
    `${escape(id)}<br>${escape(title)}`,
    ...verdicts.map((verdict) => (verdict === undefined ? '-' : red.includes(verdict) ? `**${verdict}**` : verdict)),
  ];
}

/** How far it conforms, and why not further. */
function first(report: Report, name: string, context: Pick<ReportContext, 'strict'>): string {
  const { outcome, counts, causes } = headline(report, context);
  const why = causes.map(({ cause, results }) => `${escape(cause)} (${results.length})`);
  const most = why.length > 0 ? ` Most frequent: ${why.join('; ')}.` : '';
  return `**${escape(name)} ${outcome}**: ${escape(counts)}.${most}`;
}

/** Why a target differs: every cause once, what needs action to be unfolded. */
function reasons({ results, run }: Report, name: string, context: Pick<ReportContext, 'evidence'>): string {
  const lines =
    run.problem !== undefined
      ? [`- nothing was judged: ${escape(run.problem)}`]
      : [
          ...(run.complete ? [] : ['- the run was interrupted: not every case was judged']),
          ...causes(results, quiet).map((cause) => `- ${byVerdict(cause)}: ${escape(cause.cause)}`),
          ...skipped(results),
          ...unmodelled(results),
          ...(run.discovered ?? []).map((found) => `- found: ${escape(inference(found))}`),
          ...(run.notes ?? []).map((note) => `- note: ${escape(note)}`),
        ];
  const findings = run.problem === undefined ? causes(results, acting).map((cause) => folded(cause, context)) : [];
  const parts = [...findings, lines.join('\n')].filter((part) => part !== '');
  return parts.length === 0 ? '' : [`## ${escape(name)}`, ...parts].join('\n\n');
}

/** HTML within Markdown, where only HTML has to be escaped: up to the first empty line, and in `pre` to its end. */
function folded(cause: Cause, context: Pick<ReportContext, 'evidence'>): string {
  const summary = `${byVerdict(cause)}: <code>${escapeHtml(plain(cause.cause))}</code>`;
  return `<details>\n<summary>${summary}</summary>\n\n<pre>\n${escapeHtml(findingText(cause, context))}\n</pre>\n\n</details>`;
}

function escapeHtml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function inference({ what, inferred, from }: Inference): string {
  return `${what}: ${inferred} (${from})`;
}

/** `33 known, 4 warn`. */
function byVerdict({ results }: Cause): string {
  const counts = differing.map(
    (verdict) => [results.filter((result) => result.verdict === verdict).length, verdict] as const,
  );
  return counts.flatMap(([count, verdict]) => (count > 0 ? [`${count} ${verdict}`] : [])).join(', ');
}

function skipped(results: readonly Result[]): string[] {
  const list = causes(results, ['skip']);
  return list.length === 0 ? [] : [`- skipped ${escape(counted(list))}`];
}

function unmodelled(results: readonly Result[]): string[] {
  const members = [...new Set(results.flatMap((result) => result.unmodelled ?? []))].sort();
  return members.length === 0 ? [] : [`- members that AWS does not model: ${escape(members.join(', '))}`];
}

export function table(head: readonly string[], rows: readonly (readonly string[])[], align = '---:'): string {
  const rule = head.map((_name, index) => (index === 0 ? '---' : align));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
