import { describePool } from '../describe.ts';
import type { Input } from '../inputs.ts';
import { findPool, type State } from '../state.ts';

export function DescribeUserPool({ UserPoolId }: Input<'DescribeUserPool'>, state: State) {
  return { UserPool: describePool(findPool(state, UserPoolId)) };
}
