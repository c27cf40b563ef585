import { authenticate } from '../access-token.ts';
import type { Input } from '../inputs.ts';
import { isReadable } from '../permissions.ts';
import type { State } from '../state.ts';
import { attributeList } from '../users.ts';

export async function GetUser({ AccessToken }: Input<'GetUser'>, state: State) {
  const { client, user } = await authenticate(state, AccessToken);
  return {
    Username: user.username,
    UserAttributes: attributeList(user).filter(({ Name }) => isReadable(client, Name)),
  };
}
