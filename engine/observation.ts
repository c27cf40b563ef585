import type { Json, JsonObject } from './case.ts';
import { brief, isAccepted, isObject, type Answer } from './answer.ts';
import type { Caller } from './caller.ts';
import { notServed } from './features.ts';
import type { Match } from './match.ts';
import { requireWhole } from './prepare.ts';
import type { Session } from './session.ts';

/** The whole attribute set of a user, values as they came. A name listed twice holds a list, so that it never looks well. */
export type Attributes = ReadonlyMap<string, Json>;

/** Reads a user's attributes as an administrator sees them. */
export async function observe(
  UserPoolId: string,
  Username: string,
  session: Session,
  caller: Caller,
): Promise<Attributes> {
  const answer = await caller.call('AdminGetUser', { UserPoolId, Username }, { role: 'observation', signed: true });
  if (await session.support.lacks('AdminGetUser', answer)) {
    throw notServed('AdminGetUser', session.target, 'attributes cannot be observed: AdminGetUser is not implemented');
  }
  requireWhole('AdminGetUser', answer);
  if (!isAccepted(answer)) throw new Unreadable(answer);
  return attributesIn(answer);
}

/** The user cannot be read any more. */
export class Unreadable extends Error {
  constructor(answer: Answer) {
    super(`AdminGetUser answered ${brief(answer)}`);
  }
}

export function attributesIn(answer: Answer): Attributes {
  const attributes = new Map<string, Json>();
  const list = isObject(answer.body) ? answer.body['UserAttributes'] : undefined;
  const repeated = new Map<string, Json[]>();
  for (const item of Array.isArray(list) ? list : []) {
    if (!isObject(item)) continue;
    const { Name, Value = null } = item;
    const name = typeof Name === 'string' ? Name : String(JSON.stringify(Name));
    const values = repeated.get(name);
    if (values) values.push(Value);
    else if (attributes.has(name)) repeated.set(name, [attributes.get(name) ?? null, Value]);
    else attributes.set(name, Value);
  }
  for (const [name, values] of repeated) attributes.set(name, values);
  return attributes;
}

export interface AttributeDifference {
  attribute: string;
  /** What became of it, against what it was before. */
  fate: 'kept' | 'added' | 'removed' | 'altered';
  expected: unknown;
  actual: unknown;
}

/** Where the set after a step is not the set before it with just these changes. */
export function compareAttributes(
  before: Attributes,
  after: Attributes,
  changes: JsonObject,
  match: Match,
): AttributeDifference[] {
  const names = [...new Set([...before.keys(), ...after.keys(), ...Object.keys(changes)])].sort();
  return names.flatMap((attribute) => {
    const actual = after.get(attribute);
    const previous = before.get(attribute);
    const changed = Object.hasOwn(changes, attribute) ? changes[attribute] : undefined;
    const expected = changed === undefined ? previous : (changed ?? undefined);
    const holds = changed === undefined ? same(previous, actual) : fits(changed, actual, match);
    return holds ? [] : [{ attribute, fate: fateOf(previous, actual), expected, actual }];
  });
}

/** In `changes`, `null` is gone; all else is a pattern. What the target showed before is none. */
function fits(pattern: Json, actual: Json | undefined, match: Match): boolean {
  if (isObject(pattern) && '$any' in pattern) return true;
  return pattern === null ? actual === undefined : match(pattern, actual).length === 0;
}

function same(one: Json | undefined, other: Json | undefined): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

function fateOf(previous: Json | undefined, actual: Json | undefined): AttributeDifference['fate'] {
  if (same(previous, actual)) return 'kept';
  if (previous === undefined) return 'added';
  return actual === undefined ? 'removed' : 'altered';
}
