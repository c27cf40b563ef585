import { sendCodes, type Delivery } from '../codes.ts';
import type { Fault } from '../fault.ts';
import type { Input } from '../inputs.ts';
import type { Message, User } from '../state.ts';
import { isContact, isVerifiedFlag } from '../users.ts';
import { isWaiting } from './codes.ts';
import { verifies, type Told } from './deliveries.ts';
import { around, insteadOf, type Subject } from './makers.ts';
import type { Update } from './verification.ts';
import { bearerOf, withPool } from './views.ts';

const update = 'UpdateUserAttributes';
const adminUpdate = 'AdminUpdateUserAttributes';
const updates = [update, adminUpdate] as const;
const sending = [...updates, 'GetUserAttributeVerificationCode'] as const;

/** What is sent, and to whom. */
export const messages: Record<string, Fault> = {
  'sends-nothing': changingMessages(sending, () => []),
  'sends-everything-twice': changingMessages(sending, (sent) => [...sent, ...sent]),
  'sends-everything-by-email': by('EMAIL'),
  'sends-everything-by-sms': by('SMS'),
  'sends-to-the-old-address': changingMessages(update, toOldAddress),
  'sends-what-administrators-change-to-the-old-address': changingMessages(adminUpdate, toOldAddress),
  'tells-the-old-address-too': changingMessages(updates, (sent, before) => [...sent, ...toOldAddress(sent, before)]),
  'sends-nothing-for-administrators': changingMessages(adminUpdate, () => []),
  'sends-one-message-for-two-contacts': changingMessages(updates, (sent) => sent.slice(0, 1)),
  'sends-a-code-in-spite-of-the-flag': telling(adminUpdate, (_, { UserAttributes }) =>
    UserAttributes.some(({ Name }) => isVerifiedFlag(Name)) ? addressesIn(UserAttributes) : [],
  ),
  'tells-users-of-their-flags': telling(adminUpdate, ({ user }, { UserAttributes }) =>
    UserAttributes.flatMap(({ Name }) => (isVerifiedFlag(Name) ? [user.attributes.get('email') ?? ''] : [])),
  ),
  'tells-users-of-any-attribute': telling(updates, ({ user }, { UserAttributes }) =>
    UserAttributes.some(({ Name }) => isContact(Name)) ? [] : [user.attributes.get('email') ?? ''],
  ),
  'tells-the-first-address-of-a-second-change': changingMessages(update, (sent, before) =>
    sent.flatMap((message) => {
      const first = before.codes.filter((code) => code.attribute === message.attribute && isWaiting(before, code));
      return [...first.map(({ value }) => ({ ...message, to: value })), message];
    }),
  ),
  'sends-before-it-refuses': insteadOf(
    'InvalidParameterException',
    update,
    (refusal, { AccessToken, UserAttributes }, state) => {
      const bearer = bearerOf(state, AccessToken);
      if (!bearer) return refusal;
      const subject = { pool: bearer.client.pool, user: bearer.user };
      state.messages.push(...addressesIn(UserAttributes).map((to) => notice(subject, to)));
      return refusal;
    },
  ),
  'confirms-a-code-that-came-back': around('VerifyUserAttribute', async (subject, next, { AttributeName }, state) => {
    const output = await next();
    state.messages.push(notice(subject, subject.user.attributes.get(AttributeName) ?? ''));
    return output;
  }),
  'sends-what-no-pool-asked-for': around(updates, ({ pool }, next, _, state) => {
    const AutoVerifiedAttributes = [...new Set([...(pool.settings.AutoVerifiedAttributes ?? []), 'email'])];
    return next(withPool(state, pool.id, ({ settings }) => ({ settings: { ...settings, AutoVerifiedAttributes } })));
  }),
  'sends-a-code-to-an-address-written-again': around(updates, async ({ pool, user }, next, input, state) => {
    const again = input.UserAttributes.flatMap(({ Name, Value = '' }) =>
      isContact(Name) && user.attributes.get(Name) === Value && verifies(pool, Name) ? [[Name, Value] as const] : [],
    );
    const output = await next();
    const sent = await sendCodes(state, pool, user, again, { source: 'UpdateUserAttribute' });
    const list = [...((output['CodeDeliveryDetailsList'] as Delivery[] | undefined) ?? []), ...sent];
    return list.length > 0 && 'AccessToken' in input ? { ...output, CodeDeliveryDetailsList: list } : output;
  }),
};

const addressesIn = (list: Update['UserAttributes']) =>
  list.flatMap(({ Name, Value }) => (isContact(Name) && Value ? [Value] : []));

const notice = ({ pool, user }: Subject, to: string): Message => ({
  to,
  medium: to.startsWith('+') ? 'SMS' : 'EMAIL',
  attribute: 'notice',
  code: '',
  username: user.username,
  userPoolId: pool.id,
});

type Sending = (typeof sending)[number];

/** Changes what a call sends. */
function changingMessages(
  names: Sending | readonly Sending[],
  change: (sent: Message[], before: User) => Message[],
): Fault {
  return around(names, async ({ user }, next, _, state) => {
    const before = { ...user, attributes: new Map(user.attributes) };
    const sent: Message[] = [];
    const output = await next({ ...state, messages: sent });
    state.messages.push(...change(sent, before));
    return output;
  });
}

function toOldAddress(sent: Message[], before: User): Message[] {
  return sent.flatMap((message) => {
    const to = before.attributes.get(message.attribute);
    return to ? [{ ...message, to }] : [];
  });
}

/** Sends a notice besides, once an update is done. */
function telling<Name extends (typeof updates)[number]>(
  names: Name | readonly Name[],
  addresses: (subject: Subject, input: Input<Name>) => string[],
): Fault {
  return around(names, async (subject, next, input, state) => {
    const told = addresses(subject, input);
    const output = await next();
    state.messages.push(...told.map((to) => notice(subject, to)));
    return output;
  });
}

/** Sends everything by one medium, and says so. */
function by(medium: Delivery['DeliveryMedium']): Fault {
  return around(sending, async (_subject, next, _input, state) => {
    const sent: Message[] = [];
    const { CodeDeliveryDetailsList: list, CodeDeliveryDetails: one } = (await next({
      ...state,
      messages: sent,
    })) as Told;
    state.messages.push(...sent.map((message) => ({ ...message, medium })));
    if (list) return { CodeDeliveryDetailsList: list.map((each) => ({ ...each, DeliveryMedium: medium })) };
    return one ? { CodeDeliveryDetails: { ...one, DeliveryMedium: medium } } : {};
  });
}
