import { createPrivateKey, generateKeyPair, randomUUID, sign, type JsonWebKeyInput, type KeyObject } from 'node:crypto';
import { promisify } from 'node:util';
import type { Json, JsonObject } from './case.ts';
import { claimsOf } from './pattern.ts';
import { isObject } from './answer.ts';

/** An entry of `specs/tokens.json`: how a bad token is made from a good one. */
export interface TokenKind {
  about: string;
  signature: 'broken' | 'kept' | 'foreign' | 'none' | 'own';
  claims?: JsonObject;
  /** Seconds added to claims that hold times. */
  shift?: Record<string, number>;
  /** Words that a claim of this name does not hold. */
  lacks?: Record<string, string>;
  /** What a function answers that is asked before tokens are issued, so that the target issues such a token itself. */
  answers?: JsonObject;
}

/** Every `{"$token": KIND}` in a value. */
export function tokensIn(value: unknown): { kind: string; of: string; claims: boolean }[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(tokensIn);
  const { $token: kind, of = 'user', claims } = value as { $token?: unknown; of?: unknown; claims?: unknown };
  return typeof kind === 'string' ? [{ kind, of: String(of), claims: claims !== undefined }, ...inner] : inner;
}

export interface Keys {
  /** The target's own; absent where it is not known. */
  own?: KeyObject | undefined;
  foreign?: KeyObject | undefined;
}

/** Makes a token of a kind from an access token; `claims` win over the kind's own. */
export function makeToken(kind: TokenKind, claims: JsonObject, accessToken: string, keys: Keys): string {
  const [header = '', , signature = ''] = accessToken.split('.');
  if (kind.signature === 'broken') return breakSignature(accessToken, signature);

  const payload = encode(change(claimsOf(accessToken), kind, claims));
  if (kind.signature === 'kept') {
    const altered = `${header}.${payload}.${signature}`;
    if (altered === accessToken) throw new Error('an altered token needs claims that differ: this one is still good');
    return altered;
  }
  if (kind.signature === 'none') return `${encode({ ...headerOf(header), alg: 'none' })}.${payload}.`;
  const key = kind.signature === 'own' ? keys.own : keys.foreign;
  if (!key) throw new Error(`no ${kind.signature} key`);
  return `${header}.${payload}.${sign('sha256', Buffer.from(`${header}.${payload}`), key).toString('base64url')}`;
}

/** The same token under another `jti`: a target that takes forged tokens at all must accept it. */
export function controlToken(accessToken: string, own: KeyObject): string {
  return makeToken({ about: 'control', signature: 'own' }, { jti: randomUUID() }, accessToken, { own });
}

export async function foreignKey(): Promise<KeyObject> {
  return (await promisify(generateKeyPair)('rsa', { modulusLength: 2048 })).privateKey;
}

/** A private key from PEM text or a JWK. */
export function privateKey(material: unknown): KeyObject {
  const key =
    typeof material === 'string'
      ? createPrivateKey(material)
      : createPrivateKey({ key: material as JsonWebKeyInput['key'], format: 'jwk' });
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  // To sign with it takes as long as the target likes.
  if (bits > MOST_BITS) throw new Error(`the key has ${bits} bits; at most ${MOST_BITS} are signed with`);
  return key;
}

const MOST_BITS = 8192;

function change(payload: Json, kind: TokenKind, claims: JsonObject): JsonObject {
  const changed: JsonObject = { ...(isObject(payload) ? payload : {}), ...kind.claims, ...claims };
  for (const [claim, seconds] of Object.entries(kind.shift ?? {}))
    changed[claim] = Number(changed[claim] ?? 0) + seconds;
  return changed;
}

/** A token without a signature is broken as a whole: it must not come out as it was, nor empty. */
function breakSignature(token: string, signature: string): string {
  return signature === '' ? breakText(token) : token.slice(0, -signature.length) + breakText(signature);
}

/** Ten letters in the middle: the last ones may hold bits that no decoder reads. */
function breakText(text: string): string {
  const start = Math.max(0, Math.floor(text.length / 2) - 5);
  const broken = [...text.slice(start, start + 10)].map((letter) => (letter === 'A' ? 'B' : 'A')).join('');
  return text.slice(0, start) + broken + text.slice(start + 10);
}

function headerOf(part: string): JsonObject {
  const header = JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Json;
  return isObject(header) ? header : {};
}

function encode(value: Json): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
