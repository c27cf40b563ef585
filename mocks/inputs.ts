import { boolean, integer, list, map, oneOf, required, structure, text, type Value } from './shape.ts';

const words = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}]+`;
const title = String.raw`[\w\s+=,.@-]+`;
const opaque = '[A-Za-z0-9-_=.]+';
const contacts = ['phone_number', 'email'];
const flows = [
  'USER_SRP_AUTH',
  'REFRESH_TOKEN_AUTH',
  'REFRESH_TOKEN',
  'CUSTOM_AUTH',
  'ADMIN_NO_SRP_AUTH',
  'USER_PASSWORD_AUTH',
  'ADMIN_USER_PASSWORD_AUTH',
  'USER_AUTH',
];

const challenges = [
  'ADMIN_NO_SRP_AUTH',
  'CUSTOM_CHALLENGE',
  'DEVICE_PASSWORD_VERIFIER',
  'DEVICE_SRP_AUTH',
  'EMAIL_OTP',
  'MFA_SETUP',
  'NEW_PASSWORD_REQUIRED',
  'PASSWORD',
  'PASSWORD_SRP',
  'PASSWORD_VERIFIER',
  'SELECT_CHALLENGE',
  'SELECT_MFA_TYPE',
  'SMS_MFA',
  'SMS_OTP',
  'SOFTWARE_TOKEN_MFA',
  'WEB_AUTHN',
];

const accessToken = required(text({ pattern: opaque, sensitive: true }));
const userPoolId = required(text({ min: 1, max: 55, pattern: String.raw`[\w-]+_[0-9a-zA-Z]+` }));
const clientId = required(text({ min: 1, max: 128, pattern: String.raw`[\w+]+`, sensitive: true }));
const username = required(text({ min: 1, max: 128, pattern: words, sensitive: true }));
const password = text({ max: 256, pattern: String.raw`[\S]+`, sensitive: true });
const attributeName = required(text({ min: 1, max: 32, pattern: words }));
const attributeNames = list(attributeName);
const attributes = list(structure({ Name: attributeName, Value: text({ max: 2048, sensitive: true }) }));
const functionArn = text({
  min: 20,
  max: 2048,
  pattern: String.raw`arn:[\w+=/,.@-]+:[\w+=/,.@-]+:([\w+=/,.@-]*)?:[0-9]+:[\w+=/,.@-]+(:[\w+=/,.@-]+)?(:[\w+=/,.@-]+)?`,
});
const validityUnit = oneOf('seconds', 'minutes', 'hours', 'days');
const attribute = structure({
  Name: required(text({ min: 1, max: 20, pattern: words })),
  AttributeDataType: oneOf('String', 'Number', 'DateTime', 'Boolean'),
  DeveloperOnlyAttribute: boolean,
  Mutable: boolean,
  Required: boolean,
  StringAttributeConstraints: structure({ MinLength: text(), MaxLength: text() }),
  NumberAttributeConstraints: structure({ MinValue: text(), MaxValue: text() }),
});

const ofUser = { UserPoolId: userPoolId, Username: username };
const signIn = { AuthFlow: required(oneOf(...flows)), AuthParameters: map, ClientMetadata: map, ClientId: clientId };

/** The members of each operation's input that the mock reads; any other is ignored, as Cognito ignores unknown ones. */
export const inputs = {
  AddCustomAttributes: structure({
    UserPoolId: userPoolId,
    CustomAttributes: required(list(attribute, { min: 1, max: 25 })),
  }),
  AdminCreateUser: structure({
    ...ofUser,
    UserAttributes: attributes,
    TemporaryPassword: password,
    ForceAliasCreation: boolean,
    MessageAction: oneOf('SUPPRESS'),
    DesiredDeliveryMediums: list(oneOf('SMS', 'EMAIL')),
    ClientMetadata: map,
  }),
  AdminDeleteUser: structure(ofUser),
  AdminDeleteUserAttributes: structure({ ...ofUser, UserAttributeNames: required(attributeNames) }),
  AdminDisableUser: structure(ofUser),
  AdminEnableUser: structure(ofUser),
  AdminGetUser: structure(ofUser),
  AdminInitiateAuth: structure({ UserPoolId: userPoolId, ...signIn }),
  AdminResetUserPassword: structure({ ...ofUser, ClientMetadata: map }),
  AdminSetUserPassword: structure({ ...ofUser, Password: required(password), Permanent: boolean }),
  AdminUpdateUserAttributes: structure({ ...ofUser, UserAttributes: required(attributes), ClientMetadata: map }),
  AdminUserGlobalSignOut: structure(ofUser),
  CreateUserPool: structure({
    PoolName: required(text({ min: 1, max: 128, pattern: title })),
    Schema: list(attribute, { min: 1, max: 50 }),
    AutoVerifiedAttributes: list(oneOf(...contacts)),
    AliasAttributes: list(oneOf(...contacts, 'preferred_username')),
    UsernameAttributes: list(oneOf(...contacts)),
    UsernameConfiguration: structure({ CaseSensitive: required(boolean) }),
    UserAttributeUpdateSettings: structure({ AttributesRequireVerificationBeforeUpdate: list(oneOf(...contacts)) }),
    LambdaConfig: structure({
      CustomMessage: functionArn,
      PreTokenGeneration: functionArn,
      PreTokenGenerationConfig: structure({
        LambdaVersion: required(oneOf('V1_0', 'V2_0', 'V3_0')),
        LambdaArn: required(functionArn),
      }),
    }),
    SmsConfiguration: structure({ SnsCallerArn: required(text({ min: 20, max: 2048 })), ExternalId: text() }),
  }),
  CreateUserPoolClient: structure({
    UserPoolId: userPoolId,
    ClientName: required(text({ min: 1, max: 128, pattern: title })),
    ExplicitAuthFlows: list(text()),
    ReadAttributes: list(text({ min: 1, max: 2048 })),
    WriteAttributes: list(text({ min: 1, max: 2048 })),
    AccessTokenValidity: integer,
    IdTokenValidity: integer,
    RefreshTokenValidity: integer,
    TokenValidityUnits: structure({
      AccessToken: validityUnit,
      IdToken: validityUnit,
      RefreshToken: validityUnit,
    }),
    PreventUserExistenceErrors: oneOf('LEGACY', 'ENABLED'),
    EnableTokenRevocation: boolean,
  }),
  DeleteUserAttributes: structure({ UserAttributeNames: required(attributeNames), AccessToken: accessToken }),
  DeleteUserPool: structure({ UserPoolId: userPoolId }),
  DeleteUserPoolClient: structure({ UserPoolId: userPoolId, ClientId: clientId }),
  DescribeUserPool: structure({ UserPoolId: userPoolId }),
  DescribeUserPoolClient: structure({ UserPoolId: userPoolId, ClientId: clientId }),
  GetTokensFromRefreshToken: structure({
    RefreshToken: required(text({ pattern: opaque, sensitive: true })),
    ClientId: clientId,
    ClientMetadata: map,
  }),
  GetUser: structure({ AccessToken: accessToken }),
  GetUserAttributeVerificationCode: structure({
    AccessToken: accessToken,
    AttributeName: attributeName,
    ClientMetadata: map,
  }),
  GlobalSignOut: structure({ AccessToken: accessToken }),
  InitiateAuth: structure(signIn),
  RespondToAuthChallenge: structure({
    ClientId: clientId,
    ChallengeName: required(oneOf(...challenges)),
    Session: text({ min: 20, max: 2048, sensitive: true }),
    ChallengeResponses: map,
    ClientMetadata: map,
  }),
  RevokeToken: structure({ Token: required(text({ pattern: opaque, sensitive: true })), ClientId: clientId }),
  UpdateUserAttributes: structure({
    UserAttributes: required(attributes),
    AccessToken: accessToken,
    ClientMetadata: map,
  }),
  VerifyUserAttribute: structure({
    AccessToken: accessToken,
    AttributeName: attributeName,
    Code: required(text({ min: 1, max: 2048, pattern: String.raw`[\S]+` })),
  }),
};

export type OperationName = keyof typeof inputs;
export type Input<Name extends OperationName> = Value<(typeof inputs)[Name]>;
