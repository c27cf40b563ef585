import type { Input } from '../inputs.ts';
import { findClient, findPool, type State } from '../state.ts';

export function DeleteUserPoolClient({ UserPoolId, ClientId }: Input<'DeleteUserPoolClient'>, state: State) {
  state.clients.delete(findClient(state, ClientId, findPool(state, UserPoolId).id).id);
  return {};
}
