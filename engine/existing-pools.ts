import { isDeepStrictEqual } from 'node:util';
import type { Json, JsonObject } from './case.ts';
import { isAccepted, isObject, isSuccess } from './answer.ts';
import { createCaller } from './caller.ts';
import { mayBeAsked } from './features.ts';
import { Interruption } from './interruption.ts';
import type { Pool } from './pools.ts';
import type { Session } from './session.ts';
import type { ExistingPool, CodeOwner } from './target.ts';
import type { Tools } from './tools.ts';

/** The client of a pool that exists already, with the settings that a case asks for beside those of all. */
export async function existingClient(
  { ClientId: usual, clients = [] }: ExistingPool,
  { UserPoolId }: Pool,
  overrides: JsonObject,
  { session, caller }: Pick<Tools, 'session' | 'caller'>,
): Promise<JsonObject> {
  const isUsual = Object.keys(overrides).length === 0;
  const ClientId = isUsual ? usual : clients.find(({ settings }) => isDeepStrictEqual(settings, overrides))?.ClientId;
  if (ClientId === undefined) {
    const cause = `"pools" of the manifest has no client with ${Object.keys(overrides).join(', ')}`;
    throw new Interruption('skip', cause, `${cause} ${JSON.stringify(overrides)}, in pool ${UserPoolId}`);
  }
  if (!mayBeAsked('DescribeUserPoolClient', session.target)) return { ClientId };
  const options = { role: 'fixture', signed: true } as const;
  const answer = await caller.call('DescribeUserPoolClient', { UserPoolId, ClientId }, options);
  const shown = isSuccess(answer) && isObject(answer.body) ? answer.body['UserPoolClient'] : undefined;
  if (isObject(shown)) requireSettings(`client ${ClientId}`, overrides, shown, session);
  return { ClientId };
}

/** The attributes that a pool was asked for stand in its schema, custom ones with a prefix. */
export function requireSchema(name: string, asked: Json, shown: Json | undefined, session: Session): void {
  if (!Array.isArray(asked) || !Array.isArray(shown)) return;
  for (const attribute of asked) {
    if (!isObject(attribute)) continue;
    const { Name, ...settings } = attribute;
    const names = [Name, `custom:${String(Name)}`, `dev:custom:${String(Name)}`];
    const found = shown.find((one) => isObject(one) && names.includes(one['Name'] ?? null));
    const what = `attribute "${String(Name)}" of pool "${name}"`;
    if (isObject(found)) requireSettings(what, settings, found, session);
    else throw contradiction(what, `${what} is not in the schema that the pool shows`);
  }
}

function requireSettings(what: string, asked: JsonObject, shown: JsonObject, { match }: Session): void {
  for (const [setting, value] of Object.entries(asked)) {
    const found = shown[setting];
    const wanted = Array.isArray(value) ? { $set: value } : value;
    if (found === undefined || match(wanted, found).length === 0) continue;
    const reason = `${what} is to have ${setting} ${JSON.stringify(value)} and shows ${JSON.stringify(found)}`;
    throw contradiction(what, reason);
  }
}

function contradiction(what: string, reason: string): Interruption {
  return new Interruption('blocked', `${what} is not as asked for`, reason, 'DescribeUserPool');
}

/** Of a user whom the run made in a pool that is not its own; what cannot be deleted is left, and said. */
export async function deleteUser(session: Session, owner: CodeOwner): Promise<void> {
  const left = `users of this run are left behind in pool ${owner.UserPoolId}`;
  if (session.down !== undefined) return void session.notes.add(left);
  const caller = createCaller(session.target, session.redactor);
  const options = { role: 'fixture', signed: true } as const;
  const answer = await caller.call('AdminDeleteUser', { ...owner }, options).catch(() => undefined);
  if (answer && (isAccepted(answer) || answer.error === 'UserNotFoundException')) return;
  session.notes.add(left);
}
