import { invalidParameter } from '../errors.ts';
import type { Fault } from '../fault.ts';
import type { Input } from '../inputs.ts';
import type { Pool, User } from '../state.ts';
import { contacts, isContact, isVerified, isVerifiedFlag } from '../users.ts';
import { isWaiting } from './codes.ts';
import { around } from './makers.ts';
import { afterwards, changingList, type Update } from './verification.ts';
import { withPool } from './views.ts';

const update = 'UpdateUserAttributes';
const adminUpdate = 'AdminUpdateUserAttributes';
const updates = [update, adminUpdate] as const;

type List = Update['UserAttributes'];

/** Which changes of an address wait for their code, and what comes of those. */
export const pending: Record<string, Fault> = {
  'lets-no-change-of-a-user-wait': waitingFor(update, () => []),
  'lets-no-change-of-an-administrator-wait': waitingFor(adminUpdate, () => []),
  'lets-every-contact-wait': waitingFor(updates, (names) => (names.length > 0 ? [...contacts] : [])),
  'lets-one-contact-wait': waitingFor(updates, (names) => names.slice(0, 1)),
  'lets-no-phone-number-wait': waitingFor(updates, (names) => names.filter((name) => name !== 'phone_number')),
  'lets-changes-wait-that-should-not': waitingFor(updates, (_, { settings }) => settings.AutoVerifiedAttributes ?? []),
  'lets-no-first-address-wait': waitingFor(updates, (names, _, user) =>
    names.filter((name) => user.attributes.has(name)),
  ),
  'lets-no-change-of-an-unverified-address-wait': waitingFor(updates, (names, _, user) =>
    names.filter((name) => !user.attributes.has(name) || isVerified(user, name)),
  ),
  'holds-everything-back-beside-an-address': afterwards(updates, (user, before, { UserAttributes }) => {
    const isHeldBack = ({ Name, Value }: List[number]) =>
      user.codes.some((code) => code.attribute === Name && code.value === Value && isWaiting(user, code));
    if (!UserAttributes.some(isHeldBack)) return;
    user.attributes = new Map([...before]);
  }),
  'unverifies-what-is-to-change': afterwards(updates, (user) => {
    for (const code of user.codes)
      if (isWaiting(user, code)) user.attributes.set(`${code.attribute}_verified`, 'false');
  }),
  'shows-a-user-what-waits': around('GetUser', async ({ user }, next) => {
    const output = (await next()) as { UserAttributes: List };
    const waiting = (name: string) => user.codes.find((code) => code.attribute === name && isWaiting(user, code));
    return {
      ...output,
      UserAttributes: output.UserAttributes.map(({ Name, Value }) => ({ Name, Value: waiting(Name)?.value ?? Value })),
    };
  }),
  'keeps-the-first-change-that-waits': changingList(updates, (list, user) =>
    list.filter(
      ({ Name, Value }) => !Value || !user.codes.some((code) => code.attribute === Name && isWaiting(user, code)),
    ),
  ),
  'sends-nothing-for-what-waits-already': changingList(updates, (list, user) =>
    list.filter(({ Name, Value }) => !user.codes.some(({ attribute, value }) => attribute === Name && value === Value)),
  ),
  'deletes-no-address-that-could-wait': around(updates, ({ pool }, next, { UserAttributes }) => {
    if (UserAttributes.every(({ Name, Value }) => Value !== '' || !waits(pool, Name))) return next();
    throw invalidParameter('User has no attribute matching desired auto verified attributes');
  }),
  'deletes-no-address-that-waits': around('DeleteUserAttributes', ({ user }, next, { UserAttributeNames }) => {
    if (!UserAttributeNames.some((name) => user.codes.some(({ attribute }) => attribute === name))) return next();
    throw invalidParameter('Attribute is being verified.');
  }),
  'deletes-the-change-in-the-place-of-the-address': around(
    ['DeleteUserAttributes', update],
    async ({ user }, next, input) => {
      const waiting = user.codes.find((code) => isWaiting(user, code));
      if (!waiting || !deletes(input, waiting.attribute)) return next();
      user.codes = [];
      return {};
    },
  ),
  'promotes-nothing': around('VerifyUserAttribute', async ({ user }, next, { AttributeName }) => {
    const stored = user.attributes.get(AttributeName);
    const output = await next();
    if (stored !== undefined) user.attributes.set(AttributeName, stored);
    return output;
  }),
  'promotes-without-the-flag': around('VerifyUserAttribute', async ({ user }, next, { AttributeName }) => {
    const before = new Map(user.attributes);
    const output = await next();
    const isPromoted = before.get(AttributeName) !== user.attributes.get(AttributeName);
    if (isPromoted)
      user.attributes.set(`${AttributeName}_verified`, before.get(`${AttributeName}_verified`) ?? 'false');
    return output;
  }),
  'promotes-whatever-waits': around('VerifyUserAttribute', async ({ user }, next) => {
    const waiting = user.codes.filter((code) => isWaiting(user, code));
    const output = await next();
    for (const { attribute, value } of waiting) user.attributes.set(attribute, value);
    return output;
  }),
  'lets-a-flagged-address-wait': around(adminUpdate, async ({ pool, user }, next, { UserAttributes }) => {
    const before = new Map(user.attributes);
    const output = await next();
    for (const { Name } of UserAttributes) {
      const stored = before.get(Name);
      if (stored && waits(pool, Name)) user.attributes.set(Name, stored);
    }
    return output;
  }),
  'lets-one-flag-release-both': changingList(adminUpdate, (list) => {
    if (!list.some(({ Name }) => isVerifiedFlag(Name))) return list;
    const addresses = list.filter(
      ({ Name }) => isContact(Name) && !list.some((other) => other.Name === `${Name}_verified`),
    );
    return [...list, ...addresses.map(({ Name }) => flagged(Name))];
  }),
};

const flagged = (name: string) => ({ Name: `${name}_verified`, Value: 'true' });

const waits = ({ settings }: Pool, name: string) =>
  settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate?.includes(name) ?? false;

const deletes = (input: Input<'DeleteUserAttributes'> | Update, name: string) =>
  'UserAttributes' in input
    ? input.UserAttributes.some(({ Name, Value }) => Name === name && Value === '')
    : input.UserAttributeNames.includes(name);

/** Which contacts wait for their code. */
function waitingFor(
  names: (typeof updates)[number] | typeof updates,
  change: (names: string[], pool: Pool, user: User) => string[],
): Fault {
  return around(names, ({ pool, user }, next, _, state) => {
    const waiting = pool.settings.UserAttributeUpdateSettings?.AttributesRequireVerificationBeforeUpdate ?? [];
    const UserAttributeUpdateSettings = { AttributesRequireVerificationBeforeUpdate: change(waiting, pool, user) };
    return next(
      withPool(state, pool.id, ({ settings }) => ({ settings: { ...settings, UserAttributeUpdateSettings } })),
    );
  });
}
