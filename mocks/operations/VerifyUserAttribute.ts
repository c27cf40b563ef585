import { authenticate } from '../access-token.ts';
import { assertProvable } from '../aliases.ts';
import { countCall, dropCodes, matchCode } from '../codes.ts';
import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { assertContact } from '../users.ts';

export async function VerifyUserAttribute(
  { AccessToken, AttributeName, Code }: Input<'VerifyUserAttribute'>,
  state: State,
) {
  const { client, user } = await authenticate(state, AccessToken);
  assertContact(AttributeName);
  countCall(state, user, 'VerifyUserAttribute', 15);
  const match = matchCode(state, user, AttributeName, Code);
  assertProvable(client.pool, user, AttributeName, match.value);
  if (match.value === user.attributes.get(AttributeName)) user.codes = user.codes.filter((code) => code !== match);
  else dropCodes(user, AttributeName);
  user.attributes.set(AttributeName, match.value);
  user.attributes.set(`${AttributeName}_verified`, 'true');
  user.modified = state.now();
  return {};
}
