import { invalidParameter } from '../errors.ts';
import { on, type Fault } from '../fault.ts';
import type { Pool } from '../state.ts';
import { isContact, isVerified } from '../users.ts';
import { declareVerified, isWaiting, keeping, limited, notVerifiable } from './codes.ts';
import { as, around, insteadOf, saying } from './makers.ts';
import { bearerOf, trustingAny, withPool, withUser } from './views.ts';

const ask = 'GetUserAttributeVerificationCode';

/** Who may ask for a code, how often, and where it goes. */
export const asking: Record<string, Fault> = {
  'lets-codes-die-at-once': around(ask, async ({ user }, next) => {
    const output = await next();
    for (const code of user.codes) code.expires = 0;
    return output;
  }),
  'keeps-older-codes-good': keeping(ask),
  'sends-codes-that-do-not-replace-the-one-before': around(ask, async ({ user }, next, { AttributeName }) => {
    const before = user.codes.filter(({ attribute }) => attribute === AttributeName);
    const output = await next();
    if (before.length > 0) user.codes = before;
    return output;
  }),
  'ends-a-change-that-waits-with-a-code-asked-for': around(ask, ({ user }, next) => {
    user.codes = user.codes.filter((code) => !isWaiting(user, code));
    return next();
  }),
  'verifies-at-the-asking': around(ask, async ({ user }, next, { AttributeName }) => {
    const output = await next();
    declareVerified(user, AttributeName);
    return output;
  }),
  'sends-a-code-with-any-token': on(ask, (input, state, next) => next(input, trustingAny(state, input.AccessToken))),
  'sends-a-code-for-any-attribute': around(ask, (_, next, { AttributeName }) =>
    isContact(AttributeName) ? next() : {},
  ),
  'sends-a-code-for-no-contact': around(ask, (_, next, { AttributeName }) => {
    if (isContact(AttributeName)) throw notVerifiable();
    return next();
  }),
  'sends-the-code-to-whichever-contact-there-is': on(ask, (input, state, next) => {
    const user = bearerOf(state, input.AccessToken)?.user;
    return next({ ...input, AttributeName: user?.attributes.has('phone_number') ? 'phone_number' : 'email' }, state);
  }),
  'sends-the-code-to-the-address-that-waits': around(ask, async ({ pool, user }, next, { AttributeName }, state) => {
    const waiting = user.codes.findLast((code) => code.attribute === AttributeName && isWaiting(user, code));
    if (!waiting) return next();
    const seen = { ...user, attributes: new Map(user.attributes).set(AttributeName, waiting.value) };
    const output = await next(withUser(state, pool, seen));
    user.codes = seen.codes;
    return output;
  }),
  'sends-no-code-to-a-verified-address': around(ask, ({ user }, next, { AttributeName }) => {
    if (isVerified(user, AttributeName)) throw invalidParameter('Attribute is already verified.');
    return next();
  }),
  'finds-no-address': around(ask, ({ pool, user }, next, { AttributeName }, state) => {
    const attributes = new Map([...user.attributes].filter(([name]) => name !== AttributeName));
    return next(withUser(state, pool, { ...user, attributes }));
  }),
  'answers-a-code-for-no-address': around(ask, ({ user }, next, { AttributeName }) =>
    isContact(AttributeName) && !user.attributes.has(AttributeName) ? {} : next(),
  ),
  'crashes-without-an-address': around(ask, ({ user }, next, { AttributeName }) => {
    if (isContact(AttributeName) && !user.attributes.has(AttributeName)) throw new TypeError('no address');
    return next();
  }),
  'names-the-other-contact-as-missing': insteadOf(
    'InvalidParameterException',
    ask,
    saying((message) =>
      message.endsWith('email address')
        ? message.replace('email address', 'phone number')
        : message.replace('phone number', 'email address'),
    ),
  ),
  'sends-sms-without-a-configuration': withSms(() => ({ SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' })),
  'has-no-configuration-for-sms': withSms(() => undefined),
  'wants-a-configuration-for-sms-for-email': around(ask, ({ pool }, next, { AttributeName }) => {
    if (AttributeName === 'email' && !pool.settings.SmsConfiguration) {
      throw invalidParameter('User pool does not have SMS configuration to send messages.');
    }
    return next();
  }),
  'counts-no-codes': limited(ask, Infinity),
  'limits-codes-to-four': limited(ask, 4),
  'limits-codes-to-six': limited(ask, 6),
  'limits-codes-to-none': limited(ask, 0),
  'takes-the-limit-for-a-bad-parameter': insteadOf('LimitExceededException', ask, as('InvalidParameterException')),
};

function withSms(configuration: () => Pool['settings']['SmsConfiguration']): Fault {
  return around(ask, ({ pool }, next, _, state) =>
    next(
      withPool(state, pool.id, ({ settings }) => ({ settings: { ...settings, SmsConfiguration: configuration() } })),
    ),
  );
}
