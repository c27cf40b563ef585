import type { Inference, Report, Result, Verdict } from '../engine/result.ts';
import { causes, counted } from './causes.ts';
import { matrix, tally, type Matrix, type Tally } from './matrix.ts';
import { plain } from './plain.ts';
import { shortName } from './target-name.ts';

const red: readonly Verdict[] = ['fail', 'blocked', 'fixed', 'changed'];
const differing: readonly Verdict[] = ['fail', 'changed', 'blocked', 'fixed', 'error', 'warn', 'known', 'info'];
const mostNames = 5;

/** The matrix of one or several targets, and why they differ; for a repository, a page or a job summary. */
export function markdown(reports: readonly Report[]): string {
  const whole = matrix(reports);
  const sections = [
    '# Conformance to the Amazon Cognito user pools API',
    suites(reports),
    whole.targets.length > 0 ? areas(whole) : '',
    whole.targets.length > 0
      ? 'Each cell is passed/judged. Skipped cases and errors are not judged; `-` means that nothing was.'
      : '',
    whole.selfTests.map(selfTest).join('\n'),
    whole.differing.length > 0 ? cases(whole) : '',
    ...whole.targets.map(reasons),
  ];
  return `${sections.filter((section) => section !== '').join('\n\n')}\n`;
}

/** Escapes what Markdown, HTML or a table would read as its own, and what would become a link or a mention. */
export function escape(text: string): string {
  return plain(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_{}[\]()#~|!$]/g, '\\$&')
    .replace(/:(?=\/\/)/g, '&#58;')
    .replace(/www\./gi, (www) => `${www.slice(0, 3)}&#46;`)
    .replace(/@/g, '&#64;');
}

function suites(reports: readonly Report[]): string {
  const names = reports.map(({ suite }) => `${escape(`${suite.name} ${suite.version}`)}, ${suite.cases} cases`);
  return [...new Set(names)].join('; ');
}

function areas({ targets, areas, totals }: Matrix): string {
  return table(
    ['area', ...targets.map(({ target, run }) => escape(shortName(target, run.via)))],
    [
      ...areas.map(({ area, cells }) => [escape(area), ...cells.map(cell)]),
      ['**all**', ...totals.map((total) => `**${cell(total)}**`)],
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

function cases({ targets, differing: rows }: Matrix): string {
  const byArea = [...new Set(rows.map(({ area }) => area))].flatMap((area) => [
    [`**${escape(area)}**`, ...targets.map(() => '')],
    ...rows.filter((row) => row.area === area).map(caseRow),
  ]);
  const head = ['case', ...targets.map(({ target, run }) => escape(shortName(target, run.via)))];
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

/** Why a target differs: every cause once. */
function reasons({ target, results, run }: Report): string {
  const lines =
    run.problem !== undefined
      ? [`- nothing was judged: ${escape(run.problem)}`]
      : [
          ...(run.complete ? [] : ['- the run was interrupted: not every case was judged']),
          ...causes(results, differing).map(({ cause, results }) => `- ${byVerdict(results)}: ${escape(cause)}`),
          ...skipped(results),
          ...unmodelled(results),
          ...(run.discovered ?? []).map((found) => `- found: ${escape(inference(found))}`),
          ...(run.notes ?? []).map((note) => `- note: ${escape(note)}`),
        ];
  return lines.length === 0 ? '' : `## ${escape(shortName(target, run.via))}\n\n${lines.join('\n')}`;
}

function inference({ what, inferred, from }: Inference): string {
  return `${what}: ${inferred} (${from})`;
}

/** `33 known, 4 warn`. */
function byVerdict(results: readonly Result[]): string {
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

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const rule = head.map((_name, index) => (index === 0 ? '---' : '---:'));
  return [head, rule, ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}
