// For PreTokenGeneration V2_0: takes the scope of the user operations from the access tokens of one client of a pool, and changes no other.
// An event tells the id of the client and not its name, and carries no ClientMetadata of a sign-in: so the name is asked for.
const {
  CognitoIdentityProviderClient,
  DescribeUserPoolClientCommand,
} = require('@aws-sdk/client-cognito-identity-provider');

const cognito = new CognitoIdentityProviderClient({});
const names = new Map();

exports.handler = async (event) => {
  if ((await nameOf(event.userPoolId, event.callerContext.clientId)) !== process.env.CLIENT_NAME) return event;
  const accessTokenGeneration = { scopesToSuppress: ['aws.cognito.signin.user.admin'] };
  return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } };
};

async function nameOf(UserPoolId, ClientId) {
  if (!names.has(ClientId)) {
    const { UserPoolClient } = await cognito.send(new DescribeUserPoolClientCommand({ UserPoolId, ClientId }));
    names.set(ClientId, UserPoolClient.ClientName);
  }
  return names.get(ClientId);
}
