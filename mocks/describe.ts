import { describeAttribute } from './schema.ts';
import { regionOf, type Client, type Pool, type User } from './state.ts';
import { seconds } from './users.ts';

/** A pool as the API shows it. */
export function describePool({ id, settings, schema, users, created }: Pool) {
  const { PoolName, Schema: _, ...given } = settings;
  return {
    Id: id,
    Name: PoolName,
    Arn: `arn:aws:cognito-idp:${regionOf(id)}:000000000000:userpool/${id}`,
    LambdaConfig: {},
    ...given,
    SchemaAttributes: [...schema.values()].map(describeAttribute),
    MfaConfiguration: 'OFF',
    EstimatedNumberOfUsers: users.size,
    CreationDate: seconds(created),
    LastModifiedDate: seconds(created),
  };
}

export const describeClient = ({ id, settings, created }: Client) => ({
  RefreshTokenValidity: 30,
  EnableTokenRevocation: true,
  AllowedOAuthFlowsUserPoolClient: false,
  ...settings,
  ClientId: id,
  CreationDate: seconds(created),
  LastModifiedDate: seconds(created),
});

/** A user as administrators see one, besides the attributes, which differ in name between operations. */
export const describeUser = (user: User) => ({
  Username: user.username,
  UserCreateDate: seconds(user.created),
  UserLastModifiedDate: seconds(user.modified),
  Enabled: user.enabled,
  UserStatus: user.status,
});
