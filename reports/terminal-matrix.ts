import type { Report, Run } from '../engine/result.ts';
import { columnDates } from './column-names.ts';
import { columns, cut, pad } from './columns.ts';
import { matrix, type Tally } from './matrix.ts';
import { painter } from './paint.ts';
import { plain } from './plain.ts';

const gap = 2;
const widest = 36;

/** Areas by targets, for the end of a run on several targets. Columns that do not fit go into a table below. */
export function terminalMatrix(
  reports: readonly Report[],
  { colour, width }: { colour: boolean; width: number },
): string {
  const { targets, areas, totals } = matrix(reports);
  if (targets.length === 0) return '';
  const dates = columnDates(targets);
  const dated = dates.some((date) => date !== '');
  const unreached = totals.some((total) => total.unreached > 0);
  const broken = targets.some(({ run }) => !run.complete);
  const names = column([
    '',
    '',
    ...(dated ? [''] : []),
    ...(broken ? [''] : []),
    ...areas.map(({ area }) => area),
    'all',
    ...(unreached ? ['blocked'] : []),
  ]);
  const cells = targets.map(({ target, run }, index) =>
    column([
      target.name,
      below(target.version, run.via),
      ...(dated ? [dates[index] ?? ''] : []),
      ...(broken ? [run.complete ? '' : 'incomplete'] : []),
      ...areas.map((row) => cell(row.cells[index])),
      cell(totals[index]),
      ...(unreached ? [`${totals[index]?.unreached ?? 0}`] : []),
    ]),
  );
  const tables = fitting(cells, Math.min(120, width) - columns(names[0] ?? '')).map((part) =>
    names.map((name, row) => [name, ...part.map((one) => one[row] ?? '')].join(' '.repeat(gap)).trimEnd()),
  );
  const paint = painter(colour);
  const bold = tables.map((lines) => lines.map((line, row) => (row === 0 ? paint('bold', line) : line)).join('\n'));
  return `${bold.join('\n\n')}\n\n${paint('dim', 'passed/judged; "+n" were skipped, "-" was not judged')}\n`;
}

function below(version = '', via: Run['via']): string {
  return via === 'wire' ? version : `${version} via ${via}`.trim();
}

/** Texts of one column in equal width. */
function column(texts: readonly string[]): string[] {
  const safe = texts.map((text) => cut(plain(text), widest));
  const width = Math.max(...safe.map(columns));
  return safe.map((text) => pad(text, width));
}

function cell(tally: Tally | undefined): string {
  if (tally === undefined) return '-';
  const judged = tally.judged === 0 ? '-' : `${tally.passed}/${tally.judged}`;
  return tally.skipped === 0 ? judged : `${judged} +${tally.skipped}`;
}

function fitting(all: readonly string[][], width: number): string[][][] {
  const parts: string[][][] = [];
  let room = 0;
  for (const one of all) {
    const needed = gap + columns(one[0] ?? '');
    if (needed > room || parts.length === 0) {
      parts.push([]);
      room = width;
    }
    parts.at(-1)?.push(one);
    room -= needed;
  }
  return parts;
}
