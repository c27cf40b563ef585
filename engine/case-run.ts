import type { Case, Expectation, Json, JsonObject, Level, Step } from './case.ts';
import { isObject } from './answer.ts';
import type { Finding } from './expectation.ts';
import { withoutIndices } from './fingerprint.ts';
import { requireJwt } from './forgery.ts';
import type { Fixture } from './fixtures.ts';
import { Interruption } from './interruption.ts';
import type { Grade, Mismatch } from './result.ts';
import { makeToken, type Keys } from './tokens.ts';
import type { Tools } from './tools.ts';
import { resolve, SuiteFault, Unset } from './values.ts';

/** One case while it runs. */
export interface CaseRun extends Tools {
  test: Case;
  fixture?: Fixture;
  /** Index of the step that is being sent; absent before the first. */
  step?: number;
  keys: Keys;
  /** Codes by the name under which the step that caused them was saved. */
  codes: Map<string, string>;
  mismatches: Mismatch[];
  /** Parts of the fingerprint. */
  prints: string[];
  /** Members of answers that the service model does not know. */
  strangers: Set<string>;
  /** Milliseconds that it waited for tokens while others were judged. */
  waitedMs: number;
  /** Whether nobody else can have ended the target. */
  alone: boolean;
}

/** A part of the case with every value filled in. */
export function fill(value: Json, run: CaseRun): Json {
  try {
    return resolve(value, run.fixture?.scope ?? {}, (computed) => compute(computed, run));
  } catch (error) {
    if (!(error instanceof Unset)) throw error;
    throw new Interruption('blocked', 'an earlier answer lacks what this case goes on with', error.message);
  }
}

export function fillExpectation(expected: Expectation, run: CaseRun): Expectation {
  return fill(asJson(expected), run) as Expectation;
}

/** Adds what a step differs in to the verdict. */
export function add(findings: Finding[], part: 'expect' | 'should', step: Step, index: number, run: CaseRun): void {
  tell(findings, part, step, index, run);
  const grade = gradeOf(run.test.level, part);
  const call = nameOf(step);
  // `UpdateUserAttributes#2`: the second such call of the case, wherever it stands.
  const count = run.test.steps.slice(0, index + 1).filter((other) => nameOf(other) === call).length;
  for (const { keyword, kind, path } of findings) {
    run.prints.push([`${call}#${count}`, grade, kind, withoutIndices(path), keyword].filter(Boolean).join(' '));
  }
}

/** Adds what belongs beside a difference, and tells it no better. */
export function tell(findings: Finding[], part: 'expect' | 'should', step: Step, index: number, run: CaseRun): void {
  const grade = gradeOf(run.test.level, part);
  for (const { keyword: _, ...finding } of findings) {
    run.mismatches.push({ step: index, call: nameOf(step), grade, ...finding });
  }
}

/** Whether something of the case's own weight differs: no later step is sent then. */
export function isOver({ test, mismatches }: CaseRun): boolean {
  return mismatches.some(({ grade }) => grade === gradeOf(test.level, 'expect'));
}

export function nameOf({ call, request }: Step): string {
  return call ?? `${request?.method} ${request?.path ?? '/'}`;
}

/** Parts of a case are JSON: they were parsed from it. */
export function asJson(part: object | undefined): Json {
  return (part ?? {}) as Json;
}

/** In a `must` case `expect` weighs must and `should` weighs should; elsewhere all weighs as the case. */
function gradeOf(level: Level, part: 'expect' | 'should'): Grade {
  return level === 'must' && part === 'should' ? 'should' : level;
}

function compute(value: JsonObject, run: CaseRun): Json | undefined {
  const { $code, $token, of = 'user', claims } = value;
  if (typeof $code === 'string') {
    if (!run.session.target.latestCode) throw new Interruption('skip', 'codes cannot be read');
    return run.codes.get($code);
  }
  if (typeof $token !== 'string') return undefined;
  const { session, fixture, keys, redactor } = run;
  const kind = session.suite.tokenKinds[$token];
  const owner = fixture?.scope[String(of)];
  const accessToken = isObject(owner) ? owner['AccessToken'] : undefined;
  if (!kind) throw new SuiteFault(`no token kind "${$token}"`);
  if (typeof accessToken !== 'string') throw new SuiteFault(`no access token of ${String(of)}`);
  const issued = claims === undefined ? fixture?.issued.get(String(of))?.[$token] : undefined;
  if (issued !== undefined) return issued;
  if (kind.signature !== 'broken') requireJwt(accessToken);
  const own = resolve(kind.claims ?? {}, fixture?.scope ?? {}) as JsonObject;
  const token = makeToken({ ...kind, claims: own }, isObject(claims) ? claims : {}, accessToken, keys);
  redactor.hide(token, `${$token} token of ${String(of)}`);
  return token;
}
