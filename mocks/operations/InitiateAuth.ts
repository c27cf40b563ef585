import { assertFlow, passwordAuth, refreshAuth } from '../auth.ts';
import { invalidParameter } from '../errors.ts';
import type { Input } from '../inputs.ts';
import { findClient, type State } from '../state.ts';

export async function InitiateAuth({ AuthFlow, AuthParameters = {}, ClientId }: Input<'InitiateAuth'>, state: State) {
  const client = findClient(state, ClientId);
  switch (AuthFlow) {
    case 'USER_PASSWORD_AUTH':
      assertFlow(client, AuthFlow);
      return passwordAuth(state, client, AuthParameters);
    case 'REFRESH_TOKEN_AUTH':
    case 'REFRESH_TOKEN':
      assertFlow(client, 'REFRESH_TOKEN_AUTH');
      return refreshAuth(state, client, AuthParameters);
    default:
      throw invalidParameter('Initiate Auth method not supported.');
  }
}
