import type { Delivery } from '../codes.ts';
import { on, type Fault } from '../fault.ts';
import type { Input } from '../inputs.ts';
import type { Pool } from '../state.ts';
import { contacts, isContact } from '../users.ts';
import { around, type Subject } from './makers.ts';
import { bearerOf } from './views.ts';

const update = 'UpdateUserAttributes';
const ask = 'GetUserAttributeVerificationCode';

/** What an answer tells of the codes that were sent. */
export const deliveries: Record<string, Fault> = {
  'shows-destinations-whole': masking((_, address) => address),
  'masks-e-mail-by-its-length': masking((mask, address) => {
    const [name = '', domain = ''] = address.split('@');
    return address.includes('@') ? `${starred(name, 1)}@${starred(domain.replace('.com', ''), 1)}.com` : mask;
  }),
  'masks-the-name-of-e-mail-only': masking((mask, address) => mask.replace(/@.*/, address.slice(address.indexOf('@')))),
  'masks-in-lower-case': masking((mask) => mask.toLowerCase()),
  'masks-phone-numbers-with-seven-stars': masking((mask) => mask.replace(/^\+\*+/, '+*******')),
  'masks-all-but-three-digits': masking((mask) => mask.replace(/^\+(\*+)\d/, '+*$1')),
  'masks-all-but-five-digits': masking((mask, address) =>
    mask.startsWith('+') ? `+${'*'.repeat(address.length - 6)}${address.slice(-5)}` : mask,
  ),
  'masks-the-plus-of-phone-numbers': masking((mask) => mask.replace(/^\+/, '*')),
  'masks-phone-numbers-like-e-mail': masking((mask) => (mask.startsWith('+') ? '+***@***' : mask)),
  'masks-e-mail-like-phone-numbers': masking((mask, address) =>
    mask.startsWith('+') ? mask : `+${'*'.repeat(Math.max(0, address.length - 5))}${address.slice(-4)}`,
  ),
  'lists-no-deliveries': listing(() => undefined),
  'lists-an-empty-list': listing((list) => list ?? []),
  'lists-one-delivery-of-two': listing((list) => list?.slice(0, 1)),
  'lists-every-contact-that-was-sent': listing((list, { UserAttributes }) => {
    const names = UserAttributes.filter(({ Name, Value }) => isContact(Name) && Value).map(({ Name }) => Name);
    return names.length > 0 ? names.map((name) => deliveryIn(list, name)) : list;
  }),
  'lists-every-contact-there-is': listing((list, _, { user }) => {
    const isListed = (name: string) => list?.some(({ AttributeName }) => AttributeName === name);
    const others = contacts.filter((name) => user.attributes.has(name) && !isListed(name));
    return list && [...list, ...others.map((name) => deliveryIn(list, name))];
  }),
  'lists-the-phone-number-in-the-place-of-e-mail': listing((list, _, { pool, user }) =>
    list?.map((one) =>
      verifies(pool, 'phone_number') && user.attributes.has('phone_number') ? deliveryIn(list, 'phone_number') : one,
    ),
  ),
  'leaves-the-medium-out': listing((list) => list?.map(({ DeliveryMedium: _, ...one }) => one)),
  'spells-the-medium-with-a-capital': listing((list) =>
    list?.map((one) => ({ ...one, DeliveryMedium: one.DeliveryMedium === 'EMAIL' ? 'Email' : 'Sms' })),
  ),
  'names-attributes-with-a-capital': listing((list) =>
    list?.map((one) => ({ ...one, AttributeName: one.AttributeName === 'email' ? 'Email' : 'Phone_number' })),
  ),
  'answers-one-delivery-in-the-place-of-a-list': on(update, async (input, state, next) => {
    const { CodeDeliveryDetailsList, ...output } = await next(input, state);
    return CodeDeliveryDetailsList
      ? { ...output, CodeDeliveryDetails: (CodeDeliveryDetailsList as Delivery[])[0] }
      : output;
  }),
  'answers-nothing-to-a-code-asked-for': on(ask, async (input, state, next) => {
    await next(input, state);
    return {};
  }),
  'answers-a-list-to-a-code-asked-for': on(ask, async (input, state, next) => ({
    CodeDeliveryDetailsList: [(await next(input, state))['CodeDeliveryDetails']],
  })),
};

const starred = (text: string, shown: number) => text.slice(0, shown) + '*'.repeat(Math.max(0, text.length - shown));

const deliveryIn = (list: Delivery[] | undefined, name: string): Delivery =>
  list?.find(({ AttributeName }) => AttributeName === name) ??
  (name === 'email'
    ? { Destination: 'n***@e***', DeliveryMedium: 'EMAIL', AttributeName: name }
    : { Destination: '+********0000', DeliveryMedium: 'SMS', AttributeName: name });

export const verifies = ({ settings }: Pool, name: string) => settings.AutoVerifiedAttributes?.includes(name) ?? false;

/** What an answer tells of codes. */
export interface Told {
  CodeDeliveryDetailsList?: Delivery[];
  CodeDeliveryDetails?: Delivery;
}

/** Changes what is shown of an address that a code was sent to. */
function masking(change: (mask: string, address: string) => string): Fault {
  return on([update, ask], async (input, state, next) => {
    const user = bearerOf(state, input.AccessToken)?.user;
    const sent =
      'UserAttributes' in input
        ? new Map(input.UserAttributes.map(({ Name, Value }) => [Name, Value]))
        : user?.attributes;
    const masked = (one: Delivery) => ({
      ...one,
      Destination: change(one.Destination, sent?.get(one.AttributeName) ?? ''),
    });
    const output = (await next(input, state)) as Told;
    const { CodeDeliveryDetailsList: list, CodeDeliveryDetails: one } = output;
    if (list) return { CodeDeliveryDetailsList: list.map(masked) };
    return one ? { CodeDeliveryDetails: masked(one) } : output;
  });
}

/** Changes the list of deliveries that an update answers. */
function listing(
  change: (
    list: Delivery[] | undefined,
    input: Input<typeof update>,
    subject: Subject,
  ) => Partial<Record<keyof Delivery, string>>[] | undefined,
): Fault {
  return around(update, async (subject, next, input) => {
    const list = (await next())['CodeDeliveryDetailsList'] as Delivery[] | undefined;
    const changed = change(list, input, subject);
    return changed ? { CodeDeliveryDetailsList: changed } : {};
  });
}
