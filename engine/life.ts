import type { JsonObject } from './case.ts';
import { isObject } from './answer.ts';

/** What later calls of the life need of earlier answers. */
export interface Known {
  id: string;
  Username: string;
  Password: string;
  client: JsonObject;
  UserPoolId: string;
  ClientId: string;
  AccessToken: string;
  RefreshToken: string;
}

type Input = (known: Known) => JsonObject;

const ofPool: Input = ({ UserPoolId }) => ({ UserPoolId });
const ofClient: Input = ({ UserPoolId, ClientId }) => ({ UserPoolId, ClientId });
const ofUser: Input = ({ UserPoolId, Username }) => ({ UserPoolId, Username });
const ofToken: Input = ({ AccessToken }) => ({ AccessToken });
const nickname = [{ Name: 'nickname', Value: 'conformance' }];

/** A pool, a client and a user from making to deleting: each operation where it has what it needs to succeed. */
export const LIFE: readonly (readonly [operation: string, input: Input])[] = [
  ['CreateUserPool', ({ id }) => ({ PoolName: id })],
  ['DescribeUserPool', ofPool],
  ['CreateUserPoolClient', ({ UserPoolId, id, client }) => ({ UserPoolId, ClientName: id, ...client })],
  ['DescribeUserPoolClient', ofClient],
  [
    'AddCustomAttributes',
    ({ UserPoolId }) => ({ UserPoolId, CustomAttributes: [{ Name: 'probe', AttributeDataType: 'String' }] }),
  ],
  [
    'AdminCreateUser',
    (known) => ({
      ...ofUser(known),
      MessageAction: 'SUPPRESS',
      UserAttributes: [
        { Name: 'email', Value: addressOf(known) },
        { Name: 'email_verified', Value: 'true' },
      ],
    }),
  ],
  ['AdminSetUserPassword', (known) => ({ ...ofUser(known), Password: known.Password, Permanent: true })],
  ['AdminGetUser', ofUser],
  ['AdminInitiateAuth', (known) => ({ ...ofClient(known), ...signIn(known), AuthFlow: 'ADMIN_USER_PASSWORD_AUTH' })],
  ['InitiateAuth', (known) => ({ ClientId: known.ClientId, ...signIn(known), AuthFlow: 'USER_PASSWORD_AUTH' })],
  ['GetUser', ofToken],
  ['UpdateUserAttributes', (known) => ({ ...ofToken(known), UserAttributes: nickname })],
  ['DeleteUserAttributes', (known) => ({ ...ofToken(known), UserAttributeNames: ['nickname'] })],
  ['AdminUpdateUserAttributes', (known) => ({ ...ofUser(known), UserAttributes: nickname })],
  ['AdminDeleteUserAttributes', (known) => ({ ...ofUser(known), UserAttributeNames: ['nickname'] })],
  ['GetUserAttributeVerificationCode', (known) => ({ ...ofToken(known), AttributeName: 'email' })],
  // Refused, rightly: this is nobody's code.
  ['VerifyUserAttribute', (known) => ({ ...ofToken(known), AttributeName: 'email', Code: '860417' })],
  ['GlobalSignOut', ofToken],
  ['RevokeToken', ({ RefreshToken, ClientId }) => ({ Token: RefreshToken, ClientId })],
  ['AdminUserGlobalSignOut', ofUser],
  ['AdminResetUserPassword', ofUser],
  ['AdminDisableUser', ofUser],
  ['AdminEnableUser', ofUser],
  ['AdminDeleteUser', ofUser],
  ['DeleteUserPoolClient', ofClient],
  ['DeleteUserPool', ofPool],
];

/** Takes over what an answer gives of what later calls need. */
export function learn(known: Known, body: unknown): void {
  if (!isObject(body)) return;
  const { UserPool, UserPoolClient, User, AuthenticationResult } = body;
  const given = {
    UserPoolId: memberOf(UserPool, 'Id'),
    ClientId: memberOf(UserPoolClient, 'ClientId'),
    Username: memberOf(User, 'Username'),
    AccessToken: memberOf(AuthenticationResult, 'AccessToken'),
    RefreshToken: memberOf(AuthenticationResult, 'RefreshToken'),
  };
  for (const [name, value] of Object.entries(given)) if (value !== undefined) Object.assign(known, { [name]: value });
}

export function addressOf({ id }: Pick<Known, 'id'>): string {
  return `${id}@example.com`;
}

function signIn({ Username, Password }: Known): JsonObject {
  return { AuthParameters: { USERNAME: Username, PASSWORD: Password } };
}

function memberOf(value: unknown, member: string): string | undefined {
  const found = isObject(value) ? value[member] : undefined;
  return typeof found === 'string' ? found : undefined;
}
