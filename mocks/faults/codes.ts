import { CognitoError, invalidParameter } from '../errors.ts';
import { on, type Fault } from '../fault.ts';
import { inputs, type Input } from '../inputs.ts';
import { required, structure, text, type Present, type TextShape } from '../shape.ts';
import type { Code, Pool, User } from '../state.ts';
import { contacts, isContact } from '../users.ts';
import { as, around, insteadOf, saying, type Subject } from './makers.ts';
import { bearerOf, trustingAny } from './views.ts';

const verify = 'VerifyUserAttribute';
const ask = 'GetUserAttributeVerificationCode';
const { required: _, ...optionalCode } = inputs[verify].members.Code;

/** What codes are good for. */
export const codes: Record<string, Fault> = {
  'accepts-any-code': taking((user, input) => newest(user, input)),
  'accepts-six-zeros': taking((user, input) => (input.Code === '000000' ? newest(user, input) : undefined)),
  'accepts-a-code-of-another-user': taking((user, input, pool) =>
    [...pool.users.values()].some((other) => other.codes.some(({ code }) => code === input.Code))
      ? newest(user, input)
      : undefined,
  ),
  'accepts-a-code-of-the-other-contact': around(verify, ({ user }, next, { AttributeName, Code }) => {
    const other = user.codes.find(({ code, attribute }) => code === Code && attribute !== AttributeName);
    const value = user.attributes.get(AttributeName);
    if (other && value && isContact(AttributeName)) user.codes.push({ ...other, attribute: AttributeName, value });
    return next();
  }),
  'accepts-what-was-never-sent': around(verify, ({ user }, next, { AttributeName }) =>
    user.codes.length + user.counted.length > 0 ? next() : declareVerified(user, AttributeName),
  ),
  'compares-a-missing-code-with-none': {
    ...withCode(optionalCode),
    ...around(verify, ({ user }, next, { AttributeName, Code }) =>
      Code === undefined && user.codes.length === 0 ? declareVerified(user, AttributeName) : next(),
    ),
  },
  'takes-an-empty-code-for-any': {
    ...withCode(required(text())),
    ...taking((user, input) => (input.Code === '' ? newest(user, input) : undefined)),
  },
  'takes-null-for-any-code': {
    ...withCode(optionalCode),
    ...taking((user, input) => (input.Code === undefined ? newest(user, input) : undefined)),
  },
  'refuses-the-right-code': around(verify, ({ user }, next, { Code }) => {
    for (const code of user.codes) if (code.code === Code) code.code = 'another';
    return next();
  }),
  'keeps-used-codes': around(verify, async ({ user }, next) => {
    const kept = user.codes;
    const output = await next();
    user.codes = kept;
    return output;
  }),
  'ends-the-right-code-with-a-wrong-one': afterWrongCodes(1),
  'ends-a-code-with-a-second-wrong-one': afterWrongCodes(2),
  'calls-a-wrong-code-expired': insteadOf('CodeMismatchException', verify, as('ExpiredCodeException')),
  'calls-a-used-code-wrong': insteadOf('ExpiredCodeException', verify, as('CodeMismatchException')),
  'takes-a-wrong-code-for-a-bad-parameter': insteadOf('CodeMismatchException', verify, as('InvalidParameterException')),
  'takes-a-used-code-for-a-bad-parameter': insteadOf('ExpiredCodeException', verify, as('InvalidParameterException')),
  'words-a-used-code-as-a-wrong-one': insteadOf(
    'ExpiredCodeException',
    verify,
    saying(() => 'Invalid verification code provided, please try again.'),
  ),
  'words-a-wrong-code-as-a-used-one': insteadOf(
    'CodeMismatchException',
    verify,
    saying(() => 'Invalid code provided, please request a code again.'),
  ),
  'keeps-the-code-of-a-change-that-was-replaced': keeping('UpdateUserAttributes', (code, user) =>
    user.attributes.has(code.attribute),
  ),
  'keeps-the-code-of-a-change-that-a-blank-ended': keeping(
    'UpdateUserAttributes',
    (code, user) => !user.attributes.has(code.attribute),
  ),
  'keeps-the-code-of-a-change-that-a-deletion-ended': keeping('DeleteUserAttributes'),
  'keeps-the-code-of-a-change-that-an-administrator-ended': keeping('AdminUpdateUserAttributes'),
  'has-one-code-a-user': around(['UpdateUserAttributes', 'AdminUpdateUserAttributes', ask], async ({ user }, next) => {
    const output = await next();
    user.codes = user.codes.slice(-1);
    return output;
  }),
  'verifies-nothing': around(verify, async ({ user }, next, { AttributeName }) => {
    const flag = user.attributes.get(`${AttributeName}_verified`);
    const output = await next();
    user.attributes.delete(`${AttributeName}_verified`);
    if (flag !== undefined) user.attributes.set(`${AttributeName}_verified`, flag);
    return output;
  }),
  'verifies-both-contacts-with-one-code': around(verify, async ({ user }, next) => {
    const output = await next();
    for (const name of contacts) if (user.attributes.has(name)) declareVerified(user, name);
    return output;
  }),
  'verifies-any-attribute': around(verify, (_, next, { AttributeName }) => (isContact(AttributeName) ? next() : {})),
  'verifies-no-contact': around(verify, (_, next, { AttributeName }) => {
    if (isContact(AttributeName)) throw notVerifiable();
    return next();
  }),
  'verifies-with-any-token': on(verify, (input, state, next) => next(input, trustingAny(state, input.AccessToken))),
  'does-not-tell-what-can-be-verified': insteadOf(
    'InvalidParameterException',
    [verify, ask],
    saying((message) => message.replace(' Only phone_number and email can be verified.', '')),
  ),
  'limits-attempts-to-two': limited(verify, 2),
};

/** Takes a right code in the place of a wrong one. */
function taking(instead: (user: User, input: Input<typeof verify>, pool: Pool) => string | undefined): Fault {
  return on(verify, (input, state, next) => {
    const bearer = bearerOf(state, input.AccessToken);
    if (!bearer || bearer.user.codes.some(({ code }) => code === input.Code)) return next(input, state);
    return next({ ...input, Code: instead(bearer.user, input, bearer.client.pool) ?? input.Code }, state);
  });
}

const newest = (user: User, { AttributeName }: Input<typeof verify>) =>
  user.codes.findLast(({ attribute }) => attribute === AttributeName)?.code;

function withCode(Code: TextShape | Present<TextShape>): Fault {
  return { input: (shape, name) => (name === verify ? structure({ ...inputs[verify].members, Code }) : shape) };
}

export function declareVerified(user: User, name: string) {
  user.attributes.set(`${name}_verified`, 'true');
  return {};
}

/** Ends all codes of a user after so many wrong ones. */
function afterWrongCodes(limit: number): Fault {
  return insteadOf('CodeMismatchException', verify, (refusal, { AccessToken }, state) => {
    const user = bearerOf(state, AccessToken)?.user;
    user?.counted.push({ operation: 'wrong', at: state.now() });
    if (user && timesOf(user, 'wrong') >= limit) user.codes = [];
    return refusal;
  });
}

const timesOf = (user: User, operation: string) => user.counted.filter((call) => call.operation === operation).length;

/** Keeps codes that the call drops. */
export function keeping(
  name: 'UpdateUserAttributes' | 'AdminUpdateUserAttributes' | 'DeleteUserAttributes' | typeof ask,
  isKept: (code: Code, user: User) => boolean = () => true,
): Fault {
  return around(name, async ({ user }, next) => {
    const before = user.codes;
    const output = await next();
    const kept = before.filter((code) => !user.codes.includes(code) && isKept(code, user));
    user.codes = [...kept, ...user.codes];
    return output;
  });
}

export const isWaiting = (user: User, { attribute, value }: Code) => user.attributes.get(attribute) !== value;

export const notVerifiable = () =>
  invalidParameter('Invalid attribute name. Only phone_number and email can be verified.');

/** Counts in the place of the mock. */
export function limited(name: typeof verify | typeof ask, limit: number): Fault {
  const counts = ({ user }: Subject) => timesOf(user, 'counted');
  return around(name, (subject, next, _, state) => {
    if (counts(subject) >= limit) {
      throw new CognitoError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
    }
    subject.user.counted = subject.user.counted.filter(({ operation }) => operation !== name);
    subject.user.counted.push({ operation: 'counted', at: state.now() });
    return next();
  });
}
