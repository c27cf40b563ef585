import { signIn } from '../auth.ts';
import type { Input } from '../inputs.ts';
import { findClient, type State } from '../state.ts';

export async function InitiateAuth(input: Input<'InitiateAuth'>, state: State) {
  return signIn(state, findClient(state, input.ClientId), input, ['USER_PASSWORD_AUTH']);
}
