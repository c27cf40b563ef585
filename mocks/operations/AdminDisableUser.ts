import { signOut } from '../auth.ts';
import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { findUser } from '../users.ts';

/** Also revokes the user's tokens, so that enabling the user again does not bring them back. */
export function AdminDisableUser(input: Input<'AdminDisableUser'>, state: State) {
  const { user } = findUser(state, input);
  user.enabled = false;
  user.modified = state.now();
  signOut(user);
  return {};
}
