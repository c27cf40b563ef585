import { signIn, srpAuth } from '../auth.ts';
import type { Input } from '../inputs.ts';
import { findClient, type State } from '../state.ts';

export async function InitiateAuth(input: Input<'InitiateAuth'>, state: State) {
  const client = findClient(state, input.ClientId);
  if (input.AuthFlow === 'USER_SRP_AUTH') return srpAuth(state, client, input.AuthParameters);
  return signIn(state, client, input, ['USER_PASSWORD_AUTH']);
}
