import { authenticate } from '../access-token.ts';
import { deleteAttributes } from '../attributes.ts';
import type { Input } from '../inputs.ts';
import { assertWritable } from '../permissions.ts';
import type { State } from '../state.ts';

export async function DeleteUserAttributes(input: Input<'DeleteUserAttributes'>, state: State) {
  const { client, user } = await authenticate(state, input.AccessToken);
  assertWritable(client, input.UserAttributeNames);
  deleteAttributes(state, client.pool, user, input.UserAttributeNames);
  return {};
}
