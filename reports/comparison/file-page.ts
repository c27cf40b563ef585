import { wrap } from '../columns.ts';
import type { Style } from '../paint.ts';
import { plain } from '../plain.ts';
import { blockPage, counted, entry, firstOf, joined, tagged, type BlockPage } from './block.ts';
import { counts, grouped, kinds, type ChangeGroup } from './change-groups.ts';
import { fileComparisonCode, type FileComparison } from './compare-files.ts';
import { difference, type ComparisonContext } from './page.ts';
import type { Standing } from './verdicts.ts';

const styles: Readonly<Record<(typeof kinds)[number]['list'], Style>> = {
  broken: 'red',
  changed: 'red',
  fixed: 'green',
  improved: 'green',
  details: 'yellow',
};

/** What a person reads of two files: verdicts that changed, cause by cause, then answers, then one summary. */
export function filePage(comparison: FileComparison, { colour, width }: ComparisonContext): string {
  const page = blockPage(colour, width);
  const { names, verdicts, answers, uncompared } = comparison;
  return joined([
    wrap(plain(`${names[1]}, held against ${names[0]}`), page.width).map((line) => page.paint('bold', line)),
    ...kinds.flatMap(({ list, tag, side }) =>
      grouped(verdicts[list], side).map((group) => changed(group, tag, styles[list], page)),
    ),
    verdicts.outOfScope.flatMap((entry) => tagged('SCOPE', 'yellow', scope(entry, names), page)),
    ...(answers?.differences ?? []).map((group) => difference(group, page, ['was', 'is'])),
    uncompared.flatMap((text) => tagged('NOTE', 'yellow', `not compared: ${text}`, page)),
    summary(comparison, page),
  ]);
}

function changed({ cause, changes }: ChangeGroup, tag: string, style: Style, page: BlockPage): string[] {
  const ids = changes.map(({ id }) => id);
  const [{ was, is }] = changes;
  return [
    ...tagged(tag, style, `${cause}  (${counted(changes.length, 'case')})`, page, 'bold'),
    ...firstOf(ids, page),
    ...entry('was', said(was), page),
    ...entry('is', said(is), page),
  ];
}

/** A verdict, and why. */
export function said({ verdict, reason }: Standing): string {
  return verdict === 'pass' || reason === undefined ? verdict : `${verdict}: ${reason}`;
}

/** `3 cases judged by moto 5.2.1 alone; skip: codes cannot be read`. */
export function scope(
  { judgedBy, why, cases }: FileComparison['verdicts']['outOfScope'][number],
  [first, second]: FileComparison['names'],
): string {
  return `${counted(cases.length, 'case')} judged by ${judgedBy === 'first' ? first : second} alone; ${why}`;
}

function summary(comparison: FileComparison, page: BlockPage): string[] {
  const { answers } = comparison;
  const { outcome, beside } = counts(comparison);
  const compared = answers ? `${counted(answers.answers, 'answer')} of ${counted(answers.cases, 'case')} compared` : '';
  const text = [...beside, compared].filter((part) => part !== '').join(', ');
  const style = ({ 0: 'green', 1: 'red', 3: 'magenta' } as const)[fileComparisonCode(comparison)];
  return [...(text === '' ? [] : wrap(text, page.width)), page.paint(style, outcome)];
}
