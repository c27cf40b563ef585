import type { Input, OperationName } from './inputs.ts';
import { AddCustomAttributes } from './operations/AddCustomAttributes.ts';
import { AdminCreateUser } from './operations/AdminCreateUser.ts';
import { AdminDeleteUser } from './operations/AdminDeleteUser.ts';
import { AdminDeleteUserAttributes } from './operations/AdminDeleteUserAttributes.ts';
import { AdminDisableUser } from './operations/AdminDisableUser.ts';
import { AdminEnableUser } from './operations/AdminEnableUser.ts';
import { AdminGetUser } from './operations/AdminGetUser.ts';
import { AdminInitiateAuth } from './operations/AdminInitiateAuth.ts';
import { AdminResetUserPassword } from './operations/AdminResetUserPassword.ts';
import { AdminSetUserPassword } from './operations/AdminSetUserPassword.ts';
import { AdminUpdateUserAttributes } from './operations/AdminUpdateUserAttributes.ts';
import { AdminUserGlobalSignOut } from './operations/AdminUserGlobalSignOut.ts';
import { CreateUserPool } from './operations/CreateUserPool.ts';
import { CreateUserPoolClient } from './operations/CreateUserPoolClient.ts';
import { DeleteUserAttributes } from './operations/DeleteUserAttributes.ts';
import { DeleteUserPool } from './operations/DeleteUserPool.ts';
import { DeleteUserPoolClient } from './operations/DeleteUserPoolClient.ts';
import { DescribeUserPool } from './operations/DescribeUserPool.ts';
import { DescribeUserPoolClient } from './operations/DescribeUserPoolClient.ts';
import { GetTokensFromRefreshToken } from './operations/GetTokensFromRefreshToken.ts';
import { GetUser } from './operations/GetUser.ts';
import { GetUserAttributeVerificationCode } from './operations/GetUserAttributeVerificationCode.ts';
import { GlobalSignOut } from './operations/GlobalSignOut.ts';
import { InitiateAuth } from './operations/InitiateAuth.ts';
import { RespondToAuthChallenge } from './operations/RespondToAuthChallenge.ts';
import { RevokeToken } from './operations/RevokeToken.ts';
import { UpdateUserAttributes } from './operations/UpdateUserAttributes.ts';
import { VerifyUserAttribute } from './operations/VerifyUserAttribute.ts';
import type { State } from './state.ts';

type Operations = { [Name in OperationName]: (input: Input<Name>, state: State) => unknown };

/** What the mock can do. An operation that is not here is unknown to it. */
export const operations: Operations = {
  AddCustomAttributes,
  AdminCreateUser,
  AdminDeleteUser,
  AdminDeleteUserAttributes,
  AdminDisableUser,
  AdminEnableUser,
  AdminGetUser,
  AdminInitiateAuth,
  AdminResetUserPassword,
  AdminSetUserPassword,
  AdminUpdateUserAttributes,
  AdminUserGlobalSignOut,
  CreateUserPool,
  CreateUserPoolClient,
  DeleteUserAttributes,
  DeleteUserPool,
  DeleteUserPoolClient,
  DescribeUserPool,
  DescribeUserPoolClient,
  GetTokensFromRefreshToken,
  GetUser,
  GetUserAttributeVerificationCode,
  GlobalSignOut,
  InitiateAuth,
  RespondToAuthChallenge,
  RevokeToken,
  UpdateUserAttributes,
  VerifyUserAttribute,
};

/** Operations for users and apps, who have no AWS credentials; a signature on them is ignored. */
export const unsigned: ReadonlySet<OperationName> = new Set<OperationName>([
  'DeleteUserAttributes',
  'GetTokensFromRefreshToken',
  'GetUser',
  'GetUserAttributeVerificationCode',
  'GlobalSignOut',
  'InitiateAuth',
  'RespondToAuthChallenge',
  'RevokeToken',
  'UpdateUserAttributes',
  'VerifyUserAttribute',
]);
