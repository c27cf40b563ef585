import { randomBytes } from 'node:crypto';
import type { JsonObject } from './case.ts';
import { isObject } from './answer.ts';
import { Interruption } from './interruption.ts';
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
}

/** Makes a confirmed user that no message was sent to, and what `${name.…}` reads of it. */
export async function makeUser(plan: UserPlan, tools: Tools): Promise<{ user: User; values: JsonObject }> {
  const { name, asked, pool, signIn } = plan;
  const { UserPoolId } = pool;
  const { session, caller, redactor } = tools;
  const address = pool.usernameAttributes.map((attribute) => asked[attribute]).find(Boolean);
  const login = address ?? `${name}-${session.unique()}`;
  const Password = `Pw-${randomBytes(12).toString('base64url')}-9z`;
  redactor.hide(Password, `Password of ${name}`);

  const UserAttributes = Object.entries(asked).map(([Name, Value]) => ({ Name, Value }));
  const create = { UserPoolId, Username: login, MessageAction: 'SUPPRESS', UserAttributes };
  const created = (await prepare('AdminCreateUser', create, tools).catch((error: unknown) => sayImposed(error, pool)))[
    'User'
  ];
  const Username = isObject(created) && typeof created['Username'] === 'string' ? created['Username'] : login;
  await prepare('AdminSetUserPassword', { UserPoolId, Username, Password, Permanent: true }, tools);
  const tokens = signIn ? await tokensOf(plan, login, Password, tools) : {};

  const attributes = await observe(UserPoolId, Username, session, caller);
  requireAsked(name, asked, attributes);
  requireOwnToken(name, tokens, attributes);
  return {
    user: { name, Username, attributes },
    values: { ...Object.fromEntries(attributes), ...asked, Username, Password, ...tokens },
  };
}

async function tokensOf(
  { name, client }: UserPlan,
  login: string,
  Password: string,
  tools: Tools,
): Promise<JsonObject> {
  const input = {
    AuthFlow: 'USER_PASSWORD_AUTH',
    ClientId: client['ClientId'] ?? '',
    AuthParameters: { USERNAME: login, PASSWORD: Password },
  };
  const { AuthenticationResult: tokens } = await prepare('InitiateAuth', input, tools, name);
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
function requireOwnToken(name: string, { AccessToken }: JsonObject, shown: Attributes): void {
  const claims = typeof AccessToken === 'string' ? claimsOf(AccessToken) : undefined;
  const sub = isObject(claims) ? claims['sub'] : undefined;
  if (sub === undefined || !shown.has('sub') || sub === shown.get('sub')) return;
  const reason = `the token of ${name} holds another sub`;
  throw new Interruption('blocked', "the access token is another user's", reason, 'InitiateAuth');
}
