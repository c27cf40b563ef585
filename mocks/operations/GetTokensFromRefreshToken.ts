import { refreshAuth } from '../auth.ts';
import type { Input } from '../inputs.ts';
import { findClient, type State } from '../state.ts';

/** The mock's clients do not rotate refresh tokens, so that the answer holds no new one. */
export async function GetTokensFromRefreshToken(
  { ClientId, RefreshToken }: Input<'GetTokensFromRefreshToken'>,
  state: State,
) {
  const { AuthenticationResult } = await refreshAuth(state, findClient(state, ClientId), RefreshToken);
  return { AuthenticationResult };
}
