import { randomBytes } from 'node:crypto';
import type { Case, Given, Json, JsonObject } from './case.ts';
import { brief, isObject, isSuccess, type Answer } from './answer.ts';
import type { Caller } from './caller.ts';
import { Interruption } from './interruption.ts';
import { observe, type Attributes } from './observation.ts';
import { claimsOf } from './pattern.ts';
import { hideMembers, type Redactor } from './redact.ts';
import { deletePool, type Pool, type Session } from './session.ts';
import { referencesIn, resolve } from './values.ts';

/** The state a case begins in. */
export interface Fixture {
  pool?: Pool;
  scope: Record<string, Json>;
  users: Map<string, User>;
  release(): Promise<void>;
}

export interface User {
  name: string;
  Username: string;
  /** As last observed. */
  attributes: Attributes;
}

/** Makes what `given` asks for: pool and client shared by content within the run, users always new. */
export async function makeFixture(test: Case, session: Session, caller: Caller, redactor: Redactor): Promise<Fixture> {
  const scope: Record<string, Json> = { unique: session.unique(), target: { ...session.target.values } };
  if (test.row) scope['row'] = test.row;
  const users = new Map<string, User>();
  if (!test.given) return { scope, users, release: async () => {} };

  const pool = await poolOf(test, session, caller);
  const release = async (): Promise<void> => {
    if (test.given?.own) await deletePool(session, pool);
  };
  try {
    await populate(pool, test.given, { test, scope, users }, session, caller, redactor);
  } catch (error) {
    await release();
    throw error;
  }
  return { pool, scope, users, release };
}

/** Clients and users, under the names that the case reads them by. */
async function populate(
  pool: Pool,
  given: Given,
  { test, scope, users }: Pick<Fixture, 'scope' | 'users'> & { test: Case },
  session: Session,
  caller: Caller,
  redactor: Redactor,
): Promise<void> {
  const clientOf = (overrides: JsonObject = {}): Promise<JsonObject> => sharedClient(pool, overrides, session, caller);
  const client = await clientOf(given.client);
  scope['pool'] = { UserPoolId: pool.UserPoolId };
  scope['client'] = client;
  for (const [name, overrides] of Object.entries(given.clients ?? {})) scope[name] = await clientOf(overrides);

  const wanted = { ...(given.user && { user: given.user }), ...given.users };
  const read = referencesIn([test.steps, test.row]);
  for (const [name, attributes] of Object.entries(wanted)) {
    const signIn =
      read.some((path) => /^(\w+)\.(Access|Id|Refresh)Token$/.exec(path)?.[1] === name) || forges(test, name);
    const asked = resolve(attributes, scope) as Record<string, string>;
    const made = await makeUser({ name, asked, pool, client, signIn }, session, caller, redactor);
    scope[name] = made.values;
    users.set(name, made.user);
  }
}

/** A fixture call: what it refuses blocks the case, what it lacks skips it. */
export async function prepare(
  operation: string,
  input: JsonObject,
  session: Session,
  caller: Caller,
  owner?: string,
): Promise<JsonObject> {
  const signed = session.suite.operations[operation]?.signed ?? true;
  const answer = await caller.call(operation, input, { role: 'fixture', signed, owner });
  await refuseMissing(operation, answer, session);
  if (isSuccess(answer) && isObject(answer.body)) return answer.body;
  throw new Interruption('blocked', `${operation} of a fixture is refused`, refusal(operation, answer), operation);
}

/** Ends the case where the answer says that the operation is not there. */
export async function refuseMissing(operation: string, answer: Answer, session: Session): Promise<void> {
  if (await session.support.lacks(operation, answer)) {
    throw new Interruption('skip', `${operation} is not implemented`);
  }
}

export function refusal(operation: string, answer: Answer): string {
  return `${operation} answered ${brief(answer)}${answer.message ? `: ${answer.message}` : ''}`;
}

async function poolOf(test: Case, session: Session, caller: Caller): Promise<Pool> {
  const name = test.given?.pool ?? '';
  const make = (): Promise<Pool> => makePool(name, session, caller);
  if (test.given?.own) return make();
  return shared(session.pools, name, make);
}

async function makePool(name: string, session: Session, caller: Caller): Promise<Pool> {
  const settings = resolve(session.suite.pools[name] ?? {}, { target: { ...session.target.values } }) as JsonObject;
  const input = { PoolName: `${session.id}-${name}`, ...settings };
  const answer = await caller.call('CreateUserPool', input, { role: 'fixture', signed: true });
  await refuseMissing('CreateUserPool', answer, session);
  const made = isObject(answer.body) ? answer.body['UserPool'] : undefined;
  const id = isObject(made) ? made['Id'] : undefined;
  if (!isSuccess(answer) || typeof id !== 'string') {
    if (Object.keys(settings).length > 0 && (await takesPlainPool(session, caller))) {
      throw new Interruption(
        'skip',
        `a pool with ${Object.keys(settings).join(', ')} is refused`,
        refusal('CreateUserPool', answer),
      );
    }
    throw new Interruption(
      'blocked',
      'CreateUserPool of a fixture is refused',
      refusal('CreateUserPool', answer),
      'CreateUserPool',
    );
  }
  const usernameAttributes = settings['UsernameAttributes'];
  const pool = {
    UserPoolId: id,
    usernameAttributes: Array.isArray(usernameAttributes) ? usernameAttributes.map(String) : [],
  };
  await readBack(name, id, settings, session, caller).catch((error: unknown) => abandon(pool, session, error));
  return pool;
}

/** A pool that no case will use is not left behind. */
async function abandon(pool: Pool, session: Session, error: unknown): Promise<never> {
  await deletePool(session, pool);
  throw error;
}

async function takesPlainPool(session: Session, caller: Caller): Promise<boolean> {
  const input = { PoolName: `${session.id}-probe` };
  const answer = await caller.call('CreateUserPool', input, { role: 'fixture', signed: true });
  const made = isObject(answer.body) ? answer.body['UserPool'] : undefined;
  const id = isObject(made) ? made['Id'] : undefined;
  if (typeof id === 'string') await deletePool(session, { UserPoolId: id, usernameAttributes: [] });
  return isSuccess(answer);
}

/** What the pool contradicts blocks; what it merely does not show is noted. */
async function readBack(
  name: string,
  id: string,
  settings: JsonObject,
  session: Session,
  caller: Caller,
): Promise<void> {
  const answer = await caller.call('DescribeUserPool', { UserPoolId: id }, { role: 'fixture', signed: true });
  const shown = isObject(answer.body) ? answer.body['UserPool'] : undefined;
  if (!isSuccess(answer) || !isObject(shown)) return;
  for (const [setting, asked] of Object.entries(settings)) {
    // The schema comes back as SchemaAttributes, with the standard attributes in it.
    if (setting === 'Schema') continue;
    const found = shown[setting];
    if (found === undefined) session.notes.add(`pool "${name}" does not show its ${setting}`);
    else if (session.match(asked, found).length > 0) {
      const reason = `pool "${name}" was made with ${setting} ${JSON.stringify(asked)} and shows ${JSON.stringify(found)}`;
      throw new Interruption('blocked', `pool "${name}" is not as asked for`, reason, 'DescribeUserPool');
    }
  }
}

function sharedClient(pool: Pool, overrides: JsonObject, session: Session, caller: Caller): Promise<JsonObject> {
  const settings = { ...session.suite.client, ...overrides };
  return shared(session.clients, `${pool.UserPoolId} ${JSON.stringify(settings)}`, async () => {
    const input = { UserPoolId: pool.UserPoolId, ClientName: session.id, ...settings };
    const { UserPoolClient } = await prepare('CreateUserPoolClient', input, session, caller);
    hideMembers(UserPoolClient, session.redactor);
    if (isObject(UserPoolClient) && typeof UserPoolClient['ClientId'] === 'string') return UserPoolClient;
    throw new Interruption('blocked', 'CreateUserPoolClient answers no ClientId');
  });
}

/** A failed attempt is not kept: it may have been the case's own bad luck. */
function shared<T>(store: Map<string, Promise<T>>, key: string, make: () => Promise<T>): Promise<T> {
  const there = store.get(key);
  if (there) return there;
  const made = make();
  store.set(key, made);
  made.catch(() => store.delete(key));
  return made;
}

interface UserPlan {
  name: string;
  asked: Record<string, string>;
  pool: Pool;
  client: JsonObject;
  signIn: boolean;
}

async function makeUser(
  { name, asked, pool, client, signIn }: UserPlan,
  session: Session,
  caller: Caller,
  redactor: Redactor,
): Promise<{ user: User; values: JsonObject }> {
  const { UserPoolId } = pool;
  const login =
    pool.usernameAttributes.map((attribute) => asked[attribute]).find(Boolean) ?? `${name}-${session.unique()}`;
  const Password = `Pw-${randomBytes(12).toString('base64url')}-9z`;
  redactor.hide(Password, `Password of ${name}`);

  const UserAttributes = Object.entries(asked).map(([Name, Value]) => ({ Name, Value }));
  const create = { UserPoolId, Username: login, MessageAction: 'SUPPRESS', UserAttributes };
  const created = (await prepare('AdminCreateUser', create, session, caller))['User'];
  const Username = isObject(created) && typeof created['Username'] === 'string' ? created['Username'] : login;
  await prepare('AdminSetUserPassword', { UserPoolId, Username, Password, Permanent: true }, session, caller);
  const tokens = signIn ? await tokensOf({ name, login, Password, client }, session, caller) : {};

  const attributes = await observe(UserPoolId, Username, session, caller);
  contradict(name, asked, attributes, tokens);
  return {
    user: { name, Username, attributes },
    values: { ...Object.fromEntries(attributes), ...asked, Username, Password, ...tokens },
  };
}

async function tokensOf(
  { name, login, Password, client }: { name: string; login: string; Password: string; client: JsonObject },
  session: Session,
  caller: Caller,
): Promise<JsonObject> {
  const input = {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: client['ClientId'] ?? '',
    AuthParameters: { USERNAME: login, PASSWORD: Password },
  };
  const { AuthenticationResult: tokens } = await prepare('InitiateAuth', input, session, caller, name);
  if (isObject(tokens) && typeof tokens['AccessToken'] === 'string') return tokens;
  throw new Interruption('blocked', 'InitiateAuth answers no access token', undefined, 'InitiateAuth');
}

function contradict(name: string, asked: Record<string, string>, shown: Attributes, tokens: JsonObject): void {
  const sub = isObject(claimsOf(String(tokens['AccessToken'] ?? ''))) ? claimsOf(String(tokens['AccessToken'])) : {};
  const tokenSub = isObject(sub) ? sub['sub'] : undefined;
  if (tokenSub !== undefined && shown.has('sub') && tokenSub !== shown.get('sub')) {
    throw new Interruption(
      'blocked',
      "the access token is another user's",
      `the token of ${name} holds another sub`,
      'InitiateAuth',
    );
  }
  for (const [attribute, value] of Object.entries(asked)) {
    const found = shown.get(attribute);
    const unset = attribute.endsWith('_verified') && value === 'false' && found === undefined;
    if (found === value || unset) continue;
    const reason = `${name} was created with ${attribute} "${value}" and shows ${found === undefined ? 'none' : `"${found}"`}`;
    throw new Interruption('blocked', `${attribute} of a new user is not as asked for`, reason, 'AdminCreateUser');
  }
}

function forges(test: Case, name: string): boolean {
  const text = JSON.stringify([test.steps, test.row]);
  return text.includes('"$token"') && (name === 'user' || text.includes(`"of":"${name}"`));
}
