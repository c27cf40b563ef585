import type { Case } from './case.ts';
import { isAccepted, isObject } from './answer.ts';
import type { CaseRun } from './case-run.ts';
import { Interruption } from './interruption.ts';
import type { Session } from './session.ts';
import { claimsOf } from './pattern.ts';
import { controlToken, type Keys } from './tokens.ts';

/** Skips a case that needs a key which is not known, before anything is made for it. */
export function requireKey(test: Case, session: Session): void {
  if (session.target.signingKey || !signaturesOf(test, session).includes('own')) return;
  throw new Interruption('skip', 'tokens cannot be forged: no key that signs them is known');
}

/** The keys that the case's tokens are signed with. A target may make its own with the pool. */
export async function keysFor({ test, session, fixture }: Omit<CaseRun, 'keys'>): Promise<Keys> {
  const signatures = signaturesOf(test, session);
  const keys: Keys = {};
  if (signatures.includes('foreign')) keys.foreign = await session.foreignKey();
  if (signatures.includes('own')) {
    keys.own = await session.ownKey(fixture?.pool?.UserPoolId ?? '').catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Interruption('error', 'the signing key could not be read', reason);
    });
  }
  return keys;
}

function signaturesOf({ steps, row }: Case, { suite }: Session): (string | undefined)[] {
  const kinds = [...JSON.stringify([steps, row]).matchAll(/"\$token":"([^"]+)"/g)];
  return kinds.map(([, kind = '']) => suite.tokenKinds[kind]?.signature);
}

/** A refused forgery says nothing of a target that takes no forged token at all: its positive control. */
export async function requireForgeable({ session, caller, fixture, keys }: CaseRun): Promise<void> {
  const user = fixture?.scope['user'];
  const accessToken = isObject(user) ? user['AccessToken'] : undefined;
  if (typeof accessToken !== 'string' || !keys.own) return;
  requireJwt(accessToken);
  const AccessToken = controlToken(accessToken, keys.own);
  const ask = (): Promise<boolean> =>
    caller.call('GetUser', { AccessToken }, { role: 'fixture', signed: false }).then(isAccepted);
  const asked = (session.takesForged.answer ??= ask());
  // Asked once for all cases, as what they share is made; an answer that was lost is asked for again by the next one.
  asked.catch(() => delete session.takesForged.answer);
  if (await asked) return;
  throw new Interruption('skip', 'tokens cannot be forged: the target takes none but those it issued');
}

/** Only of a JWT can a part be altered. */
export function requireJwt(accessToken: string): void {
  if (isObject(claimsOf(accessToken))) return;
  throw new Interruption('skip', 'tokens cannot be forged: access tokens are no JWTs');
}
