import { importJWK } from 'jose/key/import';
import { SignJWT } from 'jose/jwt/sign';
import { encode } from 'jose/base64url';
import { signingJwk, signingKid } from './key.ts';
import { isReadable } from './permissions.ts';
import { overrides, type TokenSource } from './pre-token-generation.ts';
import { regionOf, type AccessClaims, type Client, type Grant, type State, type User } from './state.ts';
import { isVerifiedFlag } from './users.ts';

export const userScope = 'aws.cognito.signin.user.admin';
export const issuer = (poolId: string) => `https://cognito-idp.${regionOf(poolId)}.amazonaws.com/${poolId}`;

const unitSeconds: Record<string, number> = { seconds: 1, minutes: 60, hours: 3600, days: 86_400 };

let imported: ReturnType<typeof importJWK> | undefined;
const signingKey = () => (imported ??= importJWK(signingJwk, 'RS256'));

/** Starts a token family: what a sign-in gives besides the tokens that `issueTokens` makes from it. */
export function createGrant(state: State, client: Client, user: User): { grant: Grant; RefreshToken: string } {
  const now = state.now();
  const { RefreshTokenValidity = 30, TokenValidityUnits } = client.settings;
  const grant: Grant = {
    originJti: crypto.randomUUID(),
    eventId: crypto.randomUUID(),
    client,
    user,
    authTime: Math.floor(now / 1000),
    expires: now + lifetime(RefreshTokenValidity, TokenValidityUnits?.RefreshToken ?? 'days') * 1000,
    revoked: false,
  };
  const RefreshToken = opaqueToken();
  user.grants.push(grant);
  state.grants.set(RefreshToken, grant);
  return { grant, RefreshToken };
}

export async function issueTokens(state: State, grant: Grant, source: TokenSource) {
  const { client, user, eventId, originJti, authTime } = grant;
  const { AccessTokenValidity = 1, IdTokenValidity = 1, TokenValidityUnits: units } = client.settings;
  const iat = Math.floor(state.now() / 1000);
  const expiresIn = lifetime(AccessTokenValidity, units?.AccessToken ?? 'hours');
  const common = {
    sub: user.sub,
    iss: issuer(client.pool.id),
    origin_jti: originJti,
    event_id: eventId,
    auth_time: authTime,
    iat,
  };
  const override = await overrides(state, client, user, source, userScope);
  const access = override.access({
    ...common,
    client_id: client.id,
    token_use: 'access',
    scope: userScope,
    exp: iat + expiresIn,
    jti: crypto.randomUUID(),
    username: user.username,
  } satisfies AccessClaims & Record<string, unknown>);
  const id = override.id({
    ...attributeClaims(client, user),
    ...common,
    'cognito:username': user.username,
    aud: client.id,
    token_use: 'id',
    exp: iat + lifetime(IdTokenValidity, units?.IdToken ?? 'hours'),
    jti: crypto.randomUUID(),
  });
  const [AccessToken, IdToken] = await Promise.all([sign(access), sign(id)]);
  state.issued.set(AccessToken, access);
  return { AccessToken, IdToken, ExpiresIn: expiresIn, TokenType: 'Bearer' };
}

export const lifetime = (amount: number, unit: string) => amount * (unitSeconds[unit] ?? 1);

function attributeClaims(client: Client, user: User): Record<string, unknown> {
  const readable = [...user.attributes].filter(([name]) => isReadable(client, name));
  return Object.fromEntries(readable.map(([name, value]) => [name, isVerifiedFlag(name) ? value === 'true' : value]));
}

async function sign(claims: Record<string, unknown>): Promise<string> {
  return new SignJWT(claims).setProtectedHeader({ kid: signingKid, alg: 'RS256' }).sign(await signingKey());
}

/** Has the five parts of an encrypted token, as Cognito's has; nothing in it can be read. */
function opaqueToken(): string {
  const header = encode(JSON.stringify({ cty: 'JWT', enc: 'A256GCM', alg: 'RSA-OAEP' }));
  const random = (bytes: number) => encode(crypto.getRandomValues(new Uint8Array(bytes)));
  return [header, random(256), random(12), random(600), random(16)].join('.');
}
