import { CognitoError, invalidParameter, userNotFound } from './errors.ts';
import type { Pool, State, User } from './state.ts';
import { findPool } from './state.ts';

export const contacts = ['email', 'phone_number'] as const;

/** Text as a pool compares it: only a pool that says so ignores case. */
export const fold = (pool: Pool, text: string) =>
  pool.settings.UsernameConfiguration?.CaseSensitive === false ? text.toLowerCase() : text;

/** Finds a user by user name, sub, or whatever address or alias may stand for the name in this pool. */
export function searchUser(pool: Pool, name: string): User | undefined {
  return pool.users.get(fold(pool, name)) ?? [...pool.users.values()].find((user) => answersTo(pool, user, name));
}

export function findUser(state: State, { UserPoolId, Username }: { UserPoolId: string; Username: string }) {
  const pool = findPool(state, UserPoolId);
  const user = searchUser(pool, Username);
  if (!user) throw userNotFound();
  return { pool, user };
}

function answersTo(pool: Pool, user: User, name: string): boolean {
  return user.sub === name || signInNames(pool, user).some((own) => fold(pool, own) === fold(pool, name));
}

/** An address that is the user name counts at once, one that is an alias only when verified. */
function signInNames(pool: Pool, user: User): string[] {
  const { UsernameAttributes = [], AliasAttributes = [] } = pool.settings;
  const verified = AliasAttributes.filter((name) => !isContact(name) || isVerified(user, name));
  return [...UsernameAttributes, ...verified].flatMap((name) => user.attributes.get(name) ?? []);
}

/** Whoever else holds this value of an attribute. */
export function otherHolders(pool: Pool, user: User, name: string, value: string): User[] {
  const held = (other: User) => other.attributes.get(name);
  return [...pool.users.values()].filter(
    (other) => other !== user && fold(pool, held(other) ?? '') === fold(pool, value),
  );
}

/** A reset password keeps its user out of everything, signed in or not. */
export function assertPasswordNotReset(user: User): void {
  if (user.status !== 'RESET_REQUIRED') return;
  throw new CognitoError('PasswordResetRequiredException', 'Password reset required for the user');
}

export const isVerified = (user: User, name: string) => user.attributes.get(`${name}_verified`) === 'true';
export const isContact = (name: string) => (contacts as readonly string[]).includes(name);
export const isVerifiedFlag = (name: string) => contacts.some((contact) => name === `${contact}_verified`);
export const isEmail = (text: string) => /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(text);
export const isPhoneNumber = (text: string) => /^\+\d{2,15}$/.test(text);

export function assertContact(name: string): void {
  if (isContact(name)) return;
  throw invalidParameter('Invalid attribute name. Only phone_number and email can be verified.');
}

/** A user's attributes as the wire has them. */
export const attributeList = (user: User) =>
  [['sub', user.sub] as const, ...user.attributes].map(([Name, Value]) => ({ Name, Value }));

export const seconds = (milliseconds: number) => milliseconds / 1000;
