import { signOut } from '../auth.ts';
import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { findUser } from '../users.ts';

export function AdminUserGlobalSignOut(input: Input<'AdminUserGlobalSignOut'>, state: State) {
  signOut(findUser(state, input).user);
  return {};
}
