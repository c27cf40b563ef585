import { expect, test } from 'vitest';
import type { Case } from '../engine/case.ts';
import type { Target } from '../engine/target.ts';
import { error, judge, on, read, some, type Lie } from './verdicts.test-data.ts';

const unknown = error('UnknownOperationException', '');

test.each<[name: string, test: Case, lie: Lie | undefined, more: Partial<Target>, cause: string]>([
  ['a called operation', some([read]), on('GetUser', unknown), {}, 'GetUser is not implemented'],
  [
    'an operation of the fixture',
    some([read]),
    on('AdminSetUserPassword', unknown),
    {},
    'AdminSetUserPassword is not implemented',
  ],
  ['the means to make pools', some([read]), on('CreateUserPool', unknown), {}, 'CreateUserPool is not implemented'],
  [
    'a setting of the pool',
    some([read], { given: { pool: 'auto-email', user: {} } }),
    ({ operation, input }) =>
      operation === 'CreateUserPool' && 'AutoVerifiedAttributes' in input
        ? error('InvalidParameterException')
        : undefined,
    {},
    'a pool with AutoVerifiedAttributes is refused',
  ],
  [
    'the key that signs tokens',
    some([{ ...read, with: { AccessToken: { $token: 'expired' } }, expect: { error: 'NotAuthorizedException' } }]),
    undefined,
    { signingKey: undefined },
    'tokens cannot be forged: no key that signs them is known',
  ],
  [
    'any forged token',
    some([{ ...read, with: { AccessToken: { $token: 'expired' } }, expect: { error: 'NotAuthorizedException' } }]),
    on('GetUser', error('NotAuthorizedException')),
    {},
    'tokens cannot be forged: the target takes none but those it issued',
  ],
  [
    'codes',
    some(
      [
        {
          call: 'GetUserAttributeVerificationCode',
          with: { AccessToken: '${user.AccessToken}', AttributeName: 'email' },
          save: 'sent',
        },
        {
          call: 'VerifyUserAttribute',
          with: { AccessToken: '${user.AccessToken}', AttributeName: 'email', Code: { $code: 'sent' } },
          expect: { body: {} },
        },
      ],
      { given: { pool: 'auto-email', user: { email: 'a-${unique}@example.com' } } },
    ),
    undefined,
    { latestCode: undefined },
    'codes cannot be read',
  ],
  [
    'functions that behave so',
    some([{ ...read, events: [] }], {
      given: { pool: 'custom-message', user: {}, triggers: { CustomMessage: { throws: 'no' } } },
    }),
    undefined,
    {
      functions: {
        cannot: (triggers) => `no ${JSON.stringify(triggers)}`,
        define: async () => {},
        forget: async () => {},
        events: async () => [],
      },
    },
    'triggers cannot behave as the case asks: no {"CustomMessage":{"throws":"no"}}',
  ],
])('a target that lacks %s is skipped', async (_, given, lie, more, cause) => {
  const result = await judge(given, lie, more);
  expect([result.verdict, result.cause, result.steps]).toEqual(['skip', cause, []]);
});
