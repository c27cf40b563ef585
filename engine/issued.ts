import type { Case, Json, JsonObject, Triggers } from './case.ts';
import { isAccepted, isObject } from './answer.ts';
import { clockOf } from './clock.ts';
import { Interruption } from './interruption.ts';
import { claimsOf } from './pattern.ts';
import { refusal } from './prepare.ts';
import type { Session } from './session.ts';
import type { CodeOwner } from './target.ts';
import { tokensIn } from './tokens.ts';
import type { Tools } from './tools.ts';
import { unreadable } from './unreadable.ts';

/** How a target is brought to issue a token itself: to a client of its own, or as a function tells it. */
export type Way = 'client' | 'function';

/** The target issues no token of such a kind in this way. */
export class NotIssued extends Error {
  readonly way: Way;

  constructor(way: Way, why = '') {
    super(why);
    this.way = way;
  }
}

/** Tokens, by kind and user, that the target may issue itself. */
export type Issuable = readonly { kind: string; of: string; way: Way }[];

/** What of a case's tokens need not be forged, as far as is known. */
export function issuable(test: Case, session: Session): Issuable {
  // A pool that exists already asks whom it asks.
  if (!test.given || session.target.pools?.[test.given.pool] !== undefined) return [];
  return tokensOf(test).flatMap(({ kind, of, claims }) => {
    const way = claims ? undefined : wayOf(kind, session);
    return way ? [{ kind, of, way }] : [];
  });
}

function wayOf(kind: string, { target, suite, notIssued }: Session): Way | undefined {
  const answers = suite.tokenKinds[kind]?.answers;
  const isTold =
    target.values[ARN] !== undefined && answers !== undefined && !target.functions?.cannot?.(telling(answers));
  const may: Record<Way, boolean> = {
    client: target.issues?.[kind] !== undefined,
    function: target.functions !== undefined && isTold,
  };
  return (['client', 'function'] as const).find((way) => may[way] && !notIssued.has(`${way} ${kind}`));
}

/** Whether the case has to wait for what the target issues. */
export function waitsForTokens(test: Case, session: Session): boolean {
  return issuable(test, session).some(
    ({ kind, way }) => way === 'client' && session.target.issues?.[kind]?.after !== undefined,
  );
}

/** The setting by which a pool asks a function what to put into its tokens. */
export function issuingSettings({ target }: Session): JsonObject {
  const LambdaArn = target.values[ARN] ?? '';
  return { LambdaConfig: { PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn } } };
}

/** Signs a user in once for each kind of token, while a function tells the target what to put into it. */
export async function issueAsTold(
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
      await define(telling(session.suite.tokenKinds[kind]?.answers ?? {}));
      const { AccessToken } = await signIn(kind).catch(orNotIssued('function'));
      if (typeof AccessToken !== 'string' || !isOfKind({ kind, way: 'function' }, AccessToken, session))
        throw new NotIssued('function');
      issued[kind] = AccessToken;
    }
    await define({});
    return issued;
  } catch (error) {
    await functions.forget(owner).catch(() => {});
    throw error;
  }
}

/** Signs a user in through a client for each kind of token, which is held against what it is to be; `due` is when it is. */
export async function issueToClients(
  kinds: readonly string[],
  { session, caller }: Pick<Tools, 'session' | 'caller'>,
  signIn: (kind: string) => Promise<JsonObject>,
): Promise<{ issued: Record<string, string>; due: number }> {
  const clock = clockOf(session.target);
  const issued: Record<string, string> = {};
  let due = 0;
  for (const kind of kinds) {
    const { AccessToken } = await signIn(kind).catch(orNotIssued('client'));
    if (typeof AccessToken !== 'string' || !isOfKind({ kind, way: 'client' }, AccessToken, session))
      throw new NotIssued('client', `a token of the client for "${kind}" is no such token`);
    const after = session.target.issues?.[kind]?.after;
    if (after !== undefined) {
      requireShortLife(kind, AccessToken, after);
      due = Math.max(due, clock.now() + after);
      // Of a token that was never good, a refusal later on says nothing.
      const answer = await caller.call('GetUser', { AccessToken }, { role: 'fixture', signed: false });
      if (!isAccepted(answer))
        throw new NotIssued(
          'client',
          `a new token of the client for "${kind}" is not taken: ${refusal('GetUser', answer)}`,
        );
    }
    issued[kind] = AccessToken;
  }
  return { issued, due };
}

function requireShortLife(kind: string, token: string, after: number): void {
  const [from, until] = ['iat', 'exp'].map((claim) => timeIn(token, claim));
  if (from !== undefined && until !== undefined && until - from < after) return;
  const life = from === undefined || until === undefined ? 'says no times' : `lives ${(until - from) / 1000} s`;
  throw new NotIssued(
    'client',
    `a token of the client for "${kind}" ${life}, and less than ${after / 1000} s were asked for`,
  );
}

/** What was waited for has to have come about. */
export function requireExpired(tokens: Readonly<Record<string, string>>, { target }: Session): void {
  const now = clockOf(target).now();
  for (const [kind, token] of Object.entries(tokens)) {
    if (target.issues?.[kind]?.after === undefined) continue;
    const until = timeIn(token, 'exp') ?? Infinity;
    if (until < now) continue;
    const cause = 'a token that was waited for is not past its exp: is the clock of this computer right?';
    throw new Interruption('error', cause, `${cause} exp is ${until / 1000}, and it is ${Math.floor(now / 1000)}`);
  }
}

/** What every token is did not come about by the way in which one was issued. */
export function requireChanged(
  issuers: readonly { kind: string; way: Way }[],
  AccessToken: Json | undefined,
  session: Session,
): void {
  const { tokenKinds } = session.suite;
  for (const issuer of issuers) {
    const isTold = issuer.way === 'function' || tokenKinds[issuer.kind]?.lacks !== undefined;
    if (isTold && typeof AccessToken === 'string' && isOfKind(issuer, AccessToken, session)) {
      throw new NotIssued(issuer.way, `every token is such as that of the client for "${issuer.kind}"`);
    }
  }
}

/** A target that refuses what such a token is made with does not issue it. */
export function orNotIssued(way: Way): (error: unknown) => never {
  return (error) => {
    if (error instanceof Interruption && error.verdict !== 'error') throw new NotIssued(way, error.message);
    throw error;
  };
}

type Tokens = ReturnType<typeof tokensIn>;

/** Asked several times for each case. */
const found = new WeakMap<Case, Tokens>();

/** All tokens that a case makes. */
export function tokensOf(test: Case): Tokens {
  const tokens = found.get(test) ?? tokensIn([test.steps, test.row]);
  found.set(test, tokens);
  return tokens;
}

/** A value of the manifest: the function that a pool is told to ask. */
const ARN = 'preTokenGenerationArn';
/** The first word of the `triggerSource` of its events. */
const SOURCE = 'TokenGeneration';

function telling(answers: JsonObject): Triggers {
  return { [SOURCE]: { answers } };
}

/** A client's token need not hold what a forged one would. */
function isOfKind({ kind, way }: { kind: string; way: Way }, token: string, { match, suite }: Session): boolean {
  const payload = claimsOf(token);
  const { claims = {}, lacks = {} } = suite.tokenKinds[kind] ?? {};
  if (!isObject(payload)) return false;
  const holds = ([claim, word]: [string, string]): boolean =>
    String(payload[claim] ?? '')
      .split(' ')
      .includes(word);
  return !Object.entries(lacks).some(holds) && (way === 'client' || match(claims, payload).length === 0);
}

/** In milliseconds. */
function timeIn(token: string, claim: string): number | undefined {
  const payload = claimsOf(token);
  const seconds = isObject(payload) ? payload[claim] : undefined;
  return typeof seconds === 'number' ? seconds * 1000 : undefined;
}
