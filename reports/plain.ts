/** What GitHub's runner carries out: `::name ...::` where a line begins, which wrapping may decide, and `##[name]` anywhere. */
const COMMAND = /:(?=:[a-z][\w-]{3,}(?: .*?)?::)|#(?=#\[)/gi;

/**
 * Text of a target made safe to print on one line. Control characters, invisible and direction-changing ones are
 * written out (`\n`, `\u001b`), so that no answer can move the cursor, colour or reorder what a person reads; and so is
 * the beginning of what would be a command to the runner that shows it.
 */
export function plain(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu, writtenOut).replace(COMMAND, writtenOut);
}

/** The same of a text that has lines. */
export function plainLines(text: string): string {
  return text.split('\n').map(plain).join('\n');
}

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function writtenOut(character: string): string {
  const hex = (character.codePointAt(0) ?? 0).toString(16);
  return short[character] ?? (hex.length > 4 ? `\\u{${hex}}` : `\\u${hex.padStart(4, '0')}`);
}
