import { letIn } from '../auth.ts';
import { invalidParameter } from '../errors.ts';
import type { Input } from '../inputs.ts';
import { setNewPassword } from '../new-password.ts';
import { verifyPassword } from '../password-verifier.ts';
import { findClient, type State } from '../state.ts';

/** Answers the two challenges that the mock gives. */
export async function RespondToAuthChallenge(
  { ChallengeName, ClientId, ChallengeResponses = {}, Session }: Input<'RespondToAuthChallenge'>,
  state: State,
) {
  const client = findClient(state, ClientId);
  if (ChallengeName === 'PASSWORD_VERIFIER') {
    return letIn(state, client, await verifyPassword(state, client, ChallengeResponses));
  }
  if (ChallengeName === 'NEW_PASSWORD_REQUIRED') {
    return letIn(
      state,
      client,
      await setNewPassword(state, client, Session, ChallengeResponses),
      'NewPasswordChallenge',
    );
  }
  throw invalidParameter(`Challenge ${ChallengeName} is not one that was given.`);
}
