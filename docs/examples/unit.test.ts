import {
  CognitoIdentityProviderClient,
  GetUserCommand,
  InitiateAuthCommand,
  UpdateUserAttributesCommand,
  VerifyUserAttributeCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { createMock } from 'cognito-conformance/mocks';
import { handlers } from 'cognito-conformance/mocks/handlers';
import { setupServer } from 'msw/node';
import { afterAll, beforeAll, expect, test } from 'vitest';

const mock = createMock({
  pools: [
    {
      PoolName: 'app',
      Id: 'us-east-1_app',
      AutoVerifiedAttributes: ['email'],
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      clients: [{ ClientName: 'web', ClientId: 'web', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }],
      users: [
        {
          Username: 'ada',
          Password: 'Correct-horse-1',
          UserAttributes: { email: 'ada@example.com', email_verified: 'true' },
        },
      ],
    },
  ],
});
const server = setupServer(...handlers(mock));
beforeAll(() => server.listen());
afterAll(() => server.close());

const cognito = new CognitoIdentityProviderClient({ region: 'us-east-1' });

async function signIn(): Promise<string | undefined> {
  const { AuthenticationResult } = await cognito.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'web',
      AuthParameters: { USERNAME: 'ada', PASSWORD: 'Correct-horse-1' },
    }),
  );
  return AuthenticationResult?.AccessToken;
}

async function email(AccessToken: string | undefined): Promise<string | undefined> {
  const { UserAttributes } = await cognito.send(new GetUserCommand({ AccessToken }));
  return UserAttributes?.find(({ Name }) => Name === 'email')?.Value;
}

test('a new address is stored when its code comes back', async () => {
  const AccessToken = await signIn();
  const UserAttributes = [{ Name: 'email', Value: 'new@example.com' }];
  await cognito.send(new UpdateUserAttributesCommand({ AccessToken, UserAttributes }));
  expect(await email(AccessToken)).toBe('ada@example.com');

  const sent = mock.messages.at(-1);
  expect(sent).toMatchObject({ to: 'new@example.com', medium: 'EMAIL' });
  await cognito.send(new VerifyUserAttributeCommand({ AccessToken, AttributeName: 'email', Code: sent?.code }));
  expect(await email(AccessToken)).toBe('new@example.com');
});

test('an access token ends after an hour', async () => {
  const AccessToken = await signIn();
  mock.clock.advance(60 * 60_000);
  await expect(email(AccessToken)).rejects.toMatchObject({
    name: 'NotAuthorizedException',
    message: 'Access Token has expired',
  });
});
