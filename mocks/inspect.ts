import { signingJwk, signingKid } from './key.ts';
import type { MockResponse } from './mock.ts';
import type { State } from './state.ts';
import { searchUser } from './users.ts';
import { json, nothingHere } from './wire.ts';

/** What can be read from the mock beyond what Cognito offers, and the public keys, which Cognito offers too. */
export function inspect(state: State, path: string): MockResponse {
  const [first = '', second = '', ...rest] = path.split('?')[0]?.split('/').slice(1).map(decoded) ?? [];
  if (first === '_mock' && second === 'keys' && rest.length === 0) return shown({ jwk: signingJwk, kid: signingKid });
  if (first === '_mock' && second === 'messages' && rest.length === 2 && state.pools.has(rest[0] ?? ''))
    return shown(messagesTo(state, ...rest));
  if (second === '.well-known' && rest.join('/') === 'jwks.json' && state.pools.has(first)) return shown(publicKeys);
  return nothingHere;
}

const { kty, n, e, alg, use } = signingJwk;
const publicKeys = { keys: [{ alg, e, kid: signingKid, kty, n, use }] };

/** Newest first. The user may be named by whatever finds them in their pool, or be gone. */
function messagesTo(state: State, poolId = '', name = '') {
  const pool = state.pools.get(poolId);
  const username = (pool && searchUser(pool, name)?.username) ?? name;
  return state.messages.filter((message) => message.userPoolId === poolId && message.username === username).reverse();
}

const shown = (body: unknown): MockResponse => json(200, body, { 'content-type': 'application/json' });

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
