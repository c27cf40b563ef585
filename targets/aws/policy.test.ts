import { expect, test } from 'vitest';
import type { FixedPart } from './fixed-parts.ts';
import { policyFor } from './policy.ts';

const operations = [
  { name: 'CreateUserPool', takesPool: false },
  { name: 'DeleteUserPool', takesPool: true },
  { name: 'AdminGetUser', takesPool: true },
];

test('a run without the fixed parts needs pools', () => {
  expect(policyFor({ operations, fixedParts: [] }).Statement).toEqual([
    {
      Sid: 'MakeAndList',
      Effect: 'Allow',
      Action: ['cognito-idp:CreateUserPool', 'cognito-idp:ListUserPools', 'cognito-idp:TagResource'],
      Resource: '*',
    },
    {
      Sid: 'Pools',
      Effect: 'Allow',
      Action: ['cognito-idp:AdminGetUser', 'cognito-idp:DeleteUserPool', 'cognito-idp:DescribeUserPool'],
      Resource: 'arn:aws:cognito-idp:REGION:ACCOUNT:userpool/*',
    },
  ]);
});

test.each<[FixedPart, string[]]>([
  ['codes', ['sqs:DeleteMessage', 'sqs:ReceiveMessage', 'kms:Decrypt', 'kms:CreateGrant']],
  ['messages', ['sqs:DeleteMessage', 'sqs:ReceiveMessage', 'kms:CreateGrant']],
  ['deliveries', ['kms:CreateGrant']],
  ['triggers', ['sqs:DeleteMessage', 'sqs:ReceiveMessage', 'kms:CreateGrant']],
  ['sms', ['kms:CreateGrant', 'iam:PassRole']],
  ['tokens-without-scope', ['kms:CreateGrant']],
])('%s need what they use of the stack', (part, actions) => {
  const { Statement } = policyFor({ operations, fixedParts: [part] });
  expect(Statement.slice(2).flatMap(({ Action }) => Action)).toEqual(['cloudformation:DescribeStacks', ...actions]);
});

test('the role is passed to Cognito alone', () => {
  const { Statement } = policyFor({ operations, fixedParts: ['sms'] });
  expect(Statement.at(-1)).toEqual({
    Sid: 'LendSmsRole',
    Effect: 'Allow',
    Action: ['iam:PassRole'],
    Resource: 'arn:aws:iam::ACCOUNT:role/cognito-conformance*',
    Condition: { StringEquals: { 'iam:PassedToService': 'cognito-idp.amazonaws.com' } },
  });
});
