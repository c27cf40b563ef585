import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { findUser } from '../users.ts';

export function AdminEnableUser(input: Input<'AdminEnableUser'>, state: State) {
  const { user } = findUser(state, input);
  user.enabled = true;
  user.modified = state.now();
  return {};
}
