import { plainLines } from '../plain.ts';

/** Longer bodies are cut: what differs is told apart from them. */
const MOST = 4000;

/** Lines of a target's text made safe to print, cut with a note of how much is missing. */
export function block(text: string): string {
  const shown = text.length > MOST ? `${text.slice(0, MOST)}\n… ${text.length - MOST} more characters` : text;
  return plainLines(shown);
}

/** JSON as a person reads it; another text as it is. */
export function pretty(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2);
  } catch {
    return text;
  }
}
