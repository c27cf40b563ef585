import { authenticate } from '../access-token.ts';
import { signOut } from '../auth.ts';
import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';

export async function GlobalSignOut({ AccessToken }: Input<'GlobalSignOut'>, state: State) {
  const { user } = await authenticate(state, AccessToken);
  signOut(user);
  return {};
}
