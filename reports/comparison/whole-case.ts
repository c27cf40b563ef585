import type { Result, StepRecord, Verdict } from '../../engine/result.ts';
import { compareAnswers } from './answers.ts';
import type { Difference } from './difference.ts';
import { createIdentity } from './identity.ts';
import { outcomeOf } from './outcome.ts';
import { KEPT_ANSWERS } from './repeated.ts';

export interface VerdictChange {
  was: Verdict;
  is: Verdict;
}

/** What one case alone does not tell. */
export interface Context {
  /** Answers of the target that had come before. */
  repeated: ReadonlySet<StepRecord>;
  /** Of the reference, by operation. */
  fixtures: ReadonlyMap<string, StepRecord>;
  /** What the target refused in making the fixture of some case, by the cause that all cases share which wanted it. */
  refusals: ReadonlyMap<string, StepRecord>;
  /** Ids of checks over every answer. */
  folded: ReadonlySet<string>;
}

/** A case that was ended before its steps, or whose verdict differs though no answer does. */
export function wholeCase(reference: Result, target: Result, context: Context): (Difference & { call: string })[] {
  const again = target.steps.find((record) => context.repeated.has(record));
  const refused = again ?? refusalIn(target) ?? context.refusals.get(target.cause ?? '');
  const counterpart =
    refused &&
    (reference.steps.find(({ call, response }) => call === refused.call && accepted(response)) ??
      context.fixtures.get(refused.call));
  if (refused && counterpart && refused.role === 'fixture') {
    if (again) return [{ ...repeated(counterpart, again), call: again.call }];
    const differences = compareAnswers(counterpart, refused, createIdentity());
    if (differences.length > 0) return differences.map((difference) => ({ ...difference, call: refused.call }));
  }
  const change = verdictChange(reference, target);
  const cause = change ? changeOf(change) : 'other requests were sent, as the case went another way';
  const why = target.cause ?? target.reason ?? reference.cause ?? reference.reason;
  return [
    {
      cause: why === undefined ? cause : `${cause}: ${why}`,
      expected: says(reference),
      came: says(target),
      call: '',
    },
  ];
}

function changeOf({ was, is }: VerdictChange): string {
  return was === is ? `verdict ${is} for another reason` : `verdict ${is} instead of ${was}`;
}

function says({ verdict, reason }: Result): string {
  return reason === undefined ? verdict : `${verdict}: ${reason}`;
}

function accepted(response: StepRecord['response']): boolean {
  return response !== undefined && response.status < 300;
}

/** Verdicts that a baseline gives count as those of the run itself, told apart by how the case differs. */
export function verdictChange(reference: Result, target: Result): VerdictChange | undefined {
  const [was, is] = [reference.verdict, target.verdict];
  if (standing(was) === standing(is) && reference.fingerprint === target.fingerprint) return undefined;
  return { was, is };
}

function standing(verdict: Verdict): string {
  if (verdict === 'fixed') return 'pass';
  return verdict === 'pass' || verdict === 'skip' || verdict === 'error' ? verdict : 'differs';
}

/** Why a case was skipped, here or there, without having been refused anything: for codes that cannot be read, or a key. */
export function means(reference: Result, target: Result): string | undefined {
  const skipping = [reference, target].filter(({ verdict }) => verdict === 'skip');
  const [first] = skipping;
  if (!first) return undefined;
  const why = first.cause ?? first.reason ?? 'no reason';
  const lost = skipping.length === 1 && (refusalIn(first) !== undefined || why.includes('not implemented'));
  return lost ? undefined : why;
}

/** The last thing that a run was refused in this case. */
export function refusalIn({ steps }: Result): StepRecord | undefined {
  return steps.findLast(({ response }) => !accepted(response));
}

/** Of an answer that is one of another request. */
export function repeated(one: StepRecord, other: StepRecord): Difference {
  return {
    cause: KEPT_ANSWERS,
    expected: outcomeOf(one.response),
    came: outcomeOf(other.response),
  };
}
