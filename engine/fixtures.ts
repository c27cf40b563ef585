import type { Case, Given, Json, JsonObject, Triggers } from './case.ts';
import { deleteUser } from './existing-pools.ts';
import { Interruption } from './interruption.ts';
import { asJson } from './case-run.ts';
import { clientOf, deletePool, poolOf, type Pool } from './pools.ts';
import { issuable, issuingSettings, NotIssued, orNotIssued, tokensOf, type Issuable } from './issued.ts';
import { unreadable } from './unreadable.ts';
import type { CodeOwner } from './target.ts';
import type { Tools } from './tools.ts';
import { makeUser, type Issuer, type User } from './users.ts';
import { referencesIn, resolve } from './values.ts';

/** The state a case begins in. */
export interface Fixture {
  pool?: Pool;
  scope: Record<string, Json>;
  users: Map<string, User>;
  /** Tokens of a user that the target issued, by their kind. */
  issued: Map<string, Readonly<Record<string, string>>>;
  /** When all of them are what they are to be, by the target's clock. */
  due: number;
  release(): Promise<void>;
}

/**
 * Makes what `given` asks for: pool and client shared by content within the run, users always new. Tokens that the
 * target was to issue and did not are issued in another way, or left to be forged.
 */
export async function makeFixture(test: Case, tools: Tools): Promise<Fixture> {
  const { session } = tools;
  for (;;) {
    const tokens = issuable(test, session);
    try {
      return await make(test, tokens, tools);
    } catch (error) {
      if (!(error instanceof NotIssued)) throw error;
      for (const { kind, way } of tokens) {
        if (way === error.way) session.notIssued.set(`${way} ${kind}`, error.message);
      }
    }
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
  if (!given) return { scope, users, issued, due: 0, release: async () => {} };
  if (given.triggers && !session.target.functions) {
    throw new Interruption('skip', 'triggers cannot be observed: the target invokes no functions of the run');
  }
  const unable = given.triggers && session.target.functions?.cannot?.(given.triggers);
  if (unable !== undefined) throw new Interruption('skip', `triggers cannot behave as the case asks: ${unable}`);

  const isTold = tokens.some(({ way }) => way === 'function');
  const pool = isTold
    ? await poolOf(given, tools, issuingSettings(session)).catch(orNotIssued('function'))
    : await poolOf(given, tools);
  const release = async (): Promise<void> => {
    try {
      if (given.triggers || isTold)
        await eachOwner(pool, users, async (owner) => session.target.functions?.forget(owner));
    } finally {
      if (pool.existing) await eachOwner(pool, users, async (owner) => deleteUser(session, owner));
      if (given.own) await deletePool(session, pool);
    }
  };
  const fixture = { pool, scope, users, issued, due: 0, release };
  try {
    const due = await populate(fixture, given, test, tokens, tools);
    return { ...fixture, due };
  } catch (error) {
    // What went wrong first is told, not what then cannot be undone.
    await release().catch(() => {});
    throw error;
  }
}

/** Clients and users, under the names that the case reads them by. Resolves to when their tokens are what they are to be. */
async function populate(
  { pool, scope, users, issued }: Required<Fixture>,
  given: Given,
  test: Case,
  tokens: Issuable,
  tools: Tools,
): Promise<number> {
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
  const issuers = await issuersOf(tokens, { pool, given, client }, tools);
  let due = 0;
  const wanted: Record<string, JsonObject> = { ...(given.user && { user: given.user }), ...given.users };
  for (const [name, attributes] of Object.entries(wanted)) {
    const asked = resolve(attributes, scope) as Record<string, string>;
    const kinds = new Set(tokens.filter(({ of }) => of === name).map(({ kind }) => kind));
    const own = issuers.filter(({ kind }) => kinds.has(kind));
    const made = await makeUser({ name, asked, pool, client, signIn: readsToken(test, name), issuers: own }, tools);
    due = Math.max(due, made.due);
    scope[name] = made.values;
    issued.set(name, made.issued);
    users.set(name, made.user);
  }
  if (!given.triggers) return due;
  const triggers = resolve(asJson(given.triggers), scope) as Triggers;
  const { session } = tools;
  await eachOwner(pool, users, async (owner) =>
    session.target.functions?.define(owner, triggers).catch((error: unknown) => unreadable('triggers', error, session)),
  );
  return due;
}

/** Each kind of token once, with the client through which it is issued. */
async function issuersOf(
  tokens: Issuable,
  { pool, given, client }: { pool: Pool; given: Given; client: JsonObject },
  tools: Tools,
): Promise<Issuer[]> {
  const found = new Map<string, Issuer>();
  for (const { kind, way } of tokens) {
    const issue = way === 'client' ? tools.session.target.issues?.[kind] : undefined;
    if (found.has(kind)) continue;
    const own =
      issue && (await clientOf(pool, { ...given.client, ...issue.client }, tools).catch(orNotIssued('client')));
    if (own) tools.redactor.name(own['ClientId'], `${kind}.ClientId`);
    found.set(kind, { kind, way, client: own ?? client });
  }
  return [...found.values()];
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
