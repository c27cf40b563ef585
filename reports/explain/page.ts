import { columns } from '../columns.ts';

/** A text in lines of at most `width` columns after an indent; a word that is longer, such as a link, stays whole. */
export function fill(text: string, width: number, first = '', rest = first): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const indent = lines.length === 0 ? first : rest;
    const longer = line === '' ? indent + word : `${line} ${word}`;
    if (line === '' || columns(longer) <= width) line = longer;
    else {
      lines.push(line);
      line = rest + word;
    }
  }
  return [...lines, line];
}

/** A sentence of its own: a full stop, and a capital unless it begins with a name or an address. */
export function sentence(text: string): string {
  const begun = /^[a-z]+([\s,.]|$)/.test(text) ? text.slice(0, 1).toUpperCase() + text.slice(1) : text;
  return /[.!?]$/.test(begun) ? begun : `${begun}.`;
}

/** `a, b and c`. */
export function list(words: readonly string[], last = 'and'): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}
