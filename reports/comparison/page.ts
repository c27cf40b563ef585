import type { Report } from '../../engine/result.ts';
import { columns, cut, wrap } from '../columns.ts';
import { painter, type Paint, type Style } from '../paint.ts';
import { plain } from '../plain.ts';
import { shortName } from '../target-name.ts';
import type { Comparison, DifferenceGroup } from './compare.ts';

export interface ComparisonContext {
  colour: boolean;
  width: number;
}

interface Page {
  paint: Paint;
  width: number;
}

const INDENT = 12;
const MOST_CASES = 3;

/** What a person reads of a comparison: each difference once with an example, what was not compared, one summary. */
export function comparisonPage(comparison: Comparison, { colour, width }: ComparisonContext): string {
  const page: Page = { paint: painter(colour), width: Math.min(120, Math.max(40, width)) };
  const { reference, target, differences, uncompared, problem } = comparison;
  const title = `${atEndpoint(target)}, held against ${atEndpoint(reference)}`;
  const blocks = [
    wrap(plain(title), page.width).map((line) => page.paint('bold', line)),
    ...differences.map((group) => difference(group, page)),
    problem === undefined ? [] : tagged('PROBLEM', 'magenta', `no case could be compared: ${problem}`, page),
    uncompared.flatMap((text) => tagged('NOTE', 'yellow', `not compared: ${text}`, page)),
    problem === undefined ? summary(comparison, page) : [],
  ];
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

function difference({ cause, answers, cases, example }: DifferenceGroup, page: Page): string[] {
  const { call, expected, came } = example;
  const counts = [
    ...(answers > 0 ? [counted(answers, 'answer')] : []),
    ...(cases.length > 0 ? [counted(cases.length, 'case')] : []),
  ];
  const some = [
    ...cases.slice(0, MOST_CASES),
    ...(cases.length > MOST_CASES ? [`… and ${cases.length - MOST_CASES} more`] : []),
  ];
  return [
    ...tagged('DIFFERS', 'red', `${cause}  (${counts.join(', ')})`, page, 'bold'),
    ...some.flatMap((id, index) => entry(index === 0 ? 'in' : '', id, page)),
    ...(call === '' ? [] : entry('call', call, page)),
    ...entry('reference', expected ?? 'absent', page),
    ...entry('came', came ?? 'absent', page),
  ];
}

function summary({ differences, verdicts, answers, cases, reference, target }: Comparison, page: Page): string[] {
  const changes = verdicts.map(({ was, is, cases: ids }) => `${ids.length} ${is} instead of ${was}`);
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

function tagged(tag: string, style: Style, text: string, { paint, width }: Page, body?: 'bold'): string[] {
  const gap = ' '.repeat(columns(tag) + 2);
  return wrap(plain(text), width - gap.length).map((line, index) => {
    const shown = body ? paint(body, line) : line;
    return index === 0 ? `${paint(style, tag)}  ${shown}` : gap + shown;
  });
}

function entry(name: string, text: string, { width }: Page): string[] {
  return [`  ${name.padEnd(INDENT - 2)}${cut(plain(text), width - INDENT)}`];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function atEndpoint(target: Report['target']): string {
  return target.endpoint === '' ? shortName(target) : `${shortName(target)} at ${target.endpoint}`;
}
