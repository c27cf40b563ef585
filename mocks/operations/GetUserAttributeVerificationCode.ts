import { authenticate } from '../access-token.ts';
import { assertSendable, countCall, sendCode } from '../codes.ts';
import { invalidParameter } from '../errors.ts';
import type { Input } from '../inputs.ts';
import type { State, User } from '../state.ts';
import { customMessage } from '../triggers.ts';
import { assertContact } from '../users.ts';

/** Proves the stored address, even while a change of it is pending. */
export async function GetUserAttributeVerificationCode(
  { AccessToken, AttributeName, ClientMetadata: clientMetadata }: Input<'GetUserAttributeVerificationCode'>,
  state: State,
) {
  const { client, user } = await authenticate(state, AccessToken);
  assertContact(AttributeName);
  registered(user, AttributeName);
  assertSendable(client.pool, AttributeName);
  countCall(state, user, 'GetUserAttributeVerificationCode', 5);
  await customMessage(state, client.pool, user, {
    source: 'VerifyUserAttribute',
    clientId: client.id,
    clientMetadata,
  });
  // The address may have changed while the function took its time.
  const address = registered(user, AttributeName);
  return { CodeDeliveryDetails: sendCode(state, client.pool, user, AttributeName, address) };
}

function registered(user: User, name: string): string {
  const address = user.attributes.get(name);
  if (address) return address;
  throw invalidParameter(
    `User does not have a valid registered ${name === 'email' ? 'email address' : 'phone number'}`,
  );
}
