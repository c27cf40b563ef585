import { expect, test } from 'vitest';
import { faults } from '../mocks/faults.ts';
import { difference, missing, type Shown } from './reproduction.ts';

/** Cases of different sorts, each with a way to be wrong that the case finds, and what its script then shows. */
const SAMPLES: readonly [id: string, fault: string, shown: Shown][] = [
  [
    'cors/preflight-status',
    'preflight-answers-204',
    { right: ['HTTP/1.1 200 OK'], wrong: ['HTTP/1.1 204 No Content'] },
  ],
  [
    'AdminUpdateUserAttributes/immutable-email',
    'lets-administrators-write-immutable-attributes',
    {
      right: [
        'HTTP/1.1 400 Bad Request',
        refusal('InvalidParameterException', 'user.email: Attribute cannot be updated.\n'),
        'email\told-UNIQUE@example.com',
      ],
      wrong: ['email\tnew-UNIQUE@example.com', 'HTTP/1.1 200 OK', '{}'],
    },
  ],
  [
    'UpdateUserAttributes/custom-prefix-required',
    'stores-what-no-schema-has',
    {
      right: [
        'HTTP/1.1 400 Bad Request',
        refusal('InvalidParameterException', 'user.team: Attribute does not exist in the schema.\n'),
      ],
      wrong: ['team\tblue', 'HTTP/1.1 200 OK', '{}'],
    },
  ],
  [
    'UpdateUserAttributes/own-verified-flag/email',
    'users-verify-themselves',
    {
      right: [
        'HTTP/1.1 400 Bad Request',
        refusal('NotAuthorizedException', 'A client attempted to write unauthorized attribute'),
        'email_verified\tfalse',
      ],
      wrong: ['email_verified\ttrue', 'HTTP/1.1 200 OK', '{}'],
    },
  ],
  ['UpdateUserAttributes/blank-deletes-standard-attribute', 'stores-blank-value', { right: [], wrong: ['nickname\t'] }],
  [
    'UpdateUserAttributes/value-of-2049-characters',
    'takes-values-of-2049-characters',
    {
      right: [
        'HTTP/1.1 400 Bad Request',
        refusal(
          'InvalidParameterException',
          "1 validation error detected: Value at 'userAttributes.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 2048",
        ),
        'nickname\tbefore',
      ],
      wrong: ['nickname\tx…', 'HTTP/1.1 200 OK', '{}'],
    },
  ],
  [
    'VerifyUserAttribute/new-email',
    'refuses-the-right-code',
    {
      right: ['HTTP/1.1 200 OK', '{}', 'email_verified\ttrue'],
      wrong: [
        'HTTP/1.1 400 Bad Request',
        refusal('CodeMismatchException', 'Invalid verification code provided, please try again.'),
        'email_verified\tfalse',
      ],
    },
  ],
  [
    'UpdateUserAttributes/token-without-scope',
    'never-checks-scope',
    {
      right: [
        'HTTP/1.1 400 Bad Request',
        refusal('NotAuthorizedException', 'Access Token does not have required scopes'),
        'nickname\tbefore',
      ],
      wrong: ['nickname\tafter', 'HTTP/1.1 200 OK', '{}'],
    },
  ],
  [
    'UpdateUserAttributes/tampered-token',
    'never-verifies-signature',
    {
      right: [
        'HTTP/1.1 400 Bad Request',
        refusal('NotAuthorizedException', 'Could not verify signature for Access Token'),
        'nickname\tbefore',
      ],
      wrong: ['nickname\tafter', 'HTTP/1.1 200 OK', '{}'],
    },
  ],
  [
    'UpdateUserAttributes/token-of-a-disabled-user',
    'disabling-ends-no-session',
    {
      right: [
        'HTTP/1.1 400 Bad Request',
        refusal('NotAuthorizedException', 'Access Token has been revoked'),
        'nickname\tenabled',
      ],
      wrong: ['nickname\tdisabled', 'HTTP/1.1 200 OK', '{}'],
    },
  ],
  [
    'UpdateUserAttributes/taken-email-as-username/verified-holder',
    'lets-a-username-be-taken',
    {
      right: [
        'HTTP/1.1 400 Bad Request',
        refusal('AliasExistsException', 'An account with the given email already exists.'),
        'email\tmine-UNIQUE@example.com',
      ],
      wrong: [
        '{"CodeDeliveryDetailsList":[{"Destination":"t***@e***","DeliveryMedium":"EMAIL","AttributeName":"email"}]}',
        'email_verified\tfalse',
        'email\ttaken-UNIQUE@example.com',
        'HTTP/1.1 200 OK',
      ],
    },
  ],
  [
    'wire/other-content-type/text',
    'takes-plain-text',
    { right: ['HTTP/1.1 404 Not Found', 'nickname\tbefore'], wrong: ['nickname\tafter', 'HTTP/1.1 200 OK', '{}'] },
  ],
];

if (missing.length > 0) {
  console.log(
    `no ${missing.join(', ')}: no script is run; the AWS CLI comes with .venv/bin/pip install awscli==1.46.3`,
  );
}

test.skipIf(missing.length > 0).each(SAMPLES)('the script of %s shows %s', async (id, name, shown) => {
  const fault = faults[name];
  if (!fault) throw new Error(`no fault "${name}"`);
  expect(await difference(id, fault)).toEqual(shown);
});

function refusal(type: string, message: string): string {
  return JSON.stringify({ __type: type, message });
}
