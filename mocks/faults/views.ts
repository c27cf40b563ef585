import { decodeJwt } from 'jose/jwt/decode';
import { readClaims } from '../access-token.ts';
import type { Attribute } from '../schema.ts';
import type { AccessClaims, Client, Pool, State, User } from '../state.ts';
import { fold, searchUser } from '../users.ts';

/** The operations whose caller is known by a token. */
export const withToken = [
  'DeleteUserAttributes',
  'GetUser',
  'GetUserAttributeVerificationCode',
  'GlobalSignOut',
  'UpdateUserAttributes',
  'VerifyUserAttribute',
] as const;

/** Whom an access token names, whatever else is wrong with it. */
export function bearerOf(
  state: State,
  token: string,
): { user: User; client: Client; claims: AccessClaims } | undefined {
  const claims = claimsOf(state, token);
  const client = claims && state.clients.get(claims.client_id);
  const user = client && client.pool.users.get(fold(client.pool, claims.username));
  return user && { user, client, claims };
}

/** Whom a call is about: the user that its token names, or that an administrator does. */
export function subjectOf(
  state: State,
  call: { AccessToken: string } | { UserPoolId: string; Username: string },
): { pool: Pool; user: User } | undefined {
  if ('AccessToken' in call) {
    const bearer = bearerOf(state, call.AccessToken);
    return bearer && { pool: bearer.client.pool, user: bearer.user };
  }
  const pool = state.pools.get(call.UserPoolId);
  const user = pool && searchUser(pool, call.Username);
  return user && { pool, user };
}

/** What stands in a token, whoever signed it; undefined where nothing can be read. */
export function claimsOf(state: State, token: string): AccessClaims | undefined {
  try {
    return state.issued.get(token) ?? decodeJwt<AccessClaims>(token);
  } catch {
    return undefined;
  }
}

// A view is the state as one call sees it. What it does not replace is shared, so that what is written there is written.

/** The state in which a token says other things, if its signature is good. */
export async function withClaims(
  state: State,
  token: string,
  change: (claims: AccessClaims) => Partial<AccessClaims>,
): Promise<State> {
  const claims = await readClaims(state, token).catch(() => undefined);
  return claims ? trusting(state, token, { ...claims, ...change(claims) }) : state;
}

/** The state in which a token is the mock's own. */
export const trusting = (state: State, token: string, claims: AccessClaims): State => ({
  ...state,
  issued: new Map(state.issued).set(token, claims),
});

/** The state in which whatever can be read as an access token is one. */
export function trustingAny(state: State, token: string): State {
  const claims = claimsOf(state, token);
  return claims?.scope === undefined ? state : trusting(state, token, { ...claims, exp: Infinity });
}

/** The state in which a pool is another, also to its clients. */
export function withPool(state: State, id: string, change: (pool: Pool) => Partial<Pool>): State {
  const pool = state.pools.get(id);
  if (!pool) return state;
  const changed = { ...pool, ...change(pool) };
  const clients = [...state.clients].map(([key, client]): [string, Client] => [
    key,
    client.pool === pool ? { ...client, pool: changed } : client,
  ]);
  return { ...state, pools: new Map(state.pools).set(id, changed), clients: new Map(clients) };
}

/** The state in which a client has other settings. */
export function withClient(state: State, id: string, settings: Partial<Client['settings']>): State {
  const client = state.clients.get(id);
  if (!client) return state;
  const changed = { ...client, settings: { ...client.settings, ...settings } };
  return { ...state, clients: new Map(state.clients).set(id, changed) };
}

/** The state in which attributes of a pool's schema are others. */
export const withAttributes = (
  state: State,
  pool: Pool | undefined,
  change: (attribute: Attribute) => Partial<Attribute>,
): State =>
  withPool(state, pool?.id ?? '', ({ schema }) => ({
    schema: new Map([...schema].map(([name, attribute]) => [name, { ...attribute, ...change(attribute) }])),
  }));

/** The state in which a user is another object, also to who calls with a token. */
export const withUser = (state: State, pool: Pool, user: User): State =>
  withPool(state, pool.id, ({ users }) => ({ users: new Map(users).set(fold(pool, user.username), user) }));
