import type { FixedPart } from './fixed-parts.ts';

/** An IAM policy. REGION, ACCOUNT and KEY_ID stand for what only the owner of the account knows. */
export interface Policy {
  Version: '2012-10-17';
  Statement: Statement[];
}

export interface Statement {
  Sid: string;
  Effect: 'Allow';
  Action: string[];
  Resource: string;
  Condition?: { StringEquals: Record<string, string> };
}

export interface Used {
  /** Signed operations, and whether each names a pool. */
  operations: readonly { name: string; takesPool: boolean }[];
  fixedParts: readonly FixedPart[];
}

/**
 * Pools of runs before this one are found and deleted. Pools are made with their tags, before they have a name of their own:
 * as in github.com/aws-samples/aws-saas-factory-bootcamp/issues/58, which is refused on any resource.
 */
const OWN = {
  anywhere: ['ListUserPools', 'TagResource'],
  onPools: ['DeleteUserPool', 'DescribeUserPool'],
};

const POOLS = 'arn:aws:cognito-idp:REGION:ACCOUNT:userpool/*';

/**
 * The least that a run needs, for these operations and no others. What users send needs no permission, nor does
 * `sts:GetCallerIdentity`: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
 */
export function policyFor({ operations, fixedParts }: Used): Policy {
  const named = (takesPool: boolean): string[] =>
    operations.filter((operation) => operation.takesPool === takesPool).map(({ name }) => name);
  const cognito = (names: string[]): string[] => [...new Set(names)].sort().map((name) => `cognito-idp:${name}`);
  const any = (...parts: FixedPart[]): boolean => parts.some((part) => fixedParts.includes(part));
  return {
    Version: '2012-10-17',
    Statement: [
      allow('MakeAndList', cognito([...named(false), ...OWN.anywhere]), '*'),
      allow('Pools', cognito([...named(true), ...OWN.onPools]), POOLS),
      ...(fixedParts.length === 0 ? [] : fixed(any)),
    ],
  };
}

function fixed(any: (...parts: FixedPart[]) => boolean): Statement[] {
  const stack = 'arn:aws:cloudformation:REGION:ACCOUNT:stack/cognito-conformance/*';
  const queue = 'arn:aws:sqs:REGION:ACCOUNT:cognito-conformance*';
  const key = 'arn:aws:kms:REGION:ACCOUNT:key/KEY_ID';
  const role = 'arn:aws:iam::ACCOUNT:role/cognito-conformance*';
  return [
    allow('FixedParts', ['cloudformation:DescribeStacks'], stack),
    ...(any('codes', 'messages', 'triggers')
      ? [allow('WhatWasSent', ['sqs:DeleteMessage', 'sqs:ReceiveMessage'], queue)]
      : []),
    ...(any('codes') ? [allow('ReadCodes', ['kms:Decrypt'], key)] : []),
    // Where the stack is there, every pool is given the key that codes are encrypted with.
    allow('LendKey', ['kms:CreateGrant'], key),
    ...(any('sms')
      ? [
          {
            ...allow('LendSmsRole', ['iam:PassRole'], role),
            Condition: { StringEquals: { 'iam:PassedToService': 'cognito-idp.amazonaws.com' } },
          },
        ]
      : []),
  ];
}

function allow(Sid: string, Action: string[], Resource: string): Statement {
  return { Sid, Effect: 'Allow', Action, Resource };
}
