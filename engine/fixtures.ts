import type { Case, Given, Json, JsonObject, Triggers } from './case.ts';
import { Interruption } from './interruption.ts';
import { asJson } from './case-run.ts';
import { clientOf, deletePool, poolOf, type Pool } from './pools.ts';
import { unreadable } from './unreadable.ts';
import type { CodeOwner } from './target.ts';
import type { Tools } from './tools.ts';
import { makeUser, type User } from './users.ts';
import { referencesIn, resolve } from './values.ts';

/** The state a case begins in. */
export interface Fixture {
  pool?: Pool;
  scope: Record<string, Json>;
  users: Map<string, User>;
  release(): Promise<void>;
}

/** Makes what `given` asks for: pool and client shared by content within the run, users always new. */
export async function makeFixture(test: Case, tools: Tools): Promise<Fixture> {
  const { session } = tools;
  const scope: Record<string, Json> = { unique: session.unique(), target: { ...session.target.values } };
  if (test.row) scope['row'] = test.row;
  const users = new Map<string, User>();
  const { given } = test;
  if (!given) return { scope, users, release: async () => {} };
  if (given.triggers && !session.target.functions) {
    throw new Interruption('skip', 'triggers cannot be observed: the target invokes no functions of the run');
  }
  const unable = given.triggers && session.target.functions?.cannot?.(given.triggers);
  if (unable !== undefined) throw new Interruption('skip', `triggers cannot behave as the case asks: ${unable}`);

  const pool = await poolOf(given, tools);
  const release = async (): Promise<void> => {
    try {
      if (given.triggers) await eachOwner(pool, users, async (owner) => session.target.functions?.forget(owner));
    } finally {
      if (given.own) await deletePool(session, pool);
    }
  };
  const fixture = { pool, scope, users, release };
  try {
    await populate(fixture, given, test, tools);
    return fixture;
  } catch (error) {
    // What went wrong first is told, not what then cannot be undone.
    await release().catch(() => {});
    throw error;
  }
}

/** Clients and users, under the names that the case reads them by. */
async function populate(
  { pool, scope, users }: Required<Fixture>,
  given: Given,
  test: Case,
  tools: Tools,
): Promise<void> {
  const client = await clientOf(pool, given.client ?? {}, tools);
  scope['pool'] = { UserPoolId: pool.UserPoolId };
  scope['client'] = client;
  for (const [name, overrides] of Object.entries(given.clients ?? {})) {
    scope[name] = await clientOf(pool, overrides, tools);
  }
  const wanted: Record<string, JsonObject> = { ...(given.user && { user: given.user }), ...given.users };
  for (const [name, attributes] of Object.entries(wanted)) {
    const asked = resolve(attributes, scope) as Record<string, string>;
    const made = await makeUser({ name, asked, pool, client, signIn: readsToken(test, name) }, tools);
    scope[name] = made.values;
    users.set(name, made.user);
  }
  if (!given.triggers) return;
  const triggers = resolve(asJson(given.triggers), scope) as Triggers;
  const { session } = tools;
  await eachOwner(pool, users, async (owner) =>
    session.target.functions?.define(owner, triggers).catch((error: unknown) => unreadable('triggers', error, session)),
  );
}

async function eachOwner(
  { UserPoolId }: Pool,
  users: Fixture['users'],
  act: (owner: CodeOwner) => Promise<void>,
): Promise<void> {
  for (const { Username } of users.values()) await act({ UserPoolId, Username });
}

/** Whether the case reads a token of the user, or makes a bad one from it. */
function readsToken({ steps, row }: Case, name: string): boolean {
  const text = JSON.stringify([steps, row]);
  const forged = text.includes('"$token"') && (name === 'user' || text.includes(`"of":"${name}"`));
  return forged || referencesIn(text).some((path) => /^(\w+)\.(Access|Id|Refresh)Token$/.exec(path)?.[1] === name);
}
