const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\ua960-\ua97f\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;

/** Terminal columns that a text takes, never fewer than it really does: a combining mark counts as one. */
export function columns(text: string): number {
  let sum = 0;
  for (const character of text) sum += columnsOf(character);
  return sum;
}

/** The text in at most `width` columns, what is missing marked by `…`. */
export function cut(text: string, width: number): string {
  return columns(text) <= width ? text : `${start(text, width - 1)}…`;
}

/** The text padded with spaces to `width` columns. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - columns(text)));
}

/** The text in lines of at most `width` columns (two or more), broken between words, or within a word that is too long. `unbroken` words stay whole. */
export function wrap(text: string, width: number, unbroken?: RegExp): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (columns(longer) <= width) {
      line = longer;
      continue;
    }
    if (line !== '') lines.push(line);
    line = word;
    for (let piece; (piece = start(line, width)).length < line.length && !unbroken?.test(line);) {
      lines.push(piece);
      line = line.slice(piece.length);
    }
  }
  return [...lines, line];
}

function start(text: string, width: number): string {
  let kept = '';
  let sum = 0;
  for (const character of text) {
    sum += columnsOf(character);
    if (sum > width) break;
    kept += character;
  }
  return kept;
}

function columnsOf(character: string): number {
  return character > '\u1099' && wide.test(character) ? 2 : 1;
}
