import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CaseRun } from './case-run.ts';
import { NoAnswer } from './exchange.ts';
import { Interruption } from './interruption.ts';
import { withoutIndices } from './fingerprint.ts';
import { Unreadable } from './observation.ts';
import { placed, sayProblem, type Problem } from './problem.ts';
import type { Mismatch, Result } from './result.ts';

export type Outcome = Pick<Result, 'verdict' | 'reason' | 'cause'>;

/** Longer values stand in the mismatches alone. */
const LONGEST = 80;

const VERDICTS = { must: 'fail', should: 'warn', may: 'info' } as const;

/** The verdict of a case that was sent to its end, or to its first mismatch. */
export function outcomeOf({ mismatches, test }: Pick<CaseRun, 'mismatches' | 'test'>): Outcome {
  const grade = (['must', 'should', 'may'] as const).find((one) =>
    mismatches.some((mismatch) => mismatch.grade === one),
  );
  const [first, ...others] = mismatches.filter((mismatch) => mismatch.grade === grade);
  if (!grade || !first) return { verdict: 'pass' };
  const more = others.length > 0 ? ` (and ${others.length} more)` : '';
  return {
    verdict: VERDICTS[grade],
    reason: `${first.call}: ${first.message}${values(first)}${more}`,
    cause: causeOf(first, topicOf(test.file)),
  };
}

/** What came and what was expected, where the message does not say it and both are short. */
function values({ message, expected, actual }: Mismatch): string {
  const [came, wanted] = [actual, expected].map((value) => JSON.stringify(value));
  if (!/ values?$/.test(message) || came === undefined || wanted === undefined) return '';
  return came.length > LONGEST || wanted.length > LONGEST ? '' : `: ${came} instead of ${wanted}`;
}

/** A case that needs an operation which is not there lacks that before anything else. */
export async function missingFirst(error: unknown, { test, session }: CaseRun): Promise<unknown> {
  if (!(error instanceof Interruption) || !['skip', 'blocked'].includes(error.verdict)) return error;
  const { target, support } = session;
  const lacking = async (call: string): Promise<string | false> => {
    if (target.features) return !target.features.includes(call) && 'declared';
    return (await support.missing(call).catch(() => false)) && 'implemented';
  };
  for (const { call } of test.steps) {
    const what = call !== undefined && (await lacking(call));
    if (what) return new Interruption('skip', `${call} is not ${what}`);
  }
  return error;
}

/** After a lost answer: a target that answers nothing any more is not tried again by later cases. */
export async function noticeSilence(error: unknown, { session }: CaseRun): Promise<void> {
  if (!(error instanceof NoAnswer) || session.down !== undefined) return;
  if (error.kind === 'unreachable' || !(await session.support.answers())) {
    session.down ??= `the target stopped answering: ${error.message}`;
  }
}

/** The verdict of a case that could not be sent to its end. */
export function interrupted(error: unknown, run: CaseRun): Outcome {
  if (error instanceof Interruption) {
    if (error.verdict === 'blocked') run.prints.push(`blocked ${error.call || 'fixture'} ${error.cause}`);
    if (error.verdict === 'fail') run.prints.push(`declared ${error.call}`);
    return { verdict: error.verdict, cause: error.cause, reason: error.message };
  }
  if (error instanceof Unreadable) {
    run.prints.push('blocked AdminGetUser');
    return { verdict: 'blocked', cause: 'a user cannot be read', reason: error.message };
  }
  if (error instanceof NoAnswer) {
    if (run.alone && run.session.down !== undefined) return endedBy(run, error);
    return { verdict: 'error', cause: run.session.down ?? error.message, reason: error.message };
  }
  return atFault([problemOf(error, run)]);
}

/** A target that a fixture or a preparation ends was never asked what the case is about. */
function endedBy({ caller, prints }: CaseRun, error: NoAnswer): Outcome {
  const call = caller.records.at(-1)?.call ?? 'fixture';
  prints.push(`blocked ${call} no answer`);
  const reason = `${call} ends the target, also where nothing else is under way: ${error.message}`;
  return { verdict: 'blocked', cause: `${call} ends the target`, reason };
}

/** The suite itself is wrong: that judges nobody. */
export function atFault(faults: readonly Problem[]): Outcome {
  return { verdict: 'error', cause: 'a fault of the suite', reason: faults.map(sayProblem).join('; ') };
}

/** A fault that shows only when the case is run, where it stands. */
function problemOf(error: unknown, { test, step, session }: CaseRun): Problem {
  const message = error instanceof Error ? error.message : String(error);
  const pointer = step === undefined ? test.pointer : `${test.pointer}/steps/${step}`;
  const path = join(session.suite.folder, test.file);
  return placed({ file: test.file, pointer, message }, existsSync(path) ? readFileSync(path, 'utf8') : undefined);
}

/** The topic of a case is the name of its file: `bounds`, `mutability`, `tokens`. */
function topicOf(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.json$/, '');
}

/** What a mismatch shares with those of other cases: no values, no users. */
function causeOf({ call, kind, path, expected, actual, message }: Mismatch, topic: string): string {
  switch (kind) {
    case 'error':
    case 'status':
      return `${call}, ${topic}: ${String(actual)} instead of ${typeof expected === 'object' ? JSON.stringify(expected) : String(expected)}`;
    case 'message':
      return `${call}: another error message`;
    case 'attributes':
      return `${call}: ${path.replace(/^\w+\./, '')} is ${/ is (\w+):/.exec(message)?.[1] ?? 'other'}`;
    case 'header':
      return `header ${path} is ${actual === undefined ? 'absent' : 'other'}`;
    case 'messages':
    case 'events':
      return `${call}: other ${kind} than expected`;
    case 'client':
      return withoutIndices(message);
    case 'no-answer':
      return `${call}: no answer`;
    default:
      return `${call}: ${kind}${withoutIndices(path)} is ${message.endsWith(' is absent') ? 'absent' : 'other'}`;
  }
}
