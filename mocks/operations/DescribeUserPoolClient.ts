import { describeClient } from '../describe.ts';
import type { Input } from '../inputs.ts';
import { findClient, findPool, type State } from '../state.ts';

export function DescribeUserPoolClient({ UserPoolId, ClientId }: Input<'DescribeUserPoolClient'>, state: State) {
  const pool = findPool(state, UserPoolId);
  return { UserPoolClient: describeClient(findClient(state, ClientId, pool.id)) };
}
