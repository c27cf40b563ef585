import type { JsonObject } from './case.ts';
import { brief, isAccepted, isObject, type Answer } from './answer.ts';
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
  throw new Interruption('blocked', `${operation} of a fixture is refused`, refusal(operation, answer), operation);
}

/** Ends the case where the answer says that the operation is not there. */
export async function refuseMissing(operation: string, answer: Answer, session: Session): Promise<void> {
  if (await session.support.lacks(operation, answer)) {
    throw notServed(operation, session.target);
  }
}

export function refusal(operation: string, answer: Answer): string {
  return `${operation} answered ${brief(answer)}${answer.message ? `: ${answer.message}` : ''}`;
}
