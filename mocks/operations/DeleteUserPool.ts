import type { Input } from '../inputs.ts';
import { findPool, type State } from '../state.ts';

export function DeleteUserPool({ UserPoolId }: Input<'DeleteUserPool'>, state: State) {
  const pool = findPool(state, UserPoolId);
  state.pools.delete(UserPoolId);
  for (const client of [...state.clients.values()].filter((client) => client.pool === pool)) {
    state.clients.delete(client.id);
  }
  return {};
}
