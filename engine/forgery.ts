import type { Case } from './case.ts';
import { isObject, isSuccess } from './answer.ts';
import type { CaseRun } from './case-run.ts';
import { Interruption } from './interruption.ts';
import type { Session } from './session.ts';
import { controlToken, type Keys } from './tokens.ts';

/** The keys that the case's tokens are signed with; skips the case where they cannot be had. */
export async function keysFor({ steps, row }: Case, session: Session): Promise<Keys> {
  const kinds = [...JSON.stringify([steps, row]).matchAll(/"\$token":"([^"]+)"/g)];
  const signatures = kinds.map(([, kind = '']) => session.suite.tokenKinds[kind]?.signature);
  const keys: Keys = {};
  if (signatures.includes('foreign')) keys.foreign = await session.foreignKey();
  if (signatures.includes('own')) {
    keys.own = await session.ownKey();
    if (!keys.own) throw new Interruption('skip', 'tokens cannot be forged: no key that signs them is known');
  }
  return keys;
}

/** A refused forgery says nothing of a target that takes no forged token at all: its positive control. */
export async function requireForgeable({ session, caller, fixture, keys }: CaseRun): Promise<void> {
  const user = fixture?.scope['user'];
  const accessToken = isObject(user) ? user['AccessToken'] : undefined;
  if (typeof accessToken !== 'string' || !keys.own) return;
  const AccessToken = controlToken(accessToken, keys.own);
  session.takesForged.answer ??= caller
    .call('GetUser', { AccessToken }, { role: 'control', signed: false })
    .then((answer) => isSuccess(answer));
  if (await session.takesForged.answer) return;
  throw new Interruption('skip', 'tokens cannot be forged: the target takes none but those it issued');
}
