import type { Result, StepRecord, Verdict } from '../../engine/result.ts';
import { compareAnswers } from './answers.ts';
import type { Difference } from './difference.ts';
import { createIdentity, type Identity } from './identity.ts';
import { outcomeOf } from './outcome.ts';
import { KEPT_ANSWERS } from './repeated.ts';

/** One case, as two runs have it. */
export interface CaseComparison {
  id: string;
  /** How many answers were held against each other. */
  answers: number;
  found: Found[];
  change?: { was: Verdict; is: Verdict } | undefined;
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

/** Compares what the steps of a case were answered. Fixtures and observations are looked at where no step was reached. */
export function compareCase(reference: Result, target: Result, context: Context): CaseComparison {
  const { id } = reference;
  const isFolded = context.folded.has(id);
  const pairs = aligned(stepsOf(reference), stepsOf(target));
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
  const fewer = !lacksExchanges && stepsOf(reference).length !== stepsOf(target).length;
  if (found.length === 0 && skipped === undefined && (change || fewer)) {
    found.push(...whole(reference, target, context).map(({ call, ...difference }) => of(call, false)(difference)));
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

function repeated(one: StepRecord, other: StepRecord): Difference {
  return {
    cause: KEPT_ANSWERS,
    expected: outcomeOf(one.response),
    came: outcomeOf(other.response),
  };
}

/** A case that was ended before its steps, or whose verdict differs though no answer does. */
function whole(reference: Result, target: Result, context: Context): (Difference & { call: string })[] {
  const again = target.steps.find((record) => context.repeated.has(record));
  const refused = again ?? refusalIn(target) ?? context.refusals.get(target.cause ?? '');
  const counterpart =
    refused &&
    (reference.steps.find(({ call, response }) => call === refused.call && accepted(response)) ??
      context.fixtures.get(refused.call));
  if (refused && counterpart && refused.role !== 'step' && refused.role !== 'control') {
    if (again) return [{ ...repeated(counterpart, again), call: again.call }];
    const differences = compareAnswers(counterpart, refused, createIdentity());
    return differences.map((difference) => ({ ...difference, call: refused.call }));
  }
  const cause = `verdict ${target.verdict} instead of ${reference.verdict}`;
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

/** The last thing that a run was refused in this case. */
export function refusalIn({ steps }: Result): StepRecord | undefined {
  return steps.findLast(({ response }) => !accepted(response));
}

function says({ verdict, reason }: Result): string {
  return reason === undefined ? verdict : `${verdict}: ${reason}`;
}

function accepted(response: StepRecord['response']): boolean {
  return response !== undefined && response.status < 300;
}

/** Verdicts that a baseline gives count as those of the run itself, told apart by how the case differs. */
function verdictChange(reference: Result, target: Result): CaseComparison['change'] {
  const [was, is] = [reference.verdict, target.verdict];
  if (standing(was) === standing(is) && reference.fingerprint === target.fingerprint) return undefined;
  return { was, is };
}

function standing(verdict: Verdict): string {
  if (verdict === 'fixed') return 'pass';
  return verdict === 'pass' || verdict === 'skip' || verdict === 'error' ? verdict : 'differs';
}

/** Why a case was skipped, here or there, without having been refused anything: for codes that cannot be read, or a key. */
function means(reference: Result, target: Result): string | undefined {
  const skipping = [reference, target].filter(({ verdict }) => verdict === 'skip');
  const [first] = skipping;
  if (!first || (skipping.length === 1 && refusalIn(first))) return undefined;
  return first.cause ?? first.reason ?? 'no reason';
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

/** Steps in the order they were sent; what one side asked again, waiting for an answer, counts once. */
function aligned(reference: StepRecord[], target: StepRecord[]): [StepRecord, StepRecord][] {
  const waited = reference.length !== target.length;
  const ones = waited ? settled(reference) : reference;
  const others = waited ? settled(target) : target;
  const pairs: [StepRecord, StepRecord][] = [];
  for (const [index, one] of ones.entries()) {
    const other = others[index];
    // From here on the two went different ways.
    if (!other || other.call !== one.call || other.role !== one.role) break;
    pairs.push([one, other]);
  }
  return pairs;
}

function settled(records: StepRecord[]): StepRecord[] {
  return records.filter(({ call, role, request }, index) => {
    const next = records[index + 1];
    return next?.call !== call || next.role !== role || next.request.body !== request.body;
  });
}

function stepsOf({ steps }: Result): StepRecord[] {
  return steps.filter(({ role }) => role === 'step' || role === 'control');
}
