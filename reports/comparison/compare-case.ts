import type { Result, StepRecord } from '../../engine/result.ts';
import { aligned } from './aligned.ts';
import { compareAnswers } from './answers.ts';
import type { Difference } from './difference.ts';
import { createIdentity, type Identity } from './identity.ts';
import { means, repeated, verdictChange, wholeCase, type Context, type VerdictChange } from './whole-case.ts';

/** One case, as two runs have it. */
export interface CaseComparison {
  id: string;
  /** How many answers were held against each other. */
  answers: number;
  found: Found[];
  change?: VerdictChange | undefined;
  /** Why a side did not judge it, where that is no difference: both did not, or the run lacked a means. */
  skipped?: string | undefined;
  lacksExchanges: boolean;
}

export interface Found {
  id: string;
  call: string;
  difference: Difference;
  /** Of an answer; else the case as a whole came out otherwise. */
  isAnswer: boolean;
  /** Of a check over every answer of the run. */
  isFolded: boolean;
}

/** Compares all that a case was answered but its fixture, which is looked at where no step was reached. */
export function compareCase(reference: Result, target: Result, context: Context): CaseComparison {
  const { id } = reference;
  const isFolded = context.folded.has(id);
  const { pairs, parted } = aligned(reference, target);
  const identity = identityOf(reference, target);
  const of =
    (call: string, isAnswer: boolean) =>
    (difference: Difference): Found => ({
      id,
      call,
      difference,
      isAnswer,
      isFolded,
    });
  const found = pairs.flatMap(([one, other]) =>
    (context.repeated.has(other) ? [repeated(one, other)] : compareExchanges(one, other, identity)).map(
      of(one.call, true),
    ),
  );
  const change = verdictChange(reference, target);
  const skipped = isFolded ? undefined : means(reference, target);
  const lacksExchanges =
    !isFolded && [reference, target].some(({ verdict, steps }) => verdict === 'pass' && steps.length === 0);
  if (found.length === 0 && skipped === undefined && (change || (parted && !lacksExchanges))) {
    found.push(...wholeCase(reference, target, context).map(({ call, ...difference }) => of(call, false)(difference)));
  }
  return {
    id,
    answers: pairs.length,
    found,
    change: skipped === undefined ? change : undefined,
    skipped,
    lacksExchanges,
  };
}

function compareExchanges(one: StepRecord, other: StepRecord, identity: Identity): Difference[] {
  // What was sent tells which id stands for which before any answer does.
  identity.same(sent(one), sent(other));
  return compareAnswers(one, other, identity);
}

function sent({ request }: StepRecord): string {
  const url = URL.canParse(request.url) ? new URL(request.url).search : '';
  return `${url} ${request.body ?? ''}`;
}

/** Ids that do not look like one, as some emulators make them. */
function identityOf(...results: Result[]): Identity {
  const identity = createIdentity();
  for (const { request } of results.flatMap(({ steps }) => steps)) {
    for (const [, id] of (request.body ?? '').matchAll(/"(?:UserPoolId|ClientId)":"([\w-]+)"/g))
      identity.learn(id ?? '');
  }
  return identity;
}
