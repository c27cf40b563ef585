import { decodeJwt } from 'jose/jwt/decode';
import { on, type Fault } from '../fault.ts';
import type { AccessClaims, State } from '../state.ts';
import { issuer, userScope } from '../tokens.ts';
import { fold } from '../users.ts';
import { bearerOf, claimsOf, trusting, withClaims, withToken } from './views.ts';

/** Whose access token is taken for whose. */
export const tokens: Record<string, Fault> = {
  'never-checks-expiry': saying(() => ({ exp: Infinity })),
  'expires-ten-minutes-late': saying(({ exp }) => ({ exp: exp + 600 })),
  'expires-ten-minutes-early': saying(({ exp }) => ({ exp: exp - 600 })),
  'never-checks-scope': saying(() => ({ scope: userScope })),
  'scope-anywhere-in-the-text': saying(({ scope }) => (scope.includes(userScope) ? { scope: userScope } : {})),
  'scope-by-its-beginning': saying(({ scope }) => oneScope(scope, (name) => name.startsWith(userScope))),
  'scope-by-its-end': saying(({ scope }) => oneScope(scope, (name) => name.endsWith(userScope))),
  'only-the-first-scope': saying(({ scope }) => ({ scope: scope.split(' ')[0] ?? '' })),
  'only-the-last-scope': saying(({ scope }) => ({ scope: scope.split(' ').at(-1) ?? '' })),
  'finds-the-user-by-name': saying((claims, state) => ({ sub: namesake(state, claims)?.sub ?? claims.sub })),
  'whoever-signed-in-last-is-the-bearer': saying(
    ({ client_id: id }, state) => [...state.issued.values()].filter((claims) => claims.client_id === id).at(-1) ?? {},
  ),

  'never-verifies-signature': reading((token, state) => accessClaims(state, token)),
  'takes-unsigned-tokens': reading((token, state) => (token.endsWith('.') ? accessClaims(state, token) : undefined)),
  'takes-any-key': reading((token, state) => (issuedBefore(state, token) ? undefined : accessClaims(state, token))),
  'knows-tokens-by-their-jti': reading((token, state) => issuedBefore(state, token)),
  'believes-an-altered-expiry': reading((token, state) => altered(state, token, 'exp')),
  'believes-an-altered-user': reading((token, state) => altered(state, token, 'sub', 'username')),
  'believes-an-altered-client': reading((token, state) => altered(state, token, 'client_id')),
  'never-checks-use': reading((token, state) => {
    const claims = claimsOf(state, token);
    return claims?.client_id ? altered(state, token, 'token_use') : undefined;
  }),
  'never-checks-issuer': reading((token, state) => {
    const claims = claimsOf(state, token);
    const pool = claims && state.clients.get(claims.client_id)?.pool;
    return pool && issuer(pool.id) !== claims.iss ? { ...claims, iss: issuer(pool.id) } : undefined;
  }),
  'a-missing-scope-is-no-matter': reading((token, state) => {
    const claims = accessClaims(state, token);
    return claims && !claims.scope ? { ...claims, scope: userScope } : undefined;
  }),
  'takes-an-id-token': reading((token, state) => {
    if (accessClaims(state, token)) return undefined;
    const claims = claimsOf(state, token) && decodeJwt<AccessClaims & { aud: string }>(token);
    return (
      claims && { ...claims, client_id: claims.aud, username: String(claims['cognito:username']), scope: userScope }
    );
  }),
  'takes-a-refresh-token': reading((token, state) => {
    const family = state.grants.get(token)?.originJti;
    return [...state.issued.values()].find((claims) => claims.origin_jti === family);
  }),

  'a-missing-client-is-no-matter': on(withToken, (input, state, next) => {
    const claims = accessClaims(state, input.AccessToken);
    const pool = claims && [...state.pools.values()].find(({ id }) => issuer(id) === claims.iss);
    if (!pool || state.clients.has(claims.client_id)) return next(input, state);
    const settings = { UserPoolId: pool.id, ClientName: 'gone' };
    const client = { id: claims.client_id, pool, settings, created: pool.created };
    return next(input, { ...state, clients: new Map(state.clients).set(client.id, client) });
  }),
  'brings-deleted-users-back': on(withToken, (input, state, next) => {
    const claims = accessClaims(state, input.AccessToken);
    if (!claims || bearerOf(state, input.AccessToken)) return next(input, state);
    const grant = [...state.grants.values()].find(({ originJti }) => originJti === claims.origin_jti);
    grant?.client.pool.users.set(fold(grant.client.pool, claims.username), grant.user);
    return next(input, state);
  }),
};

/** A token whose signature is good is taken to say something else. */
function saying(change: (claims: AccessClaims, state: State) => Partial<AccessClaims>): Fault {
  return on(withToken, async (input, state, next) =>
    next(input, await withClaims(state, input.AccessToken, (claims) => change(claims, state))),
  );
}

/** A token that was not issued as it stands is taken, whoever signed it, to say what is read of it here. */
function reading(read: (token: string, state: State) => AccessClaims | undefined): Fault {
  return on(withToken, (input, state, next) => {
    const claims = state.issued.has(input.AccessToken) ? undefined : read(input.AccessToken, state);
    return next(input, claims ? trusting(state, input.AccessToken, claims) : state);
  });
}

const oneScope = (scope: string, fits: (name: string) => boolean) =>
  scope.split(' ').some(fits) ? { scope: userScope } : {};

function accessClaims(state: State, token: string): AccessClaims | undefined {
  const claims = claimsOf(state, token);
  return claims?.token_use === 'access' ? claims : undefined;
}

function issuedBefore(state: State, token: string): AccessClaims | undefined {
  const jti = claimsOf(state, token)?.jti;
  return [...state.issued.values()].find((claims) => claims.jti === jti);
}

/** What a token says that was issued saying something else of this. */
function altered(state: State, token: string, ...names: (keyof AccessClaims)[]): AccessClaims | undefined {
  const [claims, issued] = [claimsOf(state, token), issuedBefore(state, token)];
  return claims && issued && names.some((name) => claims[name] !== issued[name]) ? claims : undefined;
}

const namesake = (state: State, claims: AccessClaims) => {
  const pool = state.clients.get(claims.client_id)?.pool;
  return pool?.users.get(fold(pool, claims.username));
};
