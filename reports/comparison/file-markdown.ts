import { escape, table } from '../markdown.ts';
import { counted } from './block.ts';
import { counts, kinds } from './change-groups.ts';
import type { FileComparison } from './compare-files.ts';
import { said, scope } from './file-page.ts';
import type { Change } from './verdicts.ts';

/** Two files for a page or a job summary: every change a row. */
export function fileMarkdown(comparison: FileComparison): string {
  const { names, verdicts, answers, uncompared } = comparison;
  const { outcome, beside } = counts(comparison);
  const sections = [
    `# ${escape(names[1])} against ${escape(names[0])}`,
    `${[`**${outcome}**`, ...beside].join(', ')}.`,
    ...kinds.map(({ list, title }) => (verdicts[list].length > 0 ? `## ${title}\n\n${changes(verdicts[list])}` : '')),
    section(
      'Out of scope',
      verdicts.outOfScope.map((entry) => scope(entry, names)),
    ),
    section(
      'Answers',
      (answers?.differences ?? []).map(
        ({ cause, answers: many, cases }) => `${counted(many, 'answer')} of ${counted(cases.length, 'case')}: ${cause}`,
      ),
    ),
    section('Not compared', uncompared),
  ];
  return `${sections.filter((text) => text !== '').join('\n\n')}\n`;
}

function changes(list: readonly Change[]): string {
  return table(
    ['case', 'was', 'is'],
    list.map(({ id, title, was, is }) => [`${escape(id)}<br>${escape(title)}`, escape(said(was)), escape(said(is))]),
    '---',
  );
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `## ${title}\n\n${lines.map((line) => `- ${escape(line)}`).join('\n')}`;
}
