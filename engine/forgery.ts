import type { KeyObject } from 'node:crypto';
import type { Case } from './case.ts';
import { isAccepted, isObject } from './answer.ts';
import type { CaseRun } from './case-run.ts';
import { notServed, requireDeclared } from './features.ts';
import { Interruption } from './interruption.ts';
import { issuable, tokensOf } from './issued.ts';
import type { Session } from './session.ts';
import { during } from './target.ts';
import { claimsOf } from './pattern.ts';
import { controlToken, type Keys } from './tokens.ts';

const FORGED = 'forged-tokens';

/** Skips a case that needs a key which cannot be had, before anything is made for it. */
export async function requireKey(test: Case, session: Session): Promise<void> {
  const { target, takesForged } = session;
  if (target.signingKey || !signaturesOf(test, session).includes('own')) return;
  requireDeclared(FORGED, target);
  if (!((await takesForged.answer?.catch(() => true)) ?? true)) throw unknownKey(test, session);
}

/** The keys that the case's tokens are signed with. A target may make its own with the pool. */
export async function keysFor({ test, session, fixture }: Omit<CaseRun, 'keys'>): Promise<Keys> {
  const signatures = signaturesOf(test, session);
  const keys: Keys = {};
  if (signatures.includes('foreign')) keys.foreign = await session.foreignKey();
  if (signatures.includes('own')) {
    const known = await session.ownKey(fixture?.pool?.UserPoolId ?? '').catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Interruption('error', 'the signing key could not be read', reason);
    });
    // Who checks no signature takes any key for its own, as the control tells.
    keys.own = known ?? (await session.foreignKey());
  }
  return keys;
}

/** Of the tokens that the target does not issue itself. */
function signaturesOf(test: Case, session: Session): (string | undefined)[] {
  const issued = new Set(issuable(test, session).map(({ kind }) => kind));
  return tokensOf(test).map(({ kind, claims }) =>
    issued.has(kind) && !claims ? undefined : session.suite.tokenKinds[kind]?.signature,
  );
}

/** A refused forgery says nothing of a target that takes no forged token at all: its positive control. */
export async function requireForgeable({ test, session, caller, fixture, keys }: CaseRun): Promise<void> {
  const user = fixture?.scope['user'];
  const accessToken = isObject(user) ? user['AccessToken'] : undefined;
  if (typeof accessToken !== 'string' || !keys.own) return;
  requireJwt(accessToken);
  if (await takesForged(accessToken, keys.own, { session, caller })) return;
  const { target } = session;
  if (!target.signingKey) throw unknownKey(test, session);
  throw notServed(FORGED, target, 'tokens cannot be forged: the target takes none but those it issued');
}

/** Whether another token than those that were issued is taken, where nothing in it is wrong; asked once a run. */
export function takesForged(
  accessToken: string,
  key: KeyObject,
  { session, caller }: Pick<CaseRun, 'session' | 'caller'>,
): Promise<boolean> {
  const AccessToken = controlToken(accessToken, key);
  const ask = (): Promise<boolean> =>
    during(session.target, { name: 'fixtures/forgery', redactor: caller.redactor }, () =>
      caller.call('GetUser', { AccessToken }, { role: 'fixture', signed: false }).then(isAccepted),
    );
  const asked = (session.takesForged.answer ??= ask());
  // Asked once for all cases, as what they share is made; an answer that was lost is asked for again by the next one.
  asked.catch(() => delete session.takesForged.answer);
  return asked;
}

/** Where the target has clients to which it is to issue such tokens, that is told too. */
function unknownKey(test: Case, { target, notIssued }: Session): Interruption {
  const whys = tokensOf(test).flatMap(({ kind }) => notIssued.get(`client ${kind}`) ?? []);
  const issued = [...new Set(whys)].map((why) => `; ${why}`).join('');
  return notServed(FORGED, target, `tokens cannot be forged: no key that signs them is known${issued}`);
}

/** Only of a JWT can a part be altered: of claims, and of a header before them. */
export function requireJwt(accessToken: string): void {
  if (isObject(claimsOf(accessToken)) && isObject(claimsOf(`.${accessToken}`))) return;
  throw new Interruption('skip', 'tokens cannot be forged: access tokens are no JWTs');
}
