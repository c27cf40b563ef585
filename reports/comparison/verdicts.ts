import type { Report, Result, Verdict } from '../../engine/result.ts';

/** Two reports held against each other, verdict by verdict: of two targets, or two dates. */
export interface VerdictComparison {
  /** How many cases both judged. */
  judged: number;
  /** Conformed, and does not any more. */
  broken: Change[];
  /** Did not conform, and passes. */
  fixed: Change[];
  /** Did not conform, and differs no more than in a detail, or where it may. */
  improved: Change[];
  /** Conforms in neither, for another reason. */
  changed: Change[];
  /** Differs in a detail, or where it may, and did not so before. */
  details: Change[];
  /** Judged in one of them alone, the most frequent reason first. */
  outOfScope: OutOfScope[];
}

export interface Change {
  id: string;
  title: string;
  was: Standing;
  is: Standing;
}

export interface Standing {
  verdict: Verdict;
  reason?: string;
  cause?: string;
}

export interface OutOfScope {
  /** Which of the two judged these cases. */
  judgedBy: 'first' | 'second';
  /** Why the other did not. */
  why: string;
  /** Ids, sorted. */
  cases: string[];
}

type Place = 'conforms' | 'detail' | 'differs' | 'unjudged';

const places: Readonly<Record<Verdict, Place>> = {
  pass: 'conforms',
  fixed: 'conforms',
  warn: 'detail',
  info: 'detail',
  fail: 'differs',
  changed: 'differs',
  blocked: 'differs',
  known: 'differs',
  skip: 'unjudged',
  error: 'unjudged',
};

/** How cases stand in `second` that stood in `first`; a baseline does not matter: what is known differs too. */
export function compareVerdicts(first: Report, second: Report, { strict }: { strict: boolean }): VerdictComparison {
  const ids = [...new Set([first, second].flatMap(({ results }) => results.map(({ id }) => id)))].sort();
  const [before, now] = [first, second].map(({ results }) => new Map(results.map((result) => [result.id, result])));
  const found: VerdictComparison = {
    judged: 0,
    broken: [],
    fixed: [],
    improved: [],
    changed: [],
    details: [],
    outOfScope: [],
  };
  const absent =
    first.suite.hash === second.suite.hash ? 'it was not run there (--case, or interrupted)' : 'it has no such case';
  for (const id of ids) {
    const [was, is] = [before?.get(id), now?.get(id)];
    if (isJudged(was) && isJudged(is)) {
      found.judged += 1;
      const list = listOf(was, is, strict);
      if (list) found[list].push({ id, title: is.title, was: standing(was), is: standing(is) });
    } else if (isJudged(was)) addOutOfScope(found, id, 'first', is, absent);
    else if (isJudged(is)) addOutOfScope(found, id, 'second', was, absent);
  }
  found.outOfScope.sort((one, other) => other.cases.length - one.cases.length || (one.why < other.why ? -1 : 1));
  return found;
}

function isJudged(result: Result | undefined): result is Result {
  return result !== undefined && places[result.verdict] !== 'unjudged';
}

function listOf(
  was: Result,
  is: Result,
  strict: boolean,
): keyof Pick<VerdictComparison, 'broken' | 'fixed' | 'improved' | 'changed' | 'details'> | undefined {
  const [before, now] = [placeOf(was, strict), placeOf(is, strict)];
  if (before !== 'differs' && now === 'differs') return 'broken';
  if (before === 'differs' && now !== 'differs') return now === 'conforms' ? 'fixed' : 'improved';
  const isSame = before === now && (now === 'conforms' || likeness(was) === likeness(is));
  if (isSame) return undefined;
  return now === 'differs' ? 'changed' : 'details';
}

function placeOf({ verdict }: Result, strict: boolean): Place {
  return strict && verdict === 'warn' ? 'differs' : places[verdict];
}

/** How it differs: a fingerprint has no values, and is not there where nothing was compared. */
function likeness({ fingerprint, cause, reason }: Result): string | undefined {
  return fingerprint ?? cause ?? reason;
}

function standing({ verdict, reason, cause }: Result): Standing {
  return { verdict, ...(reason !== undefined && { reason }), ...(cause !== undefined && { cause }) };
}

function addOutOfScope(
  { outOfScope }: VerdictComparison,
  id: string,
  judgedBy: OutOfScope['judgedBy'],
  other: Result | undefined,
  absent: string,
): void {
  const why = other ? `${other.verdict}: ${other.cause ?? other.reason ?? 'no reason'}` : absent;
  const same = outOfScope.find((entry) => entry.judgedBy === judgedBy && entry.why === why);
  if (same) same.cases.push(id);
  else outOfScope.push({ judgedBy, why, cases: [id] });
}
