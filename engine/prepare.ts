import type { JsonObject } from './case.ts';
import { brief, isAccepted, isGarbled, isObject, type Answer } from './answer.ts';
import { notServed } from './features.ts';
import { Interruption } from './interruption.ts';
import type { Session } from './session.ts';
import type { Tools } from './tools.ts';

/** A fixture call: what it refuses blocks the case, what it lacks skips it. */
export async function prepare(
  operation: string,
  input: JsonObject,
  { session, caller }: Pick<Tools, 'session' | 'caller'>,
  owner?: string,
): Promise<JsonObject> {
  const signed = session.suite.operations[operation]?.signed ?? true;
  const answer = await caller.call(operation, input, { role: 'fixture', signed, owner });
  await refuseMissing(operation, answer, session);
  // Operations without output may answer nothing at all.
  const body = answer.text === '' ? {} : answer.body;
  if (isAccepted(answer) && isObject(body)) return body;
  requireWhole(operation, answer);
  throw new Interruption('blocked', `${operation} of a fixture is refused`, refusal(operation, answer), operation);
}

/** Ends the case where the answer says that the operation is not there. */
export async function refuseMissing(operation: string, answer: Answer, session: Session): Promise<void> {
  if (await session.support.lacks(operation, answer)) {
    throw notServed(operation, session.target);
  }
}

/** Ends a case that could only go on from an answer that is none. What it is about was not reached, and nobody refused. */
export function requireWhole(operation: string, answer: Answer): void {
  if (!isGarbled(answer)) return;
  const said = `${operation} answered ${garbled(answer)}`;
  throw new Interruption('error', said, said);
}

/** In a few words: `200 text/html, which is no JSON`. */
export function garbled({ status, headers }: Pick<Answer, 'status' | 'headers'>): string {
  const type = headers['content-type']?.replace(/;.*$/, '');
  const what = status >= 300 ? 'a redirect, and none is followed' : 'which is no JSON';
  return `${status}${type === undefined ? '' : ` ${type}`}, ${what}`;
}

export function refusal(operation: string, answer: Answer): string {
  return `${operation} answered ${brief(answer)}${answer.message ? `: ${answer.message}` : ''}`;
}
