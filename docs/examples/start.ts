import { createMock } from 'cognito-conformance/mocks';
import { handlers } from 'cognito-conformance/mocks/handlers';
import { setupServer } from 'msw/node';

const mock = createMock({
  pools: [
    {
      PoolName: 'app',
      Id: 'us-east-1_app',
      clients: [{ ClientName: 'web', ClientId: 'web' }],
      users: [{ Username: 'ada', Password: 'Correct-horse-1', UserAttributes: { email: 'ada@example.com' } }],
    },
  ],
});
setupServer(...handlers(mock)).listen();
// Amplify, amazon-cognito-identity-js and the AWS SDK sign ada in now; mock.messages holds the codes she was sent
