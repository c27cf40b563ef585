import { inBody, isMembers, throughout, type Members } from './json.ts';
import type { Variations } from './variation.ts';

const stranger = { Stranger: 'new', strangers: '[1]' };
const factors = { MFAOptions: [], PreferredMfaSetting: 'EMAIL_OTP', UserMFASettingList: ['EMAIL_OTP'] };
const times = { CreationDate: 1.5e9, LastModifiedDate: 1.5e9 };

/** Members that an operation may show beside what our mock shows, by the member that holds them. */
const optional: Readonly<Record<string, Members>> = {
  GetUser: factors,
  AdminGetUser: factors,
  UserPool: {
    Status: 'Enabled',
    DeletionProtection: 'INACTIVE',
    Policies: { PasswordPolicy: { MinimumLength: 8, TemporaryPasswordValidityDays: 7 } },
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: false, UnusedAccountValidityDays: 7 },
    EmailConfiguration: { EmailSendingAccount: 'COGNITO_DEFAULT' },
    UserPoolTags: {},
    UserPoolTier: 'ESSENTIALS',
    Domain: 'example',
    ...times,
  },
  UserPoolClient: { AuthSessionValidity: 3, EnablePropagateAdditionalUserContextData: false, ...times },
  AuthenticationResult: { NewDeviceMetadata: { DeviceKey: 'us-east-1_0a', DeviceGroupKey: '-0a' } },
};

/** A fixed sequence that looks like chance. */
let chance = 1;
const shuffled = (list: readonly unknown[]): unknown[] =>
  list
    .map((item) => [(chance = (chance * 48_271) % 2_147_483_647), item] as const)
    .sort(([one], [other]) => one - other)
    .map(([, item]) => item);

/** What an answer has more, less, or in another order. */
export const members: Variations = {
  'members-that-nobody-knows': {
    about:
      'Objects are open, and clients ignore members that they do not know: services grow (specs/README.md, Patterns). An answer with nothing to say stays empty.',
    ...inBody((body) =>
      Object.keys(body).length === 0
        ? body
        : throughout(body, (part) => (isMembers(part) ? { ...stranger, ...part } : part)),
    ),
    shows: ({ text }) => text.includes('"Stranger"'),
  },
  'every-optional-member': {
    about: 'The service model has these members, and no case says that they are absent (specs/shapes).',
    ...inBody((body, operation, { status }) => {
      const inside = Object.entries(body).map(([name, value]): [string, unknown] => [
        name,
        isMembers(value) ? { ...optional[name], ...value } : value,
      ]);
      return status === 200 ? { ...optional[operation], ...Object.fromEntries(inside) } : body;
    }),
    shows: ({ text }) => /"MFAOptions"|"UserPoolTier"|"NewDeviceMetadata"|"AuthSessionValidity"/.test(text),
  },
  'creations-show-ids-alone': {
    about:
      'No member of what a creation answers is required; what is made is read back by describing it (specs/shapes).',
    ...inBody((body, operation) => {
      if (operation === 'CreateUserPool' && isMembers(body['UserPool']))
        return { UserPool: { Id: body['UserPool']['Id'] } };
      if (operation === 'CreateUserPoolClient' && isMembers(body['UserPoolClient']))
        return { UserPoolClient: { ClientId: body['UserPoolClient']['ClientId'] } };
      return body;
    }),
    shows: ({ text }) => /\{"UserPool(Client)?":\{"(Client)?Id":"[^"]+"\}\}/.test(text),
    rare: true,
  },
  'lists-in-another-order-each-time': {
    about: 'Attributes come in no fixed order: two answers may differ in it (getuser-lists-attributes).',
    ...inBody((body) => throughout(body, (part) => (Array.isArray(part) ? shuffled(part) : part))),
    shows: ({ text }) => /"SchemaAttributes":\[\{"Name":"(?!sub)/.test(text),
    rare: true,
  },
  'reasons-in-reverse': {
    about:
      'Where a refusal has several reasons, their order is not that of the request (unknown-attributes-in-one-message).',
    ...inBody((body) => {
      const { message } = body;
      const [, lead = '', lines = ''] = /^((?:[^\n]*: )??)((?:[\w:.-]+: [^\n]+\n)+)$/.exec(String(message)) ?? [];
      if (lines === '') return body;
      return { ...body, message: `${lead}${lines.trimEnd().split('\n').reverse().join('\n')}\n` };
    }),
    shows: ({ text }) => /"message":"[^"]*custom:profile_date: [^"]*custom:address: /.test(text),
    rare: true,
  },
  'text-under-both-names': {
    about:
      'A refusal has its text in message or in Message, and clients read either (serialization-errors-spell-message).',
    ...inBody((body) => {
      const text = body['message'] ?? body['Message'];
      return text === undefined ? body : { ...body, message: text, Message: text };
    }),
    shows: ({ text }) => /"message":.*"Message":/.test(text),
    rare: true,
  },
  'nothing-in-place-of-an-empty-object': {
    about: 'An operation whose output has no members answers an empty object, or nothing (output-without-members).',
    reply: (reply, { headers }) => {
      const hasMembers = headers['x-amz-target']?.endsWith('.UpdateUserAttributes');
      return reply.body.toString() === '{}' && !hasMembers ? { ...reply, body: Buffer.alloc(0) } : reply;
    },
    shows: ({ text }) => /^HTTP\/1\.1 200 OK\r\ncontent-type[^]*content-length: 0\r\n/.test(text),
    rare: true,
  },
};
