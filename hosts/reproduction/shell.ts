import { plain } from '../../reports/plain.ts';

/** Letters that no case has and that JSON leaves alone: between them stands the name of a variable. */
const [OPEN, CLOSE] = ['\u{e000}', '\u{e001}'];
const VARIABLE = new RegExp(`${OPEN}(\\w+)${CLOSE}`, 'u');
const LONG = 40;
const LONG_RUN = new RegExp(`([\\p{L}\\p{N}\\p{Emoji_Presentation}])\\1{${LONG - 1},}`, 'gu');

/** Stands in a text for the value of a variable, until `word` writes it. */
export function variable(name: string): string {
  return OPEN + name + CLOSE;
}

/** A text as one word of a shell: quoted so that nothing in it means anything, but for its variables and long runs. */
export function word(text: string): string {
  const parts = text.split(VARIABLE);
  const words = parts.map((part, index) => (index % 2 === 1 ? `"$${part}"` : runs(part)));
  return words.join('') || "''";
}

/** The same, bare where a person would write it so. */
export function option(text: string): string {
  return /^[\w./:@=-]+$/.test(text) ? text : word(text);
}

/** One line that is not carried out. */
export function comment(text: string): string {
  return `# ${plain(text)}`;
}

/** `AccessToken` of `user` as the name of a variable. */
export function nameFor(...path: string[]): string {
  return path
    .map((part) => part.replaceAll(/([a-z\d])([A-Z])/g, '$1_$2').replaceAll(/\W+/g, '_'))
    .join('_')
    .toUpperCase();
}

/** A letter written a thousand times is not for reading. */
function runs(text: string): string {
  if (text.length < LONG) return quoted(text);
  let written = '';
  let from = 0;
  for (const { 0: run, 1: letter = '', index } of text.matchAll(LONG_RUN)) {
    written += `${quoted(text.slice(from, index))}"$(repeat ${run.length / letter.length} ${letter})"`;
    from = index + run.length;
  }
  return written + quoted(text.slice(from));
}

function quoted(text: string): string {
  return text === '' ? '' : `'${text.replaceAll("'", "'\\''")}'`;
}
