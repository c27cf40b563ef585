import { readChanges, updateAttributes } from '../attributes.ts';
import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { findUser } from '../users.ts';

/** Says nothing of the codes it sends. */
export function AdminUpdateUserAttributes(input: Input<'AdminUpdateUserAttributes'>, state: State) {
  const { pool, user } = findUser(state, input);
  updateAttributes(state, pool, user, readChanges(input.UserAttributes));
  return {};
}
