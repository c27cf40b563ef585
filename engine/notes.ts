import { few, short } from './bounded.ts';

/** Notes in an order of their own, what concerns the whole run first: a page may show the first ones alone. */
export function ordered(notes: Iterable<string>): string[] {
  const weight = (note: string): number => (note.startsWith('pool ') ? 1 : 0);
  return short(few([...notes])).sort((one, other) => weight(one) - weight(other) || (one < other ? -1 : 1));
}
