import { createPublicKey, generateKeyPairSync, sign, verify, type KeyObject } from 'node:crypto';
import { expect, test } from 'vitest';
import { claimsOf } from './pattern.ts';
import { controlToken, foreignKey, makeToken, privateKey, type TokenKind } from './tokens.ts';

const own = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const signed = (claims: object): string => {
  const content = `${encode({ alg: 'RS256', kid: 'k' })}.${encode(claims)}`;
  return `${content}.${sign('sha256', Buffer.from(content), own).toString('base64url')}`;
};
const token = signed({ sub: '7', exp: 1000, scope: 'admin' });
const [header = '', payload = '', signature = ''] = token.split('.');

const kind = (how: TokenKind['signature'], more: Partial<TokenKind> = {}): TokenKind => ({
  about: '',
  signature: how,
  ...more,
});

function verifies(made: string, key: KeyObject = own): boolean {
  const [head, body, mark = ''] = made.split('.');
  return verify('sha256', Buffer.from(`${head}.${body}`), createPublicKey(key), Buffer.from(mark, 'base64url'));
}

test('the token made from verifies, so that a refusal of the others says something', () => {
  expect(verifies(token)).toBe(true);
});

test('a broken one differs in ten characters of the signature and never verifies', () => {
  for (let round = 0; round < 200; round += 1) {
    const good = signed({ round });
    const made = makeToken(kind('broken'), {}, good, {});
    expect(made).toHaveLength(good.length);
    const changed = [...good].flatMap((letter, index) => (letter === made[index] ? [] : [index]));
    expect(changed).toHaveLength(10);
    expect(changed[0]).toBeGreaterThan(good.lastIndexOf('.'));
    expect(verifies(made)).toBe(false);
  }
});

test.each([
  ['a short signature', 'h.p.12345678', 'h.p.AAAAAAAA'],
  ['no signature', 'h.p.', 'AAAA'],
  ['no JWT', 'opaque-token-of-25-letters', 'opaque-tAAAAAAAAAA-letters'],
  ['an A already', 'h.p.AAAAAAAAAA', 'h.p.BBBBBBBBBB'],
])('a token with %s is broken all the same', (_, good, made) => {
  expect(makeToken(kind('broken'), {}, good, {})).toBe(made);
});

test('an altered one keeps the signature over other claims', () => {
  const made = makeToken(kind('kept'), { exp: 2000 }, token, {});
  const [head, body, mark] = made.split('.');
  expect([head, mark]).toEqual([header, signature]);
  expect(body).not.toBe(payload);
  expect(claimsOf(made)).toEqual({ sub: '7', exp: 2000, scope: 'admin' });
  expect(verifies(made)).toBe(false);
});

test('an altered one in which nothing is altered is a fault', () => {
  const fault = 'an altered token needs claims that differ: this one is still good';
  expect(() => makeToken(kind('kept'), { exp: 1000 }, token, {})).toThrow(fault);
});

test('a foreign one says the same and is signed by somebody else', async () => {
  const foreign = await foreignKey();
  const made = makeToken(kind('foreign', { claims: { jti: 'j' } }), {}, token, { foreign });
  expect(made.split('.')[0]).toBe(header);
  expect(claimsOf(made)).toEqual({ sub: '7', exp: 1000, scope: 'admin', jti: 'j' });
  expect([verifies(made), verifies(made, foreign)]).toEqual([false, true]);
});

test('one of none has no signature and says so', () => {
  const made = makeToken(kind('none'), {}, token, {});
  const [head = '', body, mark] = made.split('.');
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({ alg: 'none', kid: 'k' });
  expect([body, mark]).toEqual([payload, '']);
});

test('one of the own key verifies, its times shifted and its claims replaced', () => {
  const made = makeToken(kind('own', { claims: { scope: 'openid' }, shift: { exp: -86400 } }), { sub: '8' }, token, {
    own,
  });
  expect(claimsOf(made)).toEqual({ sub: '8', exp: -85400, scope: 'openid' });
  expect(verifies(made)).toBe(true);
});

test('the claims of a case win over those of the kind', () => {
  expect(claimsOf(makeToken(kind('kept', { claims: { scope: 'a' } }), { scope: 'b' }, token, {}))).toMatchObject({
    scope: 'b',
  });
});

test('the control differs in nothing but its jti', () => {
  const made = controlToken(signed({ sub: '7', jti: 'old' }), own);
  expect(claimsOf(made)).toEqual({ sub: '7', jti: expect.stringMatching(/^[0-9a-f-]{36}$/) });
  expect(verifies(made)).toBe(true);
});

test('without its key no token is made', () => {
  expect(() => makeToken(kind('own'), {}, token, {})).toThrow('no own key');
  expect(() => makeToken(kind('foreign'), {}, token, { own })).toThrow('no foreign key');
});

test('a key is read from PEM or JWK', () => {
  const pem = own.export({ type: 'pkcs8', format: 'pem' });
  const jwk = own.export({ format: 'jwk' });
  expect([privateKey(pem), privateKey(jwk)].map((key) => key.equals(own))).toEqual([true, true]);
});

test('a key that takes as long to sign with as its owner likes is none', () => {
  const n = Buffer.alloc(4096, 255).toString('base64url');
  const jwk = { kty: 'RSA', n, e: 'AQAB', d: n, p: n, q: n, dp: n, dq: n, qi: n };
  expect(() => privateKey(jwk)).toThrow('the key has 32768 bits; at most 8192 are signed with');
});
