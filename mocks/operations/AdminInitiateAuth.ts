import { signIn } from '../auth.ts';
import type { Input } from '../inputs.ts';
import { findClient, findPool, type State } from '../state.ts';

export async function AdminInitiateAuth(input: Input<'AdminInitiateAuth'>, state: State) {
  const client = findClient(state, input.ClientId, findPool(state, input.UserPoolId).id);
  return signIn(state, client, input, ['ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH']);
}
