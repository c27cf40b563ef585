import { CognitoError } from '../errors.ts';
import type { Input } from '../inputs.ts';
import { findClient, type State } from '../state.ts';

/** Ends a refresh token and every token made from it; one that is unknown or already ended is no error. */
export function RevokeToken({ ClientId, Token }: Input<'RevokeToken'>, state: State) {
  const client = findClient(state, ClientId);
  if (client.settings.EnableTokenRevocation === false) {
    throw new CognitoError('UnsupportedOperationException', 'Token revocation is not enabled for this client.');
  }
  if (state.issued.has(Token)) throw new CognitoError('UnsupportedTokenTypeException', 'Unsupported token type');
  const grant = state.grants.get(Token);
  if (grant?.client === client) grant.revoked = true;
  return {};
}
