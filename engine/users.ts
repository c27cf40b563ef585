import { randomBytes } from 'node:crypto';
import type { Json, JsonObject } from './case.ts';
import { isObject } from './answer.ts';
import { deleteUser } from './existing-pools.ts';
import { Interruption } from './interruption.ts';
import { issueAsTold, issueToClients, requireChanged, type Way } from './issued.ts';
import { observe, type Attributes } from './observation.ts';
import { claimsOf } from './pattern.ts';
import type { Pool } from './pools.ts';
import { prepare } from './prepare.ts';
import type { Tools } from './tools.ts';

export interface User {
  name: string;
  Username: string;
  /** As last observed. */
  attributes: Attributes;
}

export interface UserPlan {
  /** The name that the case knows the user by. */
  name: string;
  asked: Readonly<Record<string, string>>;
  pool: Pool;
  client: JsonObject;
  /** Whether the case reads a token of the user. */
  signIn: boolean;
  /** Tokens that the target is to issue for the user. */
  issuers: readonly Issuer[];
}

export interface Issuer {
  kind: string;
  way: Way;
  /** Through which the user signs in. */
  client: JsonObject;
}

export interface MadeUser {
  user: User;
  values: JsonObject;
  /** Access tokens that the target issued, by their kind. */
  issued: Readonly<Record<string, string>>;
  /** When all of them are what they are to be. */
  due: number;
}

/** Makes a confirmed user that no message was sent to, and what `${name.…}` reads of it. */
export async function makeUser(plan: UserPlan, tools: Tools): Promise<MadeUser> {
  const { name, asked, pool } = plan;
  const { UserPoolId } = pool;
  const { session, redactor } = tools;
  const address = pool.usernameAttributes.map((attribute) => asked[attribute]).find(Boolean);
  const login = address ?? `${name}-${session.unique()}`;
  if (!address) redactor.name(login, `${name}.Username`);
  const Password = `Pw-${randomBytes(12).toString('base64url')}-9z`;
  redactor.hide(Password, `Password of ${name}`);

  const UserAttributes = Object.entries(asked).map(([Name, Value]) => ({ Name, Value }));
  const create = { UserPoolId, Username: login, MessageAction: 'SUPPRESS', UserAttributes };
  const created = (await prepare('AdminCreateUser', create, tools).catch((error: unknown) => sayImposed(error, pool)))[
    'User'
  ];
  const Username = isObject(created) && typeof created['Username'] === 'string' ? created['Username'] : login;
  try {
    return await makeUsable(plan, { login, Username, Password }, tools);
  } catch (error) {
    if (pool.existing) await deleteUser(session, { UserPoolId, Username });
    throw error;
  }
}

/** Gives a new user what cases need of one. */
async function makeUsable(
  plan: UserPlan,
  { login, Username, Password }: Record<'login' | 'Username' | 'Password', string>,
  tools: Tools,
): Promise<MadeUser> {
  const { name, asked, pool, signIn, issuers } = plan;
  const { UserPoolId } = pool;
  const { session, caller } = tools;
  await prepare('AdminSetUserPassword', { UserPoolId, Username, Password, Permanent: true }, tools);
  const signInAs = (owner: string, client = plan.client): Promise<JsonObject> =>
    tokensOf(owner, client, login, Password, tools);
  const signInFor = (kind: string): Promise<JsonObject> =>
    signInAs(`${name} (${kind})`, issuers.find((issuer) => issuer.kind === kind)?.client);
  const by = (wanted: Way): string[] => issuers.flatMap(({ kind, way }) => (way === wanted ? kind : []));
  const { issued: toClients, due } = await issueToClients(by('client'), tools, signInFor);
  const asTold = await issueAsTold(by('function'), { UserPoolId, Username }, session, signInFor);
  const issued = { ...toClients, ...asTold };
  const tokens = signIn ? await signInAs(name) : {};
  requireChanged(issuers, tokens['AccessToken'], session);

  const attributes = await observe(UserPoolId, Username, session, caller);
  tools.redactor.name(attributes.get('sub'), `${name}.sub`);
  requireAsked(name, asked, attributes);
  for (const token of [tokens['AccessToken'], ...Object.values(issued)]) requireOwnToken(name, token, attributes);
  return {
    issued,
    due,
    user: { name, Username, attributes },
    values: { ...Object.fromEntries(attributes), ...asked, Username, Password, ...tokens },
  };
}

async function tokensOf(
  owner: string,
  client: JsonObject,
  login: string,
  Password: string,
  tools: Tools,
): Promise<JsonObject> {
  const input = {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: client['ClientId'] ?? '',
    AuthParameters: { USERNAME: login, PASSWORD: Password },
  };
  const { AuthenticationResult: tokens } = await prepare('InitiateAuth', input, tools, owner);
  if (isObject(tokens) && typeof tokens['AccessToken'] === 'string') return tokens;
  throw new Interruption('blocked', 'InitiateAuth answers no access token', undefined, 'InitiateAuth');
}

/** Where users are refused by their names, the pool may say why. */
function sayImposed(error: unknown, { imposed }: Pool): never {
  if (imposed === undefined || !(error instanceof Interruption) || error.verdict !== 'blocked') throw error;
  const cause = `pools are made to sign in by ${imposed} that were not asked to`;
  throw new Interruption('blocked', cause, error.message, error.call);
}

function requireAsked(name: string, asked: UserPlan['asked'], shown: Attributes): void {
  for (const [attribute, value] of Object.entries(asked)) {
    const found = shown.get(attribute);
    const unset = attribute.endsWith('_verified') && value === 'false' && found === undefined;
    if (found === value || unset) continue;
    const reason = `${name} was created with ${attribute} "${value}" and shows ${found === undefined ? 'none' : JSON.stringify(found)}`;
    throw new Interruption('blocked', `${attribute} of a new user is not as asked for`, reason, 'AdminCreateUser');
  }
}

/** Some emulators sign in somebody else. */
function requireOwnToken(name: string, token: Json | undefined, shown: Attributes): void {
  const claims = typeof token === 'string' ? claimsOf(token) : undefined;
  const sub = isObject(claims) ? claims['sub'] : undefined;
  if (sub === undefined || !shown.has('sub') || sub === shown.get('sub')) return;
  const reason = `the token of ${name} holds another sub`;
  throw new Interruption('blocked', "the access token is another user's", reason, 'InitiateAuth');
}
