import { isObject } from './answer.ts';

/** Of what a target says at length, as much is kept as a person reads: characters of one result, and of its texts. */
const MOST_CHARACTERS = 160_000;
const LONGEST: Readonly<Record<string, number>> = { body: MOST_CHARACTERS, fingerprint: 20_000, cause: 500 };
const LONGEST_OTHER = 5000;
/** What is left of each text where that is used up. */
const SHORTEST = 200;
const MOST_ITEMS = 200;

/** The same with lists and objects that end: nothing in it is cut in two, so that all secrets in it are still found. */
export function few<T>(value: T): T {
  return isFew(value) ? value : (fewer(value) as T);
}

function isFew(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return true;
  const items: unknown[] = Array.isArray(value) ? value : Object.values(value);
  return items.length <= MOST_ITEMS && items.every(isFew);
}

function fewer(value: unknown): unknown {
  if (Array.isArray(value)) return value.slice(0, MOST_ITEMS).map(fewer);
  if (!isObject(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .slice(0, MOST_ITEMS)
      .map(([name, inner]) => [name, fewer(inner)]),
  );
}

/** A copy with texts that end, each saying how much of it is missing; of one without secrets. */
export function short<T>(value: T): T {
  let left = MOST_CHARACTERS;
  const cut = (text: string, member: string): string => {
    const longest = (Object.hasOwn(LONGEST, member) && LONGEST[member]) || LONGEST_OTHER;
    const most = Math.max(SHORTEST, Math.min(longest, left));
    left -= Math.min(text.length, most);
    return text.length <= most ? text : `${text.slice(0, most)}… ${text.length - most} more characters`;
  };
  const shorter = (inner: unknown, member = ''): unknown => {
    if (typeof inner === 'string') return cut(inner, member);
    if (Array.isArray(inner)) return inner.map((item) => shorter(item));
    if (!isObject(inner)) return inner;
    return Object.fromEntries(Object.entries(inner).map(([name, one]) => [cut(name, ''), shorter(one, name)]));
  };
  return shorter(value) as T;
}
