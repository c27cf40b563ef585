import type { Case, Json, JsonObject, Triggers } from './case.ts';
import { isObject } from './answer.ts';
import { Interruption } from './interruption.ts';
import { claimsOf } from './pattern.ts';
import type { Session } from './session.ts';
import type { CodeOwner } from './target.ts';
import { tokensIn } from './tokens.ts';
import { unreadable } from './unreadable.ts';

/** The target issues no token of such a kind, whatever a function tells it. */
export class NotIssued extends Error {}

/** Tokens, by kind and user, that the target may issue itself where a function tells it to. */
export type Issuable = readonly { kind: string; of: string }[];

/** What of a case's tokens need not be forged, as far as is known. */
export function issuable(test: Case, { target, suite, notIssued }: Session): Issuable {
  // A pool that exists already asks whom it asks.
  const isMade = test.given !== undefined && target.pools?.[test.given.pool] === undefined;
  if (!target.functions || target.values[ARN] === undefined || !isMade) return [];
  return tokensOf(test).filter(
    ({ kind, claims }) => !claims && suite.tokenKinds[kind]?.answers !== undefined && !notIssued.has(kind),
  );
}

/** The setting by which a pool asks a function what to put into its tokens. */
export function issuingSettings({ target }: Session): JsonObject {
  const LambdaArn = target.values[ARN] ?? '';
  return { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn } } };
}

/** Signs a user in once for each kind of token, while a function tells the target what to put into it. */
export async function issueTokens(
  kinds: readonly string[],
  owner: CodeOwner,
  session: Session,
  signIn: (kind: string) => Promise<JsonObject>,
): Promise<Record<string, string>> {
  const { functions } = session.target;
  const issued: Record<string, string> = {};
  if (!functions || kinds.length === 0) return issued;
  const define = (triggers: Triggers): Promise<void> =>
    functions.define(owner, triggers).catch((error: unknown) => unreadable('triggers', error, session));
  try {
    for (const kind of kinds) {
      const { answers = {} } = session.suite.tokenKinds[kind] ?? {};
      await define({ [SOURCE]: { answers } });
      const { AccessToken } = await signIn(kind).catch(orNotIssued);
      if (typeof AccessToken !== 'string' || !isOfKind(kind, AccessToken, session)) throw new NotIssued();
      issued[kind] = AccessToken;
    }
    await define({});
    return issued;
  } catch (error) {
    await functions.forget(owner).catch(() => {});
    throw error;
  }
}

/** A function that changes nothing did not make the token what it is. */
export function requireChanged(kinds: readonly string[], AccessToken: Json | undefined, session: Session): void {
  if (typeof AccessToken !== 'string' || !kinds.some((kind) => isOfKind(kind, AccessToken, session))) return;
  throw new NotIssued();
}

/** A target that refuses what such a token is made with does not issue it. */
export function orNotIssued(error: unknown): never {
  if (error instanceof Interruption && error.verdict !== 'error') throw new NotIssued();
  throw error;
}

/** All tokens that a case makes. */
export function tokensOf({ steps, row }: Case): ReturnType<typeof tokensIn> {
  return tokensIn([steps, row]);
}

/** A value of the manifest: the function that a pool is told to ask. */
const ARN = 'preTokenGenerationArn';
/** The first word of the `triggerSource` of its events. */
const SOURCE = 'TokenGeneration';

function isOfKind(kind: string, token: string, { match, suite }: Session): boolean {
  const claims = claimsOf(token);
  return isObject(claims) && match(suite.tokenKinds[kind]?.claims ?? {}, claims).length === 0;
}
