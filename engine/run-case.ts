import type { Case } from './case.ts';
import { areaOf } from './case-files.ts';
import { few, short } from './bounded.ts';
import { createCaller } from './caller.ts';
import { unsendable, whyNotFor } from './client.ts';
import { isOver, type CaseRun } from './case-run.ts';
import { clockOf } from './clock.ts';
import { fingerprintOf } from './fingerprint.ts';
import { makeFixture, type Fixture } from './fixtures.ts';
import { requireDistinctCodes } from './codes.ts';
import { Interruption } from './interruption.ts';
import { keysFor, requireForgeable, requireKey } from './forgery.ts';
import { requireExpired } from './issued.ts';
import { atFault, interrupted, missingFirst, noticeSilence, outcomeOf, type Outcome } from './outcome.ts';
import { overParts } from './over.ts';
import { createRedactor } from './redact.ts';
import type { Result } from './result.ts';
import type { Session } from './session.ts';
import { runStep } from './step.ts';
import { during } from './target.ts';

export interface RunOptions {
  /** Keep the exchanges of passing cases too. */
  trace?: boolean;
  /** No other case is under way: where the target stops answering, this one did it. */
  alone?: boolean;
  /** Lets so many milliseconds pass for a case that waits. */
  pause?: (ms: number) => Promise<void>;
}

/** Judges one case on the session's target. Never rejects: what goes wrong is a verdict. Holds no secret. */
export async function runCase(test: Case, session: Session, options: RunOptions = {}): Promise<Result> {
  const result = await attempt(test, session, options);
  // What was sent again may have been heard twice: where each request has its connection, none is.
  const again = isDoubtful(result) && session.down === undefined;
  return again ? attempt(test, session, { ...options, fresh: true }) : result;
}

function isDoubtful({ verdict, steps }: Result): boolean {
  return !['pass', 'skip', 'error'].includes(verdict) && steps.some(({ response }) => response?.retried);
}

async function attempt(test: Case, session: Session, options: RunOptions & { fresh?: boolean }): Promise<Result> {
  const started = performance.now();
  const redactor = createRedactor(session.redactor);
  const run: CaseRun = {
    test,
    session,
    caller: createCaller(session.target, redactor, options),
    redactor,
    keys: {},
    codes: new Map(),
    mismatches: [],
    prints: [],
    strangers: new Set(),
    waitedMs: 0,
    alone: options.alone ?? false,
  };
  const work = { name: test.id, redactor };
  const { verdict, reason, cause } = await during(session.target, work, () => judge(run, options)).catch(
    (error: unknown) => interrupted(error, run),
  );
  const over = await overParts(run);
  const uneventful = verdict === 'pass' || verdict === 'skip';
  const steps = uneventful && !options.trace ? [] : run.caller.records;
  return {
    id: test.id,
    title: test.title,
    area: areaOf(test),
    level: test.level,
    verdict,
    evidence: test.evidence,
    file: test.file,
    durationMs: Math.round((performance.now() - started - run.waitedMs) * 10) / 10,
    // All that came from the target, or went to it, and nothing of the case's own text.
    mismatches: [],
    steps: [],
    ...short(
      redactor.clean(
        few({
          ...(reason && { reason }),
          ...(cause && { cause }),
          ...(run.prints.length > 0 && { fingerprint: fingerprintOf(run.prints) }),
          ...(run.mismatches.length > 0 && { mismatches: run.mismatches }),
          ...(steps.length > 0 && { steps }),
          ...(run.strangers.size > 0 && { unmodelled: [...run.strangers] }),
          ...(Object.keys(over).length > 0 && { over }),
        }),
      ),
    ),
  };
}

async function judge(run: CaseRun, { pause }: RunOptions): Promise<Outcome> {
  const { test, session } = run;
  if (test.faults) return atFault(test.faults);
  if (session.down !== undefined) return { verdict: 'error', cause: session.down, reason: session.down };
  const { client, leftOut } = session.target;
  const left = leftOut?.get(test.id);
  if (left !== undefined) return { verdict: 'skip', cause: left, reason: left };
  const why = client && whyNotFor(client, test, session.suite);
  if (client && why !== undefined) return interrupted(unsendable(client, why), run);
  session.inFlight.add(test.id);
  try {
    await requireKey(test, session);
    requireDistinctCodes(test, session);
    run.fixture = await makeFixture(test, run);
    // What the target was to issue may have to be forged after all.
    await requireKey(test, session);
    run.keys = await keysFor(run);
    await requireForgeable(run);
    await untilDue(run, run.fixture, pause);
    for (const [index, step] of test.steps.entries()) {
      run.step = index;
      await runStep(step, index, run);
      if (isOver(run)) break;
    }
    return outcomeOf(run);
  } catch (error) {
    await noticeSilence(error, run);
    // What was found stays found, whatever went wrong afterwards.
    if (isOver(run)) return outcomeOf(run);
    return interrupted(await missingFirst(error, run), run);
  } finally {
    await run.fixture?.release().catch(() => {});
    session.inFlight.delete(test.id);
  }
}

/** A case whose tokens have to expire waits for them, and is not under way meanwhile. */
async function untilDue(run: CaseRun, { due, issued }: Fixture, pause: RunOptions['pause']): Promise<void> {
  const { test, session } = run;
  const clock = clockOf(session.target);
  const left = due - clock.now();
  if (left > 0) {
    const from = performance.now();
    session.inFlight.delete(test.id);
    await (pause ?? clock.wait)(left);
    session.inFlight.add(test.id);
    run.waitedMs = performance.now() - from;
    if (session.down !== undefined) throw new Interruption('error', session.down);
  }
  for (const tokens of issued.values()) requireExpired(tokens, session);
}
