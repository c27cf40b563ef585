import { on, type Fault } from '../fault.ts';
import { isEmail, isPhoneNumber } from '../users.ts';
import { refusing, updates, type Listed } from './attributes.ts';
import { subjectOf } from './views.ts';

/** Lets values pass as one that is good, and stores them as they came. */
const taking = (name: string, good: string, lax: (value: string) => boolean): Fault => {
  const passes = ({ Name, Value }: Listed): boolean => Name === name && Value !== undefined && lax(Value);
  return on(updates, async (input, state, next) => {
    const given = input.UserAttributes;
    const UserAttributes = given.map((one) => (passes(one) ? { Name: name, Value: good } : one));
    const output = await next({ ...input, UserAttributes }, state);
    for (const { Value = '' } of given.filter(passes)) subjectOf(state, input)?.user.attributes.set(name, Value);
    return output;
  });
};

const takingEmail = (lax: (value: string) => boolean): Fault => taking('email', 'stand.in@example.com', lax);
const takingPhone = (lax: (value: string) => boolean): Fault => taking('phone_number', '+15555550100', lax);

const isUrl = (text: string): boolean => URL.canParse(text);

/** The forms of standard attributes. */
export const formats: Record<string, Fault> = {
  'wants-urls': refusing(
    ({ Name, Value = '' }) => ['picture', 'profile', 'website'].includes(Name) && !isUrl(Value),
    'Invalid URL.',
  ),
  'wants-a-date-as-birthdate': refusing(
    ({ Name, Value = '' }) => Name === 'birthdate' && Value !== '' && Number.isNaN(Date.parse(Value)),
    'Invalid birthdate.',
  ),
  'wants-a-date-as-updated-at': refusing(
    ({ Name, Value = '' }) => Name === 'updated_at' && /^\d+$/.test(Value),
    'Invalid date.',
  ),
  'writes-small-letters': on(updates, (input, state, next) => {
    const UserAttributes = input.UserAttributes.map(({ Name, Value }) => ({ Name, Value: Value?.toLowerCase() }));
    return next({ ...input, UserAttributes }, state);
  }),
  'never-checks-the-form-of-email': takingEmail((value) => value !== '' && !isEmail(value)),
  'checks-email-for-an-at-sign-only': takingEmail((value) => value.includes('@') && !isEmail(value)),
  'takes-email-with-two-at-signs': takingEmail((value) => value.split('@').length > 2),
  'takes-email-without-a-domain': takingEmail((value) => value.endsWith('@')),
  'never-checks-the-form-of-phone-number': takingPhone((value) => value !== '' && !isPhoneNumber(value)),
  'takes-phone-number-without-plus': takingPhone((value) => /^\d+$/.test(value)),
  'takes-phone-number-of-sixteen-digits': takingPhone((value) => /^\+\d{16}$/.test(value)),
  'takes-phone-number-of-no-digits': takingPhone((value) => value === '+'),
  'checks-phone-number-for-a-plus-only': takingPhone((value) => value.startsWith('+') && !isPhoneNumber(value)),
  'refuses-phone-number-of-thirteen-digits': refusing(
    ({ Name, Value = '' }) => Name === 'phone_number' && /^\+\d{13,}$/.test(Value),
    'Invalid phone number format.',
  ),
  'strips-phone-numbers': on(updates, (input, state, next) => {
    const UserAttributes = input.UserAttributes.map((one) =>
      one.Name === 'phone_number' ? { Name: one.Name, Value: one.Value?.replace(/[ -]/g, '') } : one,
    );
    return next({ ...input, UserAttributes }, state);
  }),
};
