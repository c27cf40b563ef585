import { readChanges, updateAttributes } from '../attributes.ts';
import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { findUser } from '../users.ts';

/** Says nothing of the codes it sends. */
export async function AdminUpdateUserAttributes(input: Input<'AdminUpdateUserAttributes'>, state: State) {
  const { pool, user } = findUser(state, input);
  const { ClientMetadata: clientMetadata } = input;
  await updateAttributes(state, pool, user, readChanges(input.UserAttributes), { clientMetadata });
  return {};
}
