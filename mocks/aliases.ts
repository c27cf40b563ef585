import type { Changes } from './attributes.ts';
import { CognitoError } from './errors.ts';
import type { Pool, User } from './state.ts';
import { contacts, fold, isContact, isVerified, otherHolders } from './users.ts';

/** Refuses names that another user signs in with, as soon as they are asked for. */
export function assertFree(pool: Pool, user: User, changes: Changes): void {
  for (const [name, value] of changes) {
    if (value === '' || !isUniqueAtOnce(pool, name)) continue;
    if (otherHolders(pool, user, name, value).length > 0) throw aliasExists(name);
  }
}

/** An alias by address belongs to whoever has verified it, so that a clash shows when the code comes back. */
export function assertProvable(pool: Pool, user: User, name: string, value: string): void {
  const others = otherHolders(pool, user, name, value);
  const clash = isUniqueAtOnce(pool, name) ? others.length > 0 : isAlias(pool, name) && others.some(verified(name));
  if (clash) throw aliasExists(name);
}

/** Refuses a new user whose name, address or alias is another's; `force` takes an alias by address over. */
export function assertUnused(pool: Pool, user: User, force: boolean): void {
  if (pool.users.has(fold(pool, user.username))) {
    throw new CognitoError('UsernameExistsException', 'User account already exists');
  }
  for (const [name, value] of user.attributes) {
    if (pool.settings.UsernameAttributes?.includes(name) && otherHolders(pool, user, name, value).length > 0) {
      throw new CognitoError('UsernameExistsException', `An account with the given ${name} already exists.`);
    }
    if (!isContact(name) || (isVerified(user, name) && !force)) assertProvable(pool, user, name, value);
  }
}

/** The last to be declared verified by an administrator gets the alias, and who had it becomes unverified. */
export function takeOver(pool: Pool, user: User): void {
  for (const name of contacts.filter((name) => isAlias(pool, name) && isVerified(user, name))) {
    const others = otherHolders(pool, user, name, user.attributes.get(name) ?? '');
    for (const other of others.filter(verified(name))) other.attributes.set(`${name}_verified`, 'false');
  }
}

const aliasExists = (name: string) =>
  new CognitoError('AliasExistsException', `An account with the given ${name} already exists.`);

const verified = (name: string) => (user: User) => isVerified(user, name);

const isAlias = (pool: Pool, name: string) => pool.settings.AliasAttributes?.includes(name) ?? false;

const isUniqueAtOnce = (pool: Pool, name: string) =>
  pool.settings.UsernameAttributes?.includes(name) || (name === 'preferred_username' && isAlias(pool, name));
