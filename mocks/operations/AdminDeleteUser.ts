import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { findUser, fold } from '../users.ts';

export function AdminDeleteUser(input: Input<'AdminDeleteUser'>, state: State) {
  const { pool, user } = findUser(state, input);
  pool.users.delete(fold(pool, user.username));
  return {};
}
