import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { findUser } from '../users.ts';

export function AdminSetUserPassword(input: Input<'AdminSetUserPassword'>, state: State) {
  const { user } = findUser(state, input);
  user.password = input.Password;
  user.status = input.Permanent ? 'CONFIRMED' : 'FORCE_CHANGE_PASSWORD';
  user.modified = state.now();
  return {};
}
