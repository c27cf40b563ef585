import { decodeJwt } from 'jose/jwt/decode';
import { importJWK } from 'jose/key/import';
import { SignJWT } from 'jose/jwt/sign';
import { on, type Fault } from '../../mocks/fault.ts';
import { signingJwk, signingKid } from '../../mocks/key.ts';
import type { State } from '../../mocks/state.ts';
import { isMembers, type Members } from './json.ts';
import type { Sent, Variations } from './variation.ts';

const signIn = ['InitiateAuth', 'AdminInitiateAuth'] as const;

const tokensOf = (change: (tokens: Members, state: State) => Members | Promise<Members>): Fault =>
  on(signIn, async (input, state, next) => {
    const output = await next(input, state);
    const { AuthenticationResult: tokens } = output;
    return isMembers(tokens) ? { ...output, AuthenticationResult: await change(tokens, state) } : output;
  });

/** Access tokens that say more; the mock knows them as its own. */
const resigned = (claims: Members, header: Members & { alg: string }): Fault =>
  tokensOf(async (tokens, state) => {
    const old = String(tokens['AccessToken']);
    const known = state.issued.get(old);
    if (!known) throw new Error('no access token was issued');
    const AccessToken = await new SignJWT({ ...claims, ...decodeJwt(old) })
      .setProtectedHeader(header)
      .sign(await importJWK(signingJwk, 'RS256'));
    state.issued.delete(old);
    state.issued.set(AccessToken, known);
    return { ...tokens, AccessToken };
  });

const refreshTokens = (make: (old: string) => string): Fault =>
  tokensOf((tokens, state) => {
    const { RefreshToken: old } = tokens;
    const grant = typeof old === 'string' ? state.grants.get(old) : undefined;
    if (typeof old !== 'string' || !grant) return tokens;
    const RefreshToken = make(old);
    state.grants.delete(old);
    state.grants.set(RefreshToken, grant);
    return { ...tokens, RefreshToken };
  });

const accessToken = ({ text }: Sent): string[] => /"AccessToken":"([^"]+)"/.exec(text)?.[1]?.split('.') ?? [];
const decoded = (part = ''): string => Buffer.from(part, 'base64url').toString('utf8');

/** What a sign-in gives. */
export const tokens: Variations = {
  'access-tokens-with-more-claims': {
    about:
      'Access tokens hold further claims, such as groups and devices, and their header further members, in any order (claims-of-an-access-token; RFC 7515, section 4).',
    mock: {
      faults: [
        resigned(
          {
            version: 2,
            device_key: 'us-east-1_0a',
            'cognito:groups': Array.from({ length: 60 }, (_, nth) => `group-${nth}-Zoë`),
            nested: { deep: [null, true, 1.5] },
          },
          { typ: 'JWT', alg: 'RS256', kid: signingKid, extra: { a: [1] } },
        ),
      ],
    },
    shows: (sent) => {
      const [header, claims] = accessToken(sent);
      return decoded(header).startsWith('{"typ":"JWT",') && decoded(claims).startsWith('{"version":2,');
    },
    rare: true,
  },
  'short-refresh-tokens': {
    about: 'A refresh token is opaque: a text of the characters of a token (specs/shapes, TokenModelType).',
    mock: { faults: [refreshTokens(() => crypto.randomUUID())] },
    shows: ({ text }) => /"RefreshToken":"[0-9a-f-]{36}"/.test(text),
    rare: true,
  },
  'refresh-tokens-of-eight-thousand-characters': {
    about: 'No length is set to a token (no-limit-to-a-token).',
    mock: { faults: [refreshTokens((old) => `${old}=${'_-Az'.repeat(2000)}`)] },
    shows: ({ text }) => /"RefreshToken":"[^"]{8000,}"/.test(text),
    rare: true,
  },
  'a-clock-four-minutes-fast': {
    about: 'Clocks differ: AWS takes requests whose time is up to five minutes from its own.',
    mock: { now: () => Date.now() + 240_000 },
    shows: ({ text }) => hoursOff(text) > 0.05,
  },
  'a-clock-four-minutes-slow': {
    about: 'Clocks differ: AWS takes requests whose time is up to five minutes from its own.',
    mock: { now: () => Date.now() - 240_000 },
    shows: ({ text }) => hoursOff(text) < -0.05,
  },
};

function hoursOff(text: string): number {
  const date = /\r\ndate: ([^\r]+)/.exec(text)?.[1];
  return date === undefined ? 0 : (Date.parse(date) - Date.now()) / 3_600_000;
}
