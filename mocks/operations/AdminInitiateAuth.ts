import { assertFlow, passwordAuth, refreshAuth } from '../auth.ts';
import { invalidParameter } from '../errors.ts';
import type { Input } from '../inputs.ts';
import { findClient, findPool, type State } from '../state.ts';

export async function AdminInitiateAuth(input: Input<'AdminInitiateAuth'>, state: State) {
  const { AuthFlow, AuthParameters = {}, ClientId, UserPoolId } = input;
  const client = findClient(state, ClientId, findPool(state, UserPoolId).id);
  switch (AuthFlow) {
    case 'ADMIN_USER_PASSWORD_AUTH':
    case 'ADMIN_NO_SRP_AUTH':
      assertFlow(client, 'ADMIN_USER_PASSWORD_AUTH');
      return passwordAuth(state, client, AuthParameters);
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      assertFlow(client, 'REFRESH_TOKEN_AUTH');
      return refreshAuth(state, client, AuthParameters);
    default:
      throw invalidParameter('Initiate Auth method not supported.');
  }
}
