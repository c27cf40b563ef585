import { compactVerify } from 'jose/jws/compact/verify';
import { decodeJwt } from 'jose/jwt/decode';
import { importJWK } from 'jose/key/import';
import { notAuthorized, userNotFound } from './errors.ts';
import { signingJwk } from './key.ts';
import { findClient, findPool, type AccessClaims, type Client, type State, type User } from './state.ts';
import { issuer, userScope } from './tokens.ts';
import { assertPasswordNotReset, fold } from './users.ts';

interface Bearer {
  client: Client;
  user: User;
}

/** Finds out who calls. Token first, then its user: the order in which Cognito complains. */
export async function authenticate(state: State, token: string): Promise<Bearer> {
  const claims = await readClaims(state, token);
  if (state.now() >= claims.exp * 1000) throw notAuthorized('Access Token has expired');
  if (!claims.scope.split(' ').includes(userScope)) throw notAuthorized('Access Token does not have required scopes');
  const pool = findPool(state, poolIdOf(claims));
  const client = findClient(state, claims.client_id, pool.id);
  const user = pool.users.get(fold(pool, claims.username));
  if (user?.sub !== claims.sub) throw userNotFound();
  if (user.grants.some((grant) => grant.originJti === claims.origin_jti && grant.revoked)) {
    throw notAuthorized('Access Token has been revoked');
  }
  assertPasswordNotReset(user);
  return { client, user };
}

/** What a token says that the mock issued, or that its key signed. */
export async function readClaims(state: State, token: string): Promise<AccessClaims> {
  return state.issued.get(token) ?? (await verifyStranger(state, token));
}

async function verifyStranger(state: State, token: string): Promise<AccessClaims> {
  const claims = readAccessToken(token);
  if (!claims || !state.pools.has(poolIdOf(claims))) throw notAuthorized('Invalid Access Token');
  try {
    await compactVerify(token, await verificationKey(), { algorithms: ['RS256'] });
  } catch {
    throw notAuthorized('Could not verify signature for Access Token');
  }
  return claims;
}

function readAccessToken(token: string): AccessClaims | undefined {
  try {
    const claims = decodeJwt<AccessClaims>(token);
    return claims.token_use === 'access' && isComplete(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

const isComplete = (claims: Partial<Record<keyof AccessClaims, unknown>>): claims is AccessClaims =>
  typeof claims.exp === 'number' &&
  [claims.sub, claims.iss, claims.client_id, claims.username, claims.scope].every((claim) => typeof claim === 'string');

/** An issuer that is not that of its pool names none. */
function poolIdOf({ iss }: AccessClaims): string {
  const id = iss.slice(iss.lastIndexOf('/') + 1);
  return iss.replace(issuer(id), id);
}

let imported: ReturnType<typeof importJWK> | undefined;

function verificationKey() {
  const { kty, n, e } = signingJwk;
  return (imported ??= importJWK({ kty, n, e }, 'RS256'));
}
