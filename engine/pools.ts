import { createHash } from 'node:crypto';
import type { Given, Json, JsonObject } from './case.ts';
import { isAccepted, isObject, isSuccess, type Answer } from './answer.ts';
import { createCaller } from './caller.ts';
import { existingClient, requireSchema } from './existing-pools.ts';
import { mayBeAsked } from './features.ts';
import { Interruption } from './interruption.ts';
import { mergePatch } from './patch.ts';
import { prepare, refusal, refuseMissing, requireWhole } from './prepare.ts';
import { hideMembers } from './redact.ts';
import type { Session } from './session.ts';
import { during, type ExistingPool } from './target.ts';
import type { Tools } from './tools.ts';
import { resolve, Unset } from './values.ts';

export interface Pool {
  UserPoolId: string;
  /** Users of the pool are named by an attribute: `UsernameAttributes`. */
  usernameAttributes: string[];
  /** The same where nobody asked for it, as the pool shows it. */
  imposed?: string;
  /** What it is called among the fixtures of the run, where it is no case's own. */
  sharedAs?: string;
  /** Not made by the run, and not deleted by it. */
  existing?: ExistingPool;
}

type Maker = Pick<Tools, 'session' | 'caller'>;

/** The pool that a case asks for, perhaps with more settings: one of its own, or the one that all cases asking for it share. */
export async function poolOf({ pool, own }: Given, maker: Maker, more: JsonObject = {}): Promise<Pool> {
  const existing = maker.session.target.pools?.[pool];
  if (existing && own) throw new Interruption('skip', "a pool that exists already cannot be the case's own");
  const make = (): Promise<Pool> => (existing ? usePool(pool, existing, maker) : makePool(pool, more, maker));
  if (own) return make();
  const { target, redactor, pools } = maker.session;
  const content = JSON.stringify(more);
  const sharedAs = content === '{}' ? pool : `${pool}.${digest(content)}`;
  const work = { name: `fixtures/pools/${sharedAs}`, redactor };
  return shared(pools, `${pool} ${content}`, async () => ({ ...(await during(target, work, make)), sharedAs }));
}

/** A client of a pool, shared by all cases that ask for the same settings. */
export function clientOf(pool: Pool, overrides: JsonObject, maker: Maker): Promise<JsonObject> {
  const { UserPoolId, existing, sharedAs } = pool;
  const { suite, target, clients, redactor, id } = maker.session;
  const settings = { ...suite.client, ...overrides };
  const content = JSON.stringify(settings);
  const make = async (): Promise<JsonObject> => {
    if (existing) return existingClient(existing, pool, overrides, maker);
    const input = { UserPoolId, ClientName: id, ...settings };
    const { UserPoolClient } = await prepare('CreateUserPoolClient', input, maker);
    hideMembers(UserPoolClient, redactor);
    if (isObject(UserPoolClient) && typeof UserPoolClient['ClientId'] === 'string') return UserPoolClient;
    throw new Interruption('blocked', 'CreateUserPoolClient answers no ClientId');
  };
  const name = (): string => `fixtures/clients/${sharedAs}.${digest(content)}`;
  return shared(clients, `${UserPoolId} ${content}`, () =>
    sharedAs ? during(target, { name: name(), redactor }, make) : make(),
  );
}

/** Whose account it is does not tell settings apart: no recording holds it. */
function digest(content: string): string {
  return createHash('sha256')
    .update(content.replace(/:\d{12}:/g, '::'))
    .digest('hex')
    .slice(0, 8);
}

/** What cannot be deleted is left, and said. */
export async function deletePool(session: Session, { UserPoolId, existing }: Pool): Promise<void> {
  if (existing) return;
  const left = `pool ${UserPoolId} could not be deleted`;
  const leave = (what: string): void => void (session.target.clears || session.notes.add(what));
  if (session.down !== undefined) return leave(left);
  const all = 'the pools of this run are left behind: DeleteUserPool is not';
  if (!mayBeAsked('DeleteUserPool', session.target)) return leave(`${all} declared`);
  const caller = createCaller(session.target, session.redactor);
  const options = { role: 'fixture', signed: true } as const;
  const answer = await caller.call('DeleteUserPool', { UserPoolId }, options).catch(() => undefined);
  // A case may have deleted its own.
  if (answer && (isAccepted(answer) || answer.error === 'ResourceNotFoundException')) return;
  const lacks = answer !== undefined && (await session.support.lacks('DeleteUserPool', answer).catch(() => false));
  leave(lacks ? `${all} implemented` : left);
}

async function makePool(name: string, more: JsonObject, maker: Maker): Promise<Pool> {
  const { session } = maker;
  const settings = mergePatch(settingsOf(name, session), more) as JsonObject;
  const { answer, id } = await createPool({ PoolName: `${session.id}-${name}`, ...settings }, maker);
  await refuseMissing('CreateUserPool', answer, session);
  if (id === undefined) return refused(Object.keys(settings), answer, maker);
  const pool = { UserPoolId: id, usernameAttributes: namesIn(settings) };
  try {
    await readBack(name, pool, settings, maker);
    return pool;
  } catch (error) {
    await deletePool(session, pool);
    throw error;
  }
}

async function usePool(name: string, existing: ExistingPool, maker: Maker): Promise<Pool> {
  const settings = settingsOf(name, maker.session);
  const pool = { UserPoolId: existing.UserPoolId, usernameAttributes: namesIn(settings), existing };
  await readBack(name, pool, settings, maker);
  return pool;
}

function namesIn({ UsernameAttributes: names }: JsonObject): string[] {
  return Array.isArray(names) ? names.map(String) : [];
}

function settingsOf(name: string, { suite, target }: Session): JsonObject {
  try {
    return resolve(suite.pools[name] ?? {}, { target: { ...target.values } }) as JsonObject;
  } catch (error) {
    if (!(error instanceof Unset)) throw error;
    throw new Interruption('error', `pool "${name}": ${error.message} by "values" of the manifest`);
  }
}

/** A target that makes plain pools lacks these settings; one that makes none is out of order, or does not let this caller. */
async function refused(settings: string[], answer: Answer, maker: Maker): Promise<never> {
  requireWhole('CreateUserPool', answer);
  const reason = refusal('CreateUserPool', answer);
  const mayLack = settings.length > 0 && answer.error !== 'AccessDeniedException';
  const plain = mayLack ? await createPool({ PoolName: `${maker.session.id}-plain` }, maker) : undefined;
  if (plain?.id === undefined) {
    throw new Interruption('blocked', 'CreateUserPool of a fixture is refused', reason, 'CreateUserPool');
  }
  await deletePool(maker.session, { UserPoolId: plain.id, usernameAttributes: [] });
  throw new Interruption('skip', `a pool with ${settings.join(', ')} is refused`, reason);
}

async function createPool(asked: JsonObject, maker: Maker): Promise<{ answer: Answer; id: string | undefined }> {
  const { session, caller } = maker;
  const input = mergePatch(session.target.poolSettings?.(session.runId), asked) as JsonObject;
  const answer = await caller.call('CreateUserPool', input, { role: 'fixture', signed: true });
  const made = isSuccess(answer) && isObject(answer.body) ? answer.body['UserPool'] : undefined;
  const id = isObject(made) ? made['Id'] : undefined;
  return { answer, id: typeof id === 'string' ? id : undefined };
}

/** What the pool contradicts blocks; what it merely does not show is noted. A target need not show pools to be judged. */
async function readBack(name: string, pool: Pool, settings: JsonObject, { session, caller }: Maker): Promise<void> {
  if (!mayBeAsked('DescribeUserPool', session.target)) return;
  const { UserPoolId } = pool;
  const answer = await caller.call('DescribeUserPool', { UserPoolId }, { role: 'fixture', signed: true });
  const shown = isSuccess(answer) && isObject(answer.body) ? answer.body['UserPool'] : undefined;
  if (!isObject(shown)) return;
  const { UsernameAttributes: imposed } = shown;
  if (!settings['UsernameAttributes'] && Array.isArray(imposed) && imposed.length > 0)
    pool.imposed = imposed.map((name) => (typeof name === 'string' ? name : JSON.stringify(name))).join(', ');
  // The schema comes back as SchemaAttributes, with the standard attributes in it.
  const { Schema = [], ...comparable } = settings;
  if (pool.existing) requireSchema(name, Schema, shown['SchemaAttributes'], session);
  for (const [setting, asked] of Object.entries(comparable)) {
    const found = shown[setting];
    if (found === undefined) session.notes.add(`pool "${name}" does not show its ${setting}`);
    else if (session.match(inAnyOrder(asked), found).length > 0) {
      const reason = `pool "${name}" ${pool.existing ? 'is to have' : 'was made with'} ${setting} ${JSON.stringify(asked)} and shows ${JSON.stringify(found)}`;
      throw new Interruption('blocked', `pool "${name}" is not as asked for`, reason, 'DescribeUserPool');
    }
  }
}

/** Lists of names in settings are sets. */
function inAnyOrder(asked: Json): Json {
  if (Array.isArray(asked)) return { $set: asked };
  if (!isObject(asked)) return asked;
  return Object.fromEntries(Object.entries(asked).map(([name, inner]) => [name, inAnyOrder(inner)]));
}

/** A failed attempt is not kept, as it may have been the case's own bad luck; what the target lacks, it lacks for all. */
function shared<T>(store: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const there = store.get(key);
  if (there) return there;
  const made = make();
  store.set(key, made);
  made.catch((error: unknown) => {
    if (!(error instanceof Interruption && error.verdict === 'skip')) store.delete(key);
  });
  return made;
}
