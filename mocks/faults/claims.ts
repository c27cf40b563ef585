import { encode } from 'jose/base64url';
import { decodeJwt } from 'jose/jwt/decode';
import { on, type Fault } from '../fault.ts';
import type { User } from '../state.ts';
import { userScope } from '../tokens.ts';
import { isVerifiedFlag } from '../users.ts';
import { bearerOf } from './views.ts';

type Claims = Record<string, unknown>;

/** What tokens say of their user. */
export const claims: Record<string, Fault> = {
  'an-access-token-names-its-audience': inToken('AccessToken', (claims) => ({ ...claims, aud: claims['client_id'] })),
  'an-access-token-lacks-its-client': inToken('AccessToken', ({ client_id: _, ...claims }) => claims),
  'an-access-token-lacks-its-scope': inToken('AccessToken', ({ scope: _, ...claims }) => claims),
  'an-access-token-has-more-scopes': inToken('AccessToken', (claims) => ({
    ...claims,
    scope: `${userScope} openid profile`,
  })),
  'an-access-token-calls-itself-an-id-token': inToken('AccessToken', (claims) => ({ ...claims, token_use: 'id' })),
  'an-access-token-has-attributes': inToken('AccessToken', (claims, { attributes }) => ({
    ...all(attributes),
    ...claims,
  })),
  'a-refreshed-access-token-lacks-its-username': inToken('AccessToken', ({ username, ...claims }, _, first) =>
    first ? claims : { ...claims, username },
  ),
  'an-hour-is-a-minute': inToken('AccessToken', (claims) => ({ ...claims, exp: Number(claims['iat']) + 60 })),
  'an-hour-is-a-day': inToken('AccessToken', (claims) => ({ ...claims, exp: Number(claims['iat']) + 86_400 })),

  'flags-are-texts': inIdToken((name, value) => (isVerifiedFlag(name) ? String(value) : value)),
  'the-flag-of-a-number-is-a-text': inIdToken((name, value) =>
    name === 'phone_number_verified' ? String(value) : value,
  ),
  'every-flag-is-true': inIdToken((name, value) => isVerifiedFlag(name) || value),
  'every-flag-is-false': inIdToken((name, value) => !isVerifiedFlag(name) && value),
  'numbers-are-numbers': inIdToken((name, value) => (name.startsWith('custom:') && Number(value)) || value),
  'an-id-token-lacks-standard-attributes': inIdToken((name, value, { attributes }) =>
    attributes.has(name) && !name.startsWith('email') && !name.startsWith('custom:') ? undefined : value,
  ),
  'an-id-token-lacks-the-address': inIdToken((name, value) => (name.startsWith('email') ? undefined : value)),
  'an-id-token-lacks-custom-attributes': inIdToken((name, value) => (name.startsWith('custom:') ? undefined : value)),
  'an-id-token-lacks-its-sub': inIdToken((name, value) => (name === 'sub' ? undefined : value)),
  'an-id-token-names-its-user-by-address': inIdToken((name, value, { attributes }) =>
    name === 'cognito:username' ? (attributes.get('email') ?? value) : value,
  ),
  'an-id-token-remembers-the-sign-in': inIdToken((name, value, { attributes }, first) =>
    attributes.has(name) && first ? first[name] : value,
  ),
  'an-id-token-has-the-address-that-waits': inIdToken(
    (name, value, { codes }) => codes.find(({ attribute }) => attribute === name)?.value ?? value,
  ),
  'custom-attributes-lose-their-prefix': inToken('IdToken', (claims) =>
    Object.fromEntries(Object.entries(claims).map(([name, value]) => [name.replace(/^custom:/, ''), value])),
  ),
  'an-id-token-ignores-the-read-list': inToken('IdToken', (claims, { attributes }) => ({
    ...all(attributes),
    ...claims,
  })),
  'the-read-list-is-for-standard-attributes': inToken('IdToken', (claims, { attributes }) => ({
    ...all([...attributes].filter(([name]) => name.startsWith('custom:'))),
    ...claims,
  })),
  'deleted-attributes-stay-in-id-tokens': inToken('IdToken', (claims, _, first) => ({ ...first, ...claims })),
};

/** Each claim of an ID token, or undefined instead. */
function inIdToken(change: (name: string, value: unknown, user: User, first: Claims | undefined) => unknown): Fault {
  return inToken('IdToken', (claims, user, first) =>
    Object.fromEntries(Object.entries(claims).map(([name, value]) => [name, change(name, value, user, first)])),
  );
}

/** A token says something else to its holder, and is known by that text. `first` is what the family's first one said. */
function inToken(
  kind: 'AccessToken' | 'IdToken',
  change: (claims: Claims, user: User, first: Claims | undefined) => Claims,
): Fault {
  const firsts = new Map<unknown, Claims>();
  return on('InitiateAuth', async (input, state, next) => {
    const { AuthenticationResult, ...output } = await next(input, state);
    const result = AuthenticationResult as Record<'AccessToken' | 'IdToken', string> | undefined;
    const [issued, user] = [
      result && state.issued.get(result.AccessToken),
      result && bearerOf(state, result.AccessToken)?.user,
    ];
    if (!result || !issued || !user) return { ...output, AuthenticationResult };
    const said = decodeJwt<Claims>(result[kind]);
    const [header, , signature] = result[kind].split('.');
    const text = [header, encode(JSON.stringify(change(said, user, firsts.get(issued.origin_jti)))), signature].join(
      '.',
    );
    firsts.set(issued.origin_jti, firsts.get(issued.origin_jti) ?? said);
    if (kind === 'AccessToken') state.issued.set(text, issued);
    return { ...output, AuthenticationResult: { ...result, [kind]: text } };
  });
}

const all = (attributes: Iterable<[string, string]>): Claims => Object.fromEntries(attributes);
