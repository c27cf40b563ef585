import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const MEMBERS = new Set([
  ...['AccessToken', 'IdToken', 'RefreshToken', 'REFRESH_TOKEN', 'Token', 'Session', 'ClientSecret'],
  ...['PASSWORD', 'Password', 'TemporaryPassword', 'Code', 'ConfirmationCode', 'SecretHash', 'SECRET_HASH'],
]);

/** Texts under secret names, too short ones apart: they stand in ordinary text as well. */
export function secretsIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  // Holds words such as "minutes" under the names of tokens.
  const members = Object.entries(value).filter(([name]) => name !== 'TokenValidityUnits');
  return members.flatMap(([name, inner]: [string, unknown]) =>
    MEMBERS.has(name) && typeof inner === 'string' ? (inner.length < 4 ? [] : [inner]) : secretsIn(inner),
  );
}

/** As words of their own: six digits also stand inside times and numbers, or are what is left of one. */
export function found(secrets: ReadonlySet<string>, text: string): string[] {
  const words = new Set(text.replaceAll(/[\w-]+…/g, '…').split(/[^\w-]+/));
  return [...secrets].filter((secret) => (/^[\w-]{4,11}$/.test(secret) ? words.has(secret) : text.includes(secret)));
}

/** The files of a recording. */
export function jsonIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.json'))
    .map((name) => readFileSync(join(folder, name), 'utf8'));
}

export function parsed(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}
