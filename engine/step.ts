import type { JsonObject, RawRequest, Step } from './case.ts';
import { brief, isAccepted, isGarbled, isSuccess, readAnswer, type Answer } from './answer.ts';
import { add, asJson, fill, fillExpectation, isOver, nameOf, tell, type CaseRun } from './case-run.ts';
import { awaitCaused } from './caused.ts';
import { checkChanges, observeAll } from './changes.ts';
import { isSigned, Withheld } from './client.ts';
import { awaitCode } from './codes.ts';
import { NoAnswer } from './exchange.ts';
import { compareAnswer, compareContent, shapeFindings, type Finding } from './expectation.ts';
import { notServed } from './features.ts';
import { garbled, refusal, refuseMissing, requireWhole } from './prepare.ts';
import { Interruption } from './interruption.ts';
import { mergePatch } from './patch.ts';
import { testedBy } from './tested-by.ts';

const RETRY_MS = 200;

/** Sends a step and holds the answer, then the state, against what the case says. */
export async function runStep(step: Step, index: number, run: CaseRun): Promise<void> {
  const code = await awaitCode(step, run);
  const caused = await awaitCaused(step, index, run);
  const answer = await answerOf(step, index, run);
  if (!answer) return;
  if (step.expect) await checkAnswer(step, index, answer, run);
  else await checkPreparation(step, answer, run);
  if (isOver(run)) {
    // What a request wrote that was to be refused belongs to the finding.
    const mayHaveWritten = isSuccess(answer) || step.expect?.error !== undefined;
    if (step.changes && mayHaveWritten) await checkChanges(step, index, run);
    return;
  }
  if (step.save !== undefined && run.fixture) run.fixture.scope[step.save] = answer.body ?? null;
  if (step.changes) await checkChanges(step, index, run);
  if (!isOver(run)) await caused.check();
  if (isOver(run)) return;
  await code?.arrived();
  if (step.control) await sendControl(step, step.control, run);
}

/** Undefined if the target fell silent, which is then a finding of its own. */
async function answerOf(step: Step, index: number, run: CaseRun): Promise<Answer | undefined> {
  const deadline = Date.now() + (step.eventually?.withinMs ?? 0);
  try {
    let answer = await send(step, run);
    while (Date.now() < deadline && differs(step, answer, run)) {
      await new Promise((wake) => setTimeout(wake, RETRY_MS));
      answer = await send(step, run);
    }
    return answer;
  } catch (error) {
    if (error instanceof Withheld) return withhold(error, step, index, run);
    if (!(error instanceof NoAnswer) || !step.expect) throw error;
    await requireSilence(step, error, run);
    const stopped = run.session.down !== undefined;
    const message = `no answer, ${stopped ? 'nor to anything after it' : 'twice'}: ${error.message}`;
    // How a target that ends breaks off is chance.
    const keyword = stopped ? 'stopped' : error.kind;
    add([{ kind: 'no-answer', path: '', message, keyword }], 'expect', step, index, run);
    return undefined;
  }
}

/** What the client keeps back, and keeps back again, is a finding, unless what came is one already. */
async function withhold({ finding, response }: Withheld, step: Step, index: number, run: CaseRun): Promise<undefined> {
  const { support, target, match } = run.session;
  const name = nameOf(step);
  if (step.call && (await support.missing(step.call))) throw notServed(name, target);
  const again = await send(step, run, { fresh: true }).then(brief, (error: unknown) => {
    if (!(error instanceof Withheld)) throw error;
  });
  if (again !== undefined) throw lost(`${name}: ${finding.message}`, again);
  if (response && response.status < 400) await refuseGarbler(name, readAnswer(response), run);
  if (!step.expect) throw new Interruption('blocked', finding.message, `${name}: ${finding.message}`, name);
  const wire = response ? compareAnswer(fillExpectation(step.expect, run), readAnswer(response), match) : [];
  add(wire.length > 0 ? wire : [finding], 'expect', step, index, run);
  if (wire.length > 0) tell([finding], 'expect', step, index, run);
}

interface SendOptions {
  patch?: JsonObject;
  fresh?: boolean;
}

function send(step: Step, run: CaseRun, { patch, fresh = false }: SendOptions = {}): Promise<Answer> {
  const { session, caller } = run;
  const signed = isSigned(step, session.suite.operations);
  const client = patch || !session.target.client?.takes(step, signed) ? undefined : session.target.client;
  const options = { role: patch ? 'control' : 'step', signed, fresh, client } as const;
  const whole = mergePatch(fill(asJson(step.with ?? step.request), run), fill(patch ?? {}, run));
  if (step.call === undefined) return caller.request(whole as unknown as RawRequest, options);
  const headers = fill(step.headers ?? {}, run) as Record<string, string>;
  return caller.call(step.call, whole as JsonObject, { ...options, headers });
}

function differs(step: Step, answer: Answer, run: CaseRun): boolean {
  return compareAnswer(fillExpectation(step.expect ?? {}, run), answer, run.session.match).length > 0;
}

async function checkAnswer(step: Step, index: number, answer: Answer, run: CaseRun): Promise<void> {
  const { match, shapes } = run.session;
  await requireJudgeable(step, answer, run);
  const findings = compareAnswer(fillExpectation(step.expect ?? {}, run), answer, match);
  if (findings.length > 0 && step.call && isGarbled(answer)) await requireGarbledAgain(step, answer, run);
  const lesser: Finding[] = [];
  if (findings.length === 0 && step.call && isSuccess(answer)) {
    // Operations without output may answer nothing at all.
    const body = answer.text === '' ? {} : answer.body;
    findings.push(...shapeFindings(shapes.differences(step.call, body)));
    lesser.push(...shapeFindings(shapes.nulls(step.call, body)));
    for (const path of shapes.unmodelled(step.call, body)) run.strangers.add(step.call + path);
  }
  add(findings, 'expect', step, index, run);
  const { breaks = [], details = [] } = answer.made ?? {};
  // By what differs on the wire a baseline knows a case, whatever a client makes of it.
  if (findings.length > 0) return tell(breaks, 'expect', step, index, run);
  add(breaks, 'expect', step, index, run);
  if (breaks.length > 0) return;
  add(lesser, 'should', step, index, run);
  if (step.should) add(compareContent(fillExpectation(step.should, run), answer, match), 'should', step, index, run);
  add(details, 'should', step, index, run);
}

async function checkPreparation(step: Step, answer: Answer, run: CaseRun): Promise<void> {
  await requireJudgeable(step, answer, run);
  const name = nameOf(step);
  const [wrong] = answer.made?.breaks ?? [];
  if (isAccepted(answer) && wrong) {
    throw new Interruption('blocked', wrong.message, `${name}: ${wrong.message}`, name);
  }
  if (step.call) requireWhole(name, answer);
  if (isAccepted(answer)) return;
  throw new Interruption(
    'blocked',
    `${name} as a preparation is refused`,
    refusal(name, answer) + testedBy(step, run),
    name,
  );
}

/** After a refusal held: the same request with nothing wrong in it must be accepted, else the refusal says nothing. */
async function sendControl(step: Step, patch: JsonObject, run: CaseRun): Promise<void> {
  const answer = await send(step, run, { patch });
  await requireJudgeable(step, answer, run);
  const name = nameOf(step);
  if (step.call) requireWhole(name, answer);
  if (!isAccepted(answer)) {
    const reason = `the same request with nothing wrong in it is refused too: ${refusal(name, answer)}`;
    throw new Interruption('blocked', `${name} as a control is refused`, reason, name);
  }
  if (run.test.steps.at(-1) !== step) await observeAll(run);
}

/** An operation that is not there says nothing of the behaviour. */
async function requireJudgeable(step: Step, answer: Answer, run: CaseRun): Promise<void> {
  if (step.call) await refuseMissing(step.call, answer, run.session);
}

/** What is no answer of the API is the target's only if it says it again on a fresh connection. */
async function requireGarbledAgain(step: Step, first: Answer, run: CaseRun): Promise<void> {
  const again = await send(step, run, { fresh: true });
  const name = nameOf(step);
  if (!isGarbled(again)) throw lost(`${name} answered ${garbled(first)}`, brief(again));
  await refuseGarbler(name, again, run);
}

function lost(first: string, again: string): Interruption {
  return new Interruption('error', 'an answer was lost', `${first}; asked again, it answered ${again}`);
}

/** Ends a case of a target that by now answers no JSON to anything, and did. */
async function refuseGarbler(name: string, answer: Answer, { session }: CaseRun): Promise<void> {
  if (!(await session.support.garbles())) return;
  const reason = `${name} answered ${garbled(answer)}, and so is all else`;
  throw new Interruption('error', 'the target answers no JSON any more', reason);
}

/**
 * `no-answer` is the target's fault only if it falls silent again on a fresh connection, while it answers all else; or
 * where it ends at this request alone, and was started anew before.
 */
async function requireSilence(step: Step, first: NoAnswer, run: CaseRun): Promise<void> {
  const { session, test } = run;
  // To wait for one more answer tells nothing where none comes to anything.
  const hangs = first.kind === 'timeout' && !(await session.support.answers());
  const again = hangs ? first : await send(step, run, { fresh: true }).catch((error: unknown) => error);
  if (!(again instanceof NoAnswer)) {
    session.support.losesAnswers();
    const reason = `${nameOf(step)}: ${first.message}; asked again, the target answered`;
    throw new Interruption('error', 'an answer was lost', reason);
  }
  // Somebody else found it gone while this request was sent.
  if (session.down !== undefined) throw new Interruption('error', session.down, `${nameOf(step)}: ${first.message}`);
  if (!hangs && again.kind !== 'unreachable' && (await session.support.answers())) {
    if (again.began) throw new Interruption('error', again.message, `${nameOf(step)}: ${again.message}, twice`);
    if (await session.support.isSteady()) return;
    throw new Interruption('error', 'answers are lost at random', `${nameOf(step)}: ${again.message}`);
  }
  session.down ??= `the target stopped answering: ${again.message}`;
  // Just started, and with nothing else in flight: this request is what ended it.
  if (run.alone) return;
  const others = [...session.inFlight].filter((id) => id !== test.id);
  const reason =
    others.length === 0
      ? `it ended while ${test.id} was sent: by that, or by itself`
      : `it ended while ${test.id} and ${others.join(', ')} were sent; run them one at a time to know which`;
  throw new Interruption('error', session.down, reason);
}
