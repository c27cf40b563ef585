import type { Result, Verdict } from '../engine/result.ts';

export interface Cause {
  cause: string;
  /** The gravest verdict among its results. */
  verdict: Verdict;
  results: [Result, ...Result[]];
}

const gravity: readonly Verdict[] = ['fail', 'changed', 'blocked', 'fixed', 'error', 'warn', 'known', 'info', 'skip'];

const unnamed: Readonly<Record<Verdict, string>> = {
  pass: 'it passes',
  warn: 'a detail differs',
  info: 'it differs where it may',
  fail: 'it differs',
  skip: 'no reason given',
  blocked: 'it was never reached',
  error: 'it could not be judged',
  known: 'it differs as the baseline says',
  fixed: 'it passes now: take it out of the baseline',
  changed: 'it differs otherwise than the baseline says',
};

/** What somebody has to act on. */
export const acting: readonly Verdict[] = ['fail', 'changed', 'blocked', 'fixed', 'error'];

/** Results of the given verdicts by what they share: each cause once, most frequent first. */
export function causes(results: readonly Result[], wanted: readonly Verdict[]): Cause[] {
  const found = new Map<string, Cause>();
  for (const result of results) {
    if (!wanted.includes(result.verdict)) continue;
    const name = causeOf(result);
    const cause = found.get(name);
    if (cause === undefined) found.set(name, { cause: name, verdict: result.verdict, results: [result] });
    else {
      cause.results.push(result);
      if (rank(result.verdict) < rank(cause.verdict)) cause.verdict = result.verdict;
    }
  }
  // Cases end in no order: two runs alike must read alike.
  for (const { results } of found.values()) results.sort((one, other) => (one.id < other.id ? -1 : 1));
  return [...found.values()].sort(
    (a, b) => b.results.length - a.results.length || rank(a.verdict) - rank(b.verdict) || (a.cause < b.cause ? -1 : 1),
  );
}

/** What a result is grouped by. */
export function causeOf({ cause, reason, verdict }: Result): string {
  return cause ?? reason ?? unnamed[verdict];
}

/** `12: 9 DeleteUserAttributes is not implemented, 3 codes cannot be read here`. */
export function counted(list: readonly Cause[], most = 5): string {
  const sum = list.reduce((all, { results }) => all + results.length, 0);
  const parts = list.slice(0, most).map(({ cause, results }) => `${results.length} ${cause}`);
  const more = list.length > most ? `, … and ${reasons(list.length - most)} more` : '';
  return `${sum}: ${parts.join(', ')}${more}`;
}

function reasons(count: number): string {
  return count === 1 ? '1 reason' : `${count} reasons`;
}

function rank(verdict: Verdict): number {
  return gravity.indexOf(verdict);
}
