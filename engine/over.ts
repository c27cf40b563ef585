import type { Case, Over } from './case.ts';
import { isAccepted, isRefused, isThrottled, readAnswer, type Answer } from './answer.ts';
import { asJson, type CaseRun } from './case-run.ts';
import { compareContent } from './expectation.ts';
import { EVERY_ANSWER, fingerprintOf, withoutIndices } from './fingerprint.ts';
import { outcomeOf } from './outcome.ts';
import type { Mismatch, OverPart, Result, StepRecord } from './result.ts';
import type { Session } from './session.ts';

/** A check that is held against every answer of the run, in place of steps of its own. */
export type OverCase = Case & Required<Pick<Case, 'over' | 'expect'>>;

export function isOverCase(test: Case): test is OverCase {
  return test.over !== undefined && test.expect !== undefined;
}

/** What one case adds to the checks over every answer: all that operations answered in it, fixtures included. */
export async function overParts({ session, caller, test }: CaseRun): Promise<Record<string, OverPart>> {
  const parts: Record<string, OverPart> = {};
  for (const record of session.over.length > 0 ? caller.records : []) {
    // A raw request is none that an operation answers.
    if (!record.response || !Object.hasOwn(session.suite.operations, record.call)) continue;
    const answer = readAnswer(record.response);
    if (isThrottled(answer)) continue;
    const checks = session.over.filter(({ over }) => concerns(over, record, answer));
    if (checks.length === 0 || (await session.support.lacks(record.call, answer).catch(() => true))) continue;
    for (const check of checks) judge((parts[check.id] ??= { judged: 0 }), check, record.call, answer, test, session);
  }
  return parts;
}

function judge(part: OverPart, check: OverCase, call: string, answer: Answer, test: Case, session: Session): void {
  part.judged += 1;
  // Nearly all hold: the whole pattern is compiled once.
  if (session.match(asJson(check.expect), asJson(answer)).length === 0) return;
  const differing = (part.differing ??= {});
  for (const { keyword, ...finding } of compareContent(check.expect, answer, session.match)) {
    const print = [EVERY_ANSWER, check.level, finding.kind, withoutIndices(finding.path), keyword].join(' ');
    const message = `${finding.message}, as in ${call} of ${test.id}`;
    const example: Mismatch = { step: -1, call: EVERY_ANSWER, grade: check.level, ...finding, message };
    const earlier = differing[print];
    differing[print] = { count: (earlier?.count ?? 0) + 1, example: earlier?.example ?? example };
  }
}

function concerns({ calls, outcome, origin }: Over, { call, request }: StepRecord, answer: Answer): boolean {
  return (
    (calls?.includes(call) ?? true) &&
    (outcome === undefined || (outcome === 'accepted' ? isAccepted(answer) : isRefused(answer))) &&
    (origin === undefined || Object.keys(request.headers).some((name) => name.toLowerCase() === 'origin'))
  );
}

/** The verdicts on these checks, of the parts of all results: whatever their order, worker or shard. */
export function foldOver(checks: readonly OverCase[], results: readonly Result[]): Result[] {
  return checks.map((check) => {
    const parts = results.flatMap(({ id, over }) => {
      const part = over?.[check.id];
      return part ? [{ id, ...part }] : [];
    });
    const judged = parts.reduce((sum, part) => sum + part.judged, 0);
    const found = new Map<string, { count: number; first: string; example: Mismatch }>();
    for (const { id, differing = {} } of parts) {
      for (const [print, { count, example }] of Object.entries(differing)) {
        const other = found.get(print);
        const earlier = other && other.first < id ? other : { first: id, example };
        found.set(print, { ...earlier, count: count + (other?.count ?? 0) });
      }
    }
    const prints = [...found.keys()].sort();
    // The most frequent difference is told first.
    const mismatches = prints
      .flatMap((print) => found.get(print) ?? [])
      .sort((one, other) => other.count - one.count)
      .map(({ count, example }) => ({ ...example, message: `${count} of ${judged} answers: ${example.message}` }));
    return {
      ...outlined(check),
      ...(judged > 0 ? outcomeOf({ mismatches, test: check }) : NOTHING_TO_JUDGE),
      ...(prints.length > 0 && { fingerprint: fingerprintOf(prints) }),
      mismatches,
    };
  });
}

const NOTHING_TO_JUDGE = {
  verdict: 'skip',
  cause: 'no answer to judge',
  reason: 'it is held against the answers to other cases, and none of them had one of this kind',
} as const;

function outlined({ id, title, level, evidence, file }: OverCase): Omit<Result, 'verdict' | 'mismatches'> {
  return { id, title, area: id.split('/')[0] ?? '', level, evidence, file, durationMs: 0, steps: [] };
}
