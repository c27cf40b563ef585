import { CognitoError, notAuthorized } from '../errors.ts';
import { on, type Fault } from '../fault.ts';
import type { Pool, User } from '../state.ts';
import { fold, isContact, isVerified, otherHolders, searchUser } from '../users.ts';
import { isWaiting } from './codes.ts';
import { as, around, insteadOf, saying } from './makers.ts';
import { changingList } from './verification.ts';
import { withPool } from './views.ts';

const update = 'UpdateUserAttributes';
const adminUpdate = 'AdminUpdateUserAttributes';
const verify = 'VerifyUserAttribute';
const updates = [update, adminUpdate] as const;

/** Whose a name is that somebody signs in by. */
export const aliases: Record<string, Fault> = {
  'signs-in-by-no-address-while-another-waits': on('InitiateAuth', (input, state, next) => {
    const name = input.AuthParameters?.['USERNAME'] ?? '';
    const pool = state.clients.get(input.ClientId)?.pool;
    const user = pool && searchUser(pool, name);
    if (user && user.username !== name && user.codes.some((code) => isWaiting(user, code))) {
      throw notAuthorized('Incorrect username or password.');
    }
    return next(input, state);
  }),
  'shows-the-address-as-the-username': around('GetUser', async ({ pool, user }, next) => {
    const Username = pool.settings.UsernameAttributes?.map((name) => user.attributes.get(name)).find(Boolean);
    return { ...(await next()), ...(Username !== undefined && { Username }) };
  }),
  'names-new-users-by-their-address': on('AdminCreateUser', async (input, state, next) => {
    const { User } = (await next(input, state)) as { User: { Username: string } };
    const pool = state.pools.get(input.UserPoolId);
    const user = pool && searchUser(pool, User.Username);
    if (!user || !pool) return { User };
    pool.users.delete(fold(pool, user.username));
    user.username = input.Username;
    pool.users.set(fold(pool, user.username), user);
    return { User: { ...User, Username: input.Username } };
  }),
  'finds-no-user-to-update': on(adminUpdate, (input, state, next) => {
    if (state.pools.has(input.UserPoolId)) throw noSuchUser();
    return next(input, state);
  }),
  'crashes-without-a-user': insteadOf('UserNotFoundException', adminUpdate, () => {
    throw new TypeError('no user');
  }),
  'lets-a-username-be-taken': withSettings(updates, () => ({ UsernameAttributes: undefined })),
  'lets-administrators-take-a-username': withSettings(adminUpdate, () => ({ UsernameAttributes: undefined })),
  'lets-a-phone-number-that-is-a-username-be-taken': withSettings(updates, ({ UsernameAttributes }) => ({
    UsernameAttributes: UsernameAttributes?.filter((name) => name !== 'phone_number'),
  })),
  'lets-a-preferred-username-be-taken': withSettings(updates, ({ AliasAttributes }) => ({
    AliasAttributes: AliasAttributes?.filter((name) => name !== 'preferred_username'),
  })),
  'lets-a-username-be-taken-where-changes-wait': withSettings(updates, (settings) =>
    settings.UserAttributeUpdateSettings ? { UsernameAttributes: undefined } : {},
  ),
  'lets-an-unverified-username-be-taken': around(updates, ({ pool, user }, next, _, state) => {
    const names = pool.settings.UsernameAttributes ?? [];
    const isCounted = (other: User) => other === user || names.every((name) => isVerified(other, name));
    const users = new Map([...pool.users].filter(([, other]) => isCounted(other)));
    return next(withPool(state, pool.id, () => ({ users })));
  }),
  'counts-the-own-address-as-taken': around(updates, ({ pool, user }, next, { UserAttributes }) => {
    const own = UserAttributes.find(({ Name, Value = '' }) => {
      const held = pool.settings.UsernameAttributes?.includes(Name) ? user.attributes.get(Name) : undefined;
      return held !== undefined && fold(pool, held) === fold(pool, Value);
    });
    if (own) throw aliasExists(own.Name);
    return next();
  }),
  'takes-every-name-for-taken': around(updates, ({ pool, user }, next, { UserAttributes }) => {
    const taken = UserAttributes.find(
      ({ Name, Value }) => pool.settings.UsernameAttributes?.includes(Name) && user.attributes.get(Name) !== Value,
    );
    if (taken) throw aliasExists(taken.Name);
    return next();
  }),
  'wants-every-email-unique': withSettings(updates, ({ UsernameAttributes }) => ({
    UsernameAttributes: UsernameAttributes ?? ['email'],
  })),
  'refuses-a-taken-alias-at-once': withSettings(updates, ({ UsernameAttributes, AliasAttributes }) => ({
    UsernameAttributes: UsernameAttributes ?? AliasAttributes?.filter(isContact),
  })),
  'lets-a-taken-alias-be-verified': withSettings(verify, () => ({ AliasAttributes: undefined })),
  'lets-a-taken-username-be-verified': withSettings(verify, () => ({ UsernameAttributes: undefined })),
  'takes-every-address-for-taken-when-its-code-comes': around(
    verify,
    async ({ user }, next, { AttributeName, Code }) => {
      if (user.codes.some(({ attribute, code }) => attribute === AttributeName && code === Code)) {
        throw aliasExists(AttributeName);
      }
      return next();
    },
  ),
  'takes-an-alias-over-by-its-code': around(verify, ({ pool, user }, next, { AttributeName }) => {
    const value = user.attributes.get(AttributeName) ?? '';
    if (aliasesOf(pool).includes(AttributeName)) {
      for (const other of otherHolders(pool, user, AttributeName, value))
        other.attributes.set(`${AttributeName}_verified`, 'false');
    }
    return next();
  }),
  'takes-no-alias-over': withSettings(adminUpdate, () => ({ AliasAttributes: undefined })),
  'deletes-the-alias-that-is-taken-over': around(adminUpdate, async ({ pool, user }, next, { UserAttributes }) => {
    const output = await next();
    for (const { Name, Value = '' } of UserAttributes.filter(({ Name }) => aliasesOf(pool).includes(Name))) {
      for (const other of otherHolders(pool, user, Name, Value)) other.attributes.delete(Name);
    }
    return output;
  }),
  'refuses-administrators-a-taken-alias': withSettings(adminUpdate, ({ UsernameAttributes, AliasAttributes }) => ({
    UsernameAttributes: UsernameAttributes ?? AliasAttributes,
  })),
  'ignores-letter-case': withSettings([...updates, verify], ({ UsernameAttributes }) =>
    UsernameAttributes ? { UsernameConfiguration: { CaseSensitive: false } } : {},
  ),
  'tells-letter-case-apart': withSettings([...updates, verify], () => ({
    UsernameConfiguration: { CaseSensitive: true },
  })),
  'writes-addresses-in-lower-case': changingList(updates, (list) =>
    list.map(({ Name, Value }) => ({ Name, Value: isContact(Name) ? Value?.toLowerCase() : Value })),
  ),
  'calls-a-taken-address-a-taken-username': insteadOf(
    'AliasExistsException',
    [...updates, verify],
    as('UsernameExistsException'),
  ),
  'takes-a-taken-address-for-a-bad-parameter': insteadOf(
    'AliasExistsException',
    [...updates, verify],
    as('InvalidParameterException'),
  ),
  'does-not-say-what-is-taken': insteadOf(
    'AliasExistsException',
    [...updates, verify],
    saying(() => 'Already found an entry for the provided username.'),
  ),
  'writes-a-taken-address-before-it-refuses': around(updates, async ({ user }, next, { UserAttributes }) => {
    try {
      return await next();
    } catch (error) {
      if (!(error instanceof CognitoError) || error.type !== 'AliasExistsException') throw error;
      for (const { Name, Value = '' } of UserAttributes) user.attributes.set(Name, Value);
      throw error;
    }
  }),
};

const aliasesOf = ({ settings }: Pool) => settings.AliasAttributes ?? [];

const noSuchUser = () => new CognitoError('UserNotFoundException', 'User does not exist.');
const aliasExists = (name: string) =>
  new CognitoError('AliasExistsException', `An account with the given ${name} already exists.`);

/** A pool with other settings, as an operation sees it. */
function withSettings(
  names: Written | readonly Written[],
  change: (settings: Pool['settings']) => Partial<Pool['settings']>,
): Fault {
  return around(names, ({ pool }, next, _, state) =>
    next(withPool(state, pool.id, ({ settings }) => ({ settings: { ...settings, ...change(settings) } }))),
  );
}

type Written = (typeof updates)[number] | typeof verify;
