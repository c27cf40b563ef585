import { expect, test } from 'vitest';
import { whyEnded, whyUnreadable } from './endings.ts';

const POOL = 'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_a';
const denied = (action: string, resource: string): string =>
  `User: arn:aws:iam::123456789012:user/a is not authorized to perform: ${action} on resource: ${resource} because no identity-based policy allows the ${action} action`;
const ends = (operation: string, error: string, message?: string): string | undefined =>
  whyEnded(operation, { error, message });

test.each([
  [
    ends('AdminGetUser', 'ExpiredTokenException'),
    'the credentials have expired (at AdminGetUser): get new ones that last longer than the run',
  ],
  [
    ends('AdminGetUser', 'UnrecognizedClientException', 'No.'),
    'the credentials are not accepted any more (UnrecognizedClientException at AdminGetUser: No.)',
  ],
  [
    ends('AdminGetUser', 'AccessDeniedException', denied('cognito-idp:AdminGetUser', POOL)),
    `a permission is missing: cognito-idp:AdminGetUser on ${POOL}; npx cognito-conformance aws plan prints the whole policy`,
  ],
  [
    ends('CreateUserPool', 'AccessDeniedException', denied('iam:PassRole', 'arn:aws:iam::123456789012:role/sms')),
    'a permission is missing: iam:PassRole on arn:aws:iam::123456789012:role/sms, which CreateUserPool takes here; npx cognito-conformance aws plan prints the whole policy',
  ],
  [
    ends('CreateUserPool', 'LimitExceededException'),
    'there is no room for another pool (LimitExceededException of CreateUserPool): delete pools of this account and region that nobody needs, or ask for a higher quota',
  ],
])('what no later case can do either ends a run: %#', (why, line) => {
  expect(why).toBe(line);
});

test.each([
  ['the answer to a case', ends('AdminGetUser', 'UserNotFoundException', 'User does not exist.')],
  ['a limit of a user', ends('GetUserAttributeVerificationCode', 'LimitExceededException', 'Attempt limit exceeded')],
  ['what a function was refused', ends('AdminUpdateUserAttributes', 'AccessDeniedException', 'AccessDenied')],
])('%s ends none', (_, why) => {
  expect(why).toBe(undefined);
});

test('a queue or a key that may not be read ends a run, and one that cannot be read now does not', () => {
  const reading = (cause: string) =>
    whyUnreadable(new Error(`the queue q cannot be read (sqs:ReceiveMessage): ${cause}`));
  expect(reading('AccessDenied: no')).toBe(
    'the queue q cannot be read (sqs:ReceiveMessage): AccessDenied: no; npx cognito-conformance aws plan prints the whole policy',
  );
  expect(reading('ExpiredToken: old')).toBe(
    'the credentials have expired: the queue q cannot be read (sqs:ReceiveMessage): ExpiredToken: old',
  );
  expect(reading('TimeoutError: later')).toBe(undefined);
});
