import { AuthenticationDetails, CognitoUser, CognitoUserPool } from 'amazon-cognito-identity-js';
import { createMock } from 'cognito-conformance/mocks';
import { handlers } from 'cognito-conformance/mocks/handlers';
import { setupWorker } from 'msw/browser';

const mock = createMock({
  latency: 50,
  pools: [
    {
      PoolName: 'app',
      Id: 'us-east-1_app',
      clients: [{ ClientName: 'web', ClientId: 'web' }],
      users: [{ Username: 'ada', Password: 'Correct-horse-1', UserAttributes: { nickname: 'countess' } }],
    },
  ],
});
await setupWorker(...handlers(mock)).start();

// From here on it is your application, which talks to Cognito as it always does.
const Pool = new CognitoUserPool({ UserPoolId: 'us-east-1_app', ClientId: 'web' });
const user = new CognitoUser({ Username: 'ada', Pool });
user.authenticateUser(new AuthenticationDetails({ Username: 'ada', Password: 'Correct-horse-1' }), {
  onSuccess: (session) => {
    document.title = `signed in as ${session.getIdToken().payload.nickname}`;
  },
  onFailure: (error) => {
    document.title = `${error.name}: ${error.message}`;
  },
});
