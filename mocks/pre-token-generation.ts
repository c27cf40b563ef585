import type { Client, State, User } from './state.ts';
import { eventOf, isObject, responseOf } from './triggers.ts';

/** Why tokens are made. */
export type TokenSource = 'Authentication' | 'NewPasswordChallenge' | 'RefreshTokens';

type Claims = Record<string, unknown>;

/** What a function makes of the claims of one token. */
export type Override = <Given extends Claims>(claims: Given) => Given;

const asItIs: Override = (claims) => claims;

/**
 * Asks the pool's pre token generation function what is to stand in the tokens of a user: of version one in the id
 * token alone, of later ones in both. Metadata of a sign-in are not told to it, and groups are none of the mock's.
 */
export async function overrides(
  state: State,
  { id: clientId, pool }: Client,
  user: User,
  source: TokenSource,
  scope: string,
): Promise<{ access: Override; id: Override }> {
  const { PreTokenGeneration, PreTokenGenerationConfig } = pool.settings.LambdaConfig ?? {};
  const { LambdaArn: arn = PreTokenGeneration, LambdaVersion = 'V1_0' } = PreTokenGenerationConfig ?? {};
  if (!arn || !state.invoke) return { access: asItIs, id: asItIs };
  const isFirst = LambdaVersion === 'V1_0';
  const name = isFirst ? 'claimsOverrideDetails' : 'claimsAndScopeOverrideDetails';
  const event = eventOf(pool, user, {
    version: LambdaVersion.slice(1, 2),
    triggerSource: `TokenGeneration_${source}`,
    clientId,
    request: {
      groupConfiguration: { groupsToOverride: [], iamRolesToOverride: [], preferredRole: null },
      ...(!isFirst && { scopes: scope.split(' ') }),
    },
    response: { [name]: null },
  });
  const details = memberOf(responseOf(await state.invoke(arn, event)), name);
  if (isFirst) return { access: asItIs, id: overriding(details) };
  return {
    access: overriding(memberOf(details, 'accessTokenGeneration')),
    id: overriding(memberOf(details, 'idTokenGeneration')),
  };
}

/** Suppressing wins over adding. */
function overriding(details: Claims): Override {
  const suppressed = textsOf(details, 'claimsToSuppress');
  const added = Object.entries(memberOf(details, 'claimsToAddOrOverride')).filter(([claim]) => !isReserved(claim));
  return (claims) => {
    const kept = Object.entries(claims).filter(([claim]) => isReserved(claim) || !suppressed.includes(claim));
    const changed = Object.fromEntries([...kept, ...added.filter(([claim]) => !suppressed.includes(claim))]);
    return { ...changed, ...scopeOf(claims, details) } as typeof claims;
  };
}

function scopeOf({ scope }: Claims, details: Claims): Claims {
  if (typeof scope !== 'string') return {};
  const scopes = new Set([...scope.split(' '), ...textsOf(details, 'scopesToAdd')]);
  for (const suppressed of textsOf(details, 'scopesToSuppress')) scopes.delete(suppressed);
  return { scope: [...scopes].join(' ') };
}

/** What says who the user is, who issued the token, to whom, and how long it lives, is not the function's to change. */
const reserved =
  /^(acr|amr|at_hash|aud|auth_time|azp|client_id|cognito:.*|device_key|event_id|exp|iat|identities|iss|jti|nbf|nonce|origin_jti|scope|sub|token_use|username|version)$/;
const isReserved = (claim: string) => reserved.test(claim);

/** Left out or null is nothing. */
function memberOf(value: Claims, name: string): Claims {
  const member = value[name];
  return isObject(member) ? member : {};
}

function textsOf(value: Claims, name: string): string[] {
  const member = value[name];
  return Array.isArray(member) ? member.map(String) : [];
}
