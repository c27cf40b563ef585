import { readChanges, updateAttributes } from './attributes.ts';
import { invalidParameter, notAuthorized } from './errors.ts';
import { parameter, type Parameters } from './parameters.ts';
import { assertWritable } from './permissions.ts';
import type { Client, State, User } from './state.ts';
import { searchUser } from './users.ts';

const prefix = 'userAttributes.';

/** Makes a temporary password a permanent one, and writes what attributes come with it. A session serves once. */
export async function setNewPassword(
  state: State,
  client: Client,
  session: string | undefined,
  responses: Parameters,
): Promise<User> {
  if (!session) throw invalidParameter('Missing required parameter Session');
  const challenge = state.sessions.get(session);
  const { pool } = client;
  const name = parameter(responses, 'USERNAME');
  const password = parameter(responses, 'NEW_PASSWORD');
  if (challenge?.client !== client) throw notAuthorized('Invalid session for the user.');
  const { user, expires } = challenge;
  if (state.now() >= expires) throw notAuthorized('Invalid session for the user, session is expired.');
  if (searchUser(pool, name) !== user) throw notAuthorized('Invalid session for the user.');
  const given = Object.entries(responses).filter(([key]) => key.startsWith(prefix));
  const changes = readChanges(given.map(([key, Value]) => ({ Name: key.slice(prefix.length), Value })));
  assertWritable(client, [...changes.keys()]);
  await updateAttributes(state, pool, user, changes, { clientId: client.id });
  state.sessions.delete(session);
  Object.assign(user, { password, status: 'CONFIRMED', modified: state.now() } satisfies Partial<User>);
  return user;
}
