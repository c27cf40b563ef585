import { authenticate } from '../access-token.ts';
import { readChanges, updateAttributes } from '../attributes.ts';
import type { Input } from '../inputs.ts';
import { assertWritable } from '../permissions.ts';
import type { State } from '../state.ts';

/** The answer lists deliveries only if there are any. */
export async function UpdateUserAttributes(input: Input<'UpdateUserAttributes'>, state: State) {
  const { client, user } = await authenticate(state, input.AccessToken);
  assertWritable(
    client,
    input.UserAttributes.map(({ Name }) => Name),
  );
  const CodeDeliveryDetailsList = await updateAttributes(state, client.pool, user, readChanges(input.UserAttributes), {
    clientId: client.id,
    clientMetadata: input.ClientMetadata,
  });
  return CodeDeliveryDetailsList.length > 0 ? { CodeDeliveryDetailsList } : {};
}
