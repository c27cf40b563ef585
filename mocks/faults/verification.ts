import { notAuthorized } from '../errors.ts';
import { on, type Fault } from '../fault.ts';
import type { Input } from '../inputs.ts';
import type { Pool, User } from '../state.ts';
import { contacts, isContact, isVerifiedFlag } from '../users.ts';
import { around } from './makers.ts';
import { withPool } from './views.ts';

const update = 'UpdateUserAttributes';
const adminUpdate = 'AdminUpdateUserAttributes';
const updates = [update, adminUpdate] as const;

type Name = (typeof updates)[number];
export type Update = Input<Name>;
type List = Update['UserAttributes'];

/** What becomes of the flag that says an address is verified, and of its user. */
export const verification: Record<string, Fault> = {
  'keeps-the-flag-of-a-changed-address': afterwards(updates, (user, before) => {
    for (const flag of flags) if (before.get(flag) === 'true') user.attributes.set(flag, 'true');
  }),
  'keeps-the-flag-of-a-second-changed-address': afterwards(update, (user, before) => {
    const fallen = flags.filter((flag) => before.get(flag) === 'true' && user.attributes.get(flag) === 'false');
    for (const flag of fallen.slice(1)) user.attributes.set(flag, 'true');
  }),
  'resets-the-flag-of-the-other-contact': afterwards(updates, (user, before, { UserAttributes }) => {
    const isChanged = (name: string) => before.get(name) !== user.attributes.get(name);
    if (!contacts.some(isChanged)) return;
    for (const name of contacts) {
      const isNamed = UserAttributes.some(({ Name }) => Name.startsWith(name));
      if (!isNamed && user.attributes.has(name)) user.attributes.set(`${name}_verified`, 'false');
    }
  }),
  'deletes-the-flag-of-a-changed-address': afterwards(updates, (user, before) => {
    for (const flag of flags) if (before.get(flag) !== user.attributes.get(flag)) deleteFalse(user, flag);
  }),
  'writes-flags-with-a-capital': afterwards(update, (user, before) => {
    for (const flag of flags)
      if (before.get(flag) === 'true' && !isTrue(user, flag)) user.attributes.set(flag, 'False');
  }),
  'declares-a-new-address-verified': afterwards(updates, (user, before) => {
    for (const name of contacts) {
      if (before.get(name) !== user.attributes.get(name)) user.attributes.set(`${name}_verified`, 'true');
    }
  }),
  'resets-the-flag-of-an-address-written-again': afterwards(updates, (user, before, { UserAttributes }) => {
    for (const { Name, Value } of UserAttributes) {
      if (isContact(Name) && before.get(Name) === Value) user.attributes.set(`${Name}_verified`, 'false');
    }
  }),
  'resets-only-flags-of-what-it-verifies-itself': afterwards(updates, (user, before, _, { settings }) => {
    for (const name of contacts.filter((contact) => !settings.AutoVerifiedAttributes?.includes(contact))) {
      if (before.get(`${name}_verified`) === 'true') user.attributes.set(`${name}_verified`, 'true');
    }
  }),
  'disables-who-has-a-new-address': afterwards(updates, (user, before) => {
    if (contacts.some((name) => before.get(name) !== user.attributes.get(name))) user.enabled = false;
  }),
  'keeps-flags-from-administrators': on(adminUpdate, (input, state, next) => {
    if (!input.UserAttributes.some(({ Name }) => isVerifiedFlag(Name))) return next(input, state);
    throw notAuthorized('A client attempted to write unauthorized attribute');
  }),
  'overlooks-flags-of-administrators': changingList(adminUpdate, (list) =>
    list.filter(({ Name }) => !isVerifiedFlag(Name)),
  ),
  'reads-the-first-flag-only': changingList(adminUpdate, (list) => {
    const first = list.find(({ Name }) => isVerifiedFlag(Name));
    return list.filter((attribute) => !isVerifiedFlag(attribute.Name) || attribute === first);
  }),
  'resets-the-flag-that-an-administrator-sets': afterwards(adminUpdate, (user, _, { UserAttributes }) => {
    const names = UserAttributes.map(({ Name }) => Name);
    for (const flag of flags)
      if (names.includes(flag) && names.includes(flag.replace('_verified', ''))) user.attributes.set(flag, 'false');
  }),
  'drops-flags-of-users-silently': changingList(update, (list) => list.filter(({ Name }) => !isVerifiedFlag(Name))),
  'stores-addresses-as-if-their-flag-were-there': around(updates, async ({ pool, user }, next, _, state) => {
    const before = new Map(user.attributes);
    const without = { AutoVerifiedAttributes: undefined, UserAttributeUpdateSettings: undefined };
    const output = await next(withPool(state, pool.id, ({ settings }) => ({ settings: { ...settings, ...without } })));
    for (const flag of flags) if (before.get(flag) === 'true') user.attributes.set(flag, 'true');
    return output;
  }),
  'changes-no-address': around(updates, async ({ user }, next, { UserAttributes }, state) => {
    const { codes, attributes } = { codes: user.codes, attributes: new Map(user.attributes) };
    const output = await next({ ...state, messages: [] });
    const names = UserAttributes.map(({ Name }) => Name);
    const untouched = contacts.filter((name) => names.includes(name) && !names.includes(`${name}_verified`));
    if (untouched.every((name) => user.attributes.get(name) === undefined)) return output;
    for (const name of untouched.flatMap((contact) => [contact, `${contact}_verified`]))
      restore(user, attributes, name);
    user.codes = codes;
    return {};
  }),
};

const flags = contacts.map((name) => `${name}_verified`);

const isTrue = (user: User, flag: string) => user.attributes.get(flag) === 'true';

function deleteFalse(user: User, flag: string): void {
  if (!isTrue(user, flag)) user.attributes.delete(flag);
}

function restore(user: User, before: ReadonlyMap<string, string>, name: string): void {
  const value = before.get(name);
  if (value === undefined) user.attributes.delete(name);
  else user.attributes.set(name, value);
}

/** Changes a user once an update is done. */
export function afterwards(
  names: Name | readonly Name[],
  change: (user: User, before: ReadonlyMap<string, string>, input: Update, pool: Pool) => void,
): Fault {
  return around(names, async ({ pool, user }, next, input) => {
    const before = new Map(user.attributes);
    const output = await next();
    change(user, before, input, pool);
    return output;
  });
}

/** Changes what an update lists. */
export function changingList(names: Name | readonly Name[], change: (list: List, user: User) => List): Fault {
  return around(names, ({ user }, next, input, state) =>
    next(state, { ...input, UserAttributes: change(input.UserAttributes, user) }),
  );
}
