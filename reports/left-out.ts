import type { Result } from '../engine/result.ts';
import { causes } from './causes.ts';

export interface LeftOut {
  /** Cases that were not judged for want of something. */
  count: number;
  /** Each once, operations together, most cases first. */
  reasons: string[];
  /** Members of a manifest that could change that. */
  members: string[];
}

/** Causes that a manifest can take away, and by which member. */
const MEMBERS: readonly (readonly [cause: RegExp, member: string])[] = [
  [/^codes cannot be read/, 'codes'],
  [/^messages cannot be read/, 'messages'],
  [/^triggers cannot be observed/, 'triggers'],
  [/^tokens cannot be forged: no key/, 'signingKey'],
];

/** Why cases were skipped. */
export function leftOut(results: readonly Result[]): LeftOut {
  const list = causes(results, ['skip']);
  const operations = new Map<string, string[]>();
  const others: string[] = [];
  for (const { cause, results: skipped } of list) {
    const [, operation, lacking] = /^(\w+) is (not \w+)$/.exec(cause) ?? [];
    if (operation === undefined || lacking === undefined) others.push(`${cause} (${skipped.length})`);
    else operations.set(lacking, [...(operations.get(lacking) ?? []), `${operation} (${skipped.length})`]);
  }
  return {
    count: list.reduce((sum, { results: skipped }) => sum + skipped.length, 0),
    reasons: [...[...operations].map(([lacking, names]) => `${lacking}: ${names.join(', ')}`), ...others],
    members: MEMBERS.filter(([pattern]) => list.some(({ cause }) => pattern.test(cause))).map(([, member]) => member),
  };
}
