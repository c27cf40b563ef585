import type { Report } from '../../engine/result.ts';
import { wrap } from '../columns.ts';
import { plain } from '../plain.ts';
import { shortName } from '../target-name.ts';
import { blockPage, counted, entry, firstOf, joined, tagged, type BlockPage } from './block.ts';
import type { Comparison, DifferenceGroup } from './compare.ts';

export interface ComparisonContext {
  colour: boolean;
  width: number;
}

/** What a person reads of a comparison: each difference once with an example, what was not compared, one summary. */
export function comparisonPage(comparison: Comparison, { colour, width }: ComparisonContext): string {
  const page = blockPage(colour, width);
  const { reference, target, differences, uncompared, problem } = comparison;
  const title = `${atEndpoint(target)}, held against ${atEndpoint(reference)}`;
  const blocks = [
    wrap(plain(title), page.width).map((line) => page.paint('bold', line)),
    ...differences.map((group) => difference(group, page)),
    problem === undefined ? [] : tagged('PROBLEM', 'magenta', `no case could be compared: ${problem}`, page),
    uncompared.flatMap((text) => tagged('NOTE', 'yellow', `not compared: ${text}`, page)),
    problem === undefined ? summary(comparison, page) : [],
  ];
  return joined(blocks);
}

/** One kind of difference, and what the two sides are called. */
export function difference(
  { cause, answers, cases, example }: DifferenceGroup,
  page: BlockPage,
  [one, other]: readonly [string, string] = ['reference', 'came'],
): string[] {
  const { call, expected, came } = example;
  const counts = [
    ...(answers > 0 ? [counted(answers, 'answer')] : []),
    ...(cases.length > 0 ? [counted(cases.length, 'case')] : []),
  ];
  return [
    ...tagged('DIFFERS', 'red', `${cause}  (${counts.join(', ')})`, page, 'bold'),
    ...firstOf(cases, page),
    ...(call === '' ? [] : entry('call', call, page)),
    ...entry(one, expected ?? 'absent', page),
    ...entry(other, came ?? 'absent', page),
  ];
}

function summary({ differences, verdicts, answers, cases, reference, target }: Comparison, page: BlockPage): string[] {
  const changes = verdicts.map(
    ({ was, is, cases: ids }) => `${ids.length} ${is} ${was === is ? 'for another reason' : `instead of ${was}`}`,
  );
  const outcome =
    differences.length > 0
      ? page.paint('red', differences.length === 1 ? '1 difference' : `${differences.length} kinds of difference`)
      : answers > 0
        ? page.paint('green', 'no difference')
        : page.paint('magenta', 'nothing was compared');
  const text = `${plain(shortName(target))} against ${plain(shortName(reference))}: ${counted(answers, 'answer')} of ${counted(cases, 'case')} compared`;
  const last = changes.length > 0 ? `; verdicts: ${changes.join(', ')}` : '';
  return [...wrap(text + last, page.width - 2).map((line, index) => (index === 0 ? line : `  ${line}`)), outcome];
}

function atEndpoint(target: Report['target']): string {
  return target.endpoint === '' ? shortName(target) : `${shortName(target)} at ${target.endpoint}`;
}
