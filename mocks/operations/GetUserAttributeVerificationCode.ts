import { authenticate } from '../access-token.ts';
import { assertSendable, countCall, sendCodes } from '../codes.ts';
import { invalidParameter } from '../errors.ts';
import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { assertContact } from '../users.ts';

/** Proves the stored address, even while a change of it is pending. */
export async function GetUserAttributeVerificationCode(
  { AccessToken, AttributeName, ClientMetadata: clientMetadata }: Input<'GetUserAttributeVerificationCode'>,
  state: State,
) {
  const { client, user } = await authenticate(state, AccessToken);
  assertContact(AttributeName);
  const address = user.attributes.get(AttributeName);
  if (!address) {
    const kind = AttributeName === 'email' ? 'email address' : 'phone number';
    throw invalidParameter(`User does not have a valid registered ${kind}`);
  }
  assertSendable(client.pool, AttributeName);
  countCall(state, user, 'GetUserAttributeVerificationCode', 5);
  const occasion = { source: 'VerifyUserAttribute', clientId: client.id, clientMetadata } as const;
  const [CodeDeliveryDetails] = await sendCodes(state, client.pool, user, [[AttributeName, address]], occasion);
  return { CodeDeliveryDetails };
}
