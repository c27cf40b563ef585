import { deleteAttributes } from '../attributes.ts';
import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { findUser } from '../users.ts';

export function AdminDeleteUserAttributes(input: Input<'AdminDeleteUserAttributes'>, state: State) {
  const { pool, user } = findUser(state, input);
  deleteAttributes(state, pool, user, input.UserAttributeNames);
  return {};
}
