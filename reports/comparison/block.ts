import { columns, cut, wrap } from '../columns.ts';
import { painter, type Paint, type Style } from '../paint.ts';
import { plain } from '../plain.ts';

/** What a block of lines is written for. */
export interface BlockPage {
  paint: Paint;
  width: number;
}

const INDENT = 12;
const MOST_CASES = 3;

export function blockPage(colour: boolean, width: number): BlockPage {
  return { paint: painter(colour), width: Math.min(120, Math.max(40, width)) };
}

/** Blocks of lines as one text, an empty line between them. */
export function joined(blocks: readonly string[][]): string {
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** Some of the cases that something is in. */
export function firstOf(cases: readonly string[], page: BlockPage): string[] {
  const some = [
    ...cases.slice(0, MOST_CASES),
    ...(cases.length > MOST_CASES ? [`… and ${cases.length - MOST_CASES} more`] : []),
  ];
  return some.flatMap((id, index) => entry(index === 0 ? 'in' : '', id, page));
}

export function tagged(tag: string, style: Style, text: string, { paint, width }: BlockPage, body?: 'bold'): string[] {
  const gap = ' '.repeat(columns(tag) + 2);
  return wrap(plain(text), width - gap.length).map((line, index) => {
    const shown = body ? paint(body, line) : line;
    return index === 0 ? `${paint(style, tag)}  ${shown}` : gap + shown;
  });
}

export function entry(name: string, text: string, { width }: BlockPage): string[] {
  return [`  ${name.padEnd(INDENT - 2)}${cut(plain(text), width - INDENT)}`];
}

export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}
