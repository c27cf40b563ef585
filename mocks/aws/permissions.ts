/** An action, and what it is done to. */
export interface Permission {
  action: string;
  resource: string;
}

/** What a signed call needs to be allowed. */
export function permissionsFor(
  operation: string,
  input: Readonly<Record<string, unknown>>,
  account: Account,
): Permission[] {
  return [
    { action: `cognito-idp:${operation}`, resource: resourceOf(operation, input, account) },
    ...(operation === 'CreateUserPool' ? lent(input) : []),
  ];
}

export interface Account {
  region: string;
  account: string;
}

export const arnOf = (poolId: string, { region, account }: Account) =>
  `arn:aws:cognito-idp:${region}:${account}:userpool/${poolId}`;

/** Only what works on one pool can be allowed for some pools: AWS's "Service Authorization Reference". */
function resourceOf(operation: string, { UserPoolId }: Readonly<Record<string, unknown>>, account: Account): string {
  return ofNoPool.has(operation) ? '*' : arnOf(String(UserPoolId), account);
}

const ofNoPool: ReadonlySet<string> = new Set(['CreateUserPool', 'ListUserPools']);

/**
 * What a new pool is given needs permissions of its own. For tags as in
 * github.com/aws-samples/aws-saas-factory-bootcamp/issues/58; a role has to be passed to every service. Not confirmed: that
 * the caller, not Cognito alone, has to be allowed to grant the use of the key.
 */
function lent(input: Readonly<Record<string, unknown>>): Permission[] {
  const {
    UserPoolTags = {},
    SmsConfiguration,
    LambdaConfig,
  } = input as {
    UserPoolTags?: object | null;
    SmsConfiguration?: { SnsCallerArn?: string } | null;
    LambdaConfig?: { KMSKeyID?: string } | null;
  };
  const tagged = Object.keys(UserPoolTags ?? {}).length > 0;
  const [role, key] = [SmsConfiguration?.SnsCallerArn, LambdaConfig?.KMSKeyID];
  return [
    ...(tagged ? [{ action: 'cognito-idp:TagResource', resource: '*' }] : []),
    ...(role === undefined ? [] : [{ action: 'iam:PassRole', resource: role }]),
    ...(key === undefined ? [] : [{ action: 'kms:CreateGrant', resource: key }]),
  ];
}
