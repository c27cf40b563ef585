import type { Case, Given, Json, JsonObject, Triggers } from './case.ts';
import { deleteUser } from './existing-pools.ts';
import { Interruption } from './interruption.ts';
import { asJson } from './case-run.ts';
import { clientOf, deletePool, poolOf, type Pool } from './pools.ts';
import { issuable, issuingSettings, NotIssued, orNotIssued, tokensOf, type Issuable } from './issued.ts';
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
  /** Tokens of a user that the target issued, by their kind. */
  issued: Map<string, Readonly<Record<string, string>>>;
  release(): Promise<void>;
}

/**
 * Makes what `given` asks for: pool and client shared by content within the run, users always new. Tokens that the
 * target was to issue and did not are left to be forged.
 */
export async function makeFixture(test: Case, tools: Tools): Promise<Fixture> {
  const tokens = issuable(test, tools.session);
  try {
    return await make(test, tokens, tools);
  } catch (error) {
    if (!(error instanceof NotIssued)) throw error;
    for (const { kind } of tokens) tools.session.notIssued.add(kind);
    return make(test, [], tools);
  }
}

async function make(test: Case, tokens: Issuable, tools: Tools): Promise<Fixture> {
  const { session } = tools;
  const scope: Record<string, Json> = { unique: session.unique(), target: { ...session.target.values } };
  tools.redactor.name(scope['unique'], 'unique');
  if (test.row) scope['row'] = test.row;
  const users: Fixture['users'] = new Map();
  const issued: Fixture['issued'] = new Map();
  const { given } = test;
  if (!given) return { scope, users, issued, release: async () => {} };
  if (given.triggers && !session.target.functions) {
    throw new Interruption('skip', 'triggers cannot be observed: the target invokes no functions of the run');
  }
  const unable = given.triggers && session.target.functions?.cannot?.(given.triggers);
  if (unable !== undefined) throw new Interruption('skip', `triggers cannot behave as the case asks: ${unable}`);

  const pool =
    tokens.length > 0
      ? await poolOf(given, tools, issuingSettings(session)).catch(orNotIssued)
      : await poolOf(given, tools);
  const release = async (): Promise<void> => {
    try {
      if (given.triggers || tokens.length > 0)
        await eachOwner(pool, users, async (owner) => session.target.functions?.forget(owner));
    } finally {
      if (pool.existing) await eachOwner(pool, users, async (owner) => deleteUser(session, owner));
      if (given.own) await deletePool(session, pool);
    }
  };
  const fixture = { pool, scope, users, issued, release };
  try {
    await populate(fixture, given, test, tokens, tools);
    return fixture;
  } catch (error) {
    // What went wrong first is told, not what then cannot be undone.
    await release().catch(() => {});
    throw error;
  }
}

/** Clients and users, under the names that the case reads them by. */
async function populate(
  { pool, scope, users, issued }: Required<Fixture>,
  given: Given,
  test: Case,
  tokens: Issuable,
  tools: Tools,
): Promise<void> {
  const client = await clientOf(pool, given.client ?? {}, tools);
  scope['pool'] = { UserPoolId: pool.UserPoolId };
  scope['client'] = client;
  tools.redactor.name(pool.UserPoolId, 'pool.UserPoolId');
  tools.redactor.name(client['ClientId'], 'client.ClientId');
  for (const [name, overrides] of Object.entries(given.clients ?? {})) {
    const other = await clientOf(pool, overrides, tools);
    scope[name] = other;
    tools.redactor.name(other['ClientId'], `${name}.ClientId`);
  }
  const wanted: Record<string, JsonObject> = { ...(given.user && { user: given.user }), ...given.users };
  for (const [name, attributes] of Object.entries(wanted)) {
    const asked = resolve(attributes, scope) as Record<string, string>;
    const kinds = [...new Set(tokens.filter(({ of }) => of === name).map(({ kind }) => kind))];
    const made = await makeUser({ name, asked, pool, client, signIn: readsToken(test, name), kinds }, tools);
    scope[name] = made.values;
    issued.set(name, made.issued);
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
function readsToken(test: Case, name: string): boolean {
  // A token of the first user is also the control of all that are forged.
  const made = tokensOf(test).some(({ of }) => name === 'user' || of === name);
  return (
    made ||
    referencesIn([test.steps, test.row]).some((path) => /^(\w+)\.(Access|Id|Refresh)Token$/.exec(path)?.[1] === name)
  );
}
