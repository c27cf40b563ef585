import { describeUser } from '../describe.ts';
import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { attributeList, findUser } from '../users.ts';

export function AdminGetUser(input: Input<'AdminGetUser'>, state: State) {
  const { user } = findUser(state, input);
  return { ...describeUser(user), UserAttributes: attributeList(user) };
}
