import { invalidParameter, notAuthorized, userNotFound } from './errors.ts';
import type { Client, State, User } from './state.ts';
import { createGrant, issueTokens } from './tokens.ts';
import { assertPasswordNotReset, fold, searchUser } from './users.ts';

type Parameters = Readonly<Record<string, string>>;

/** The two ways of signing in differ in the flows that take a password; the first of those is what a client enables. */
export function signIn(
  state: State,
  client: Client,
  { AuthFlow, AuthParameters = {} }: { AuthFlow: string; AuthParameters?: Parameters | undefined },
  passwordFlows: readonly [string, ...string[]],
) {
  if (passwordFlows.includes(AuthFlow)) {
    assertFlow(client, passwordFlows[0]);
    return passwordAuth(state, client, AuthParameters);
  }
  if (['REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN'].includes(AuthFlow)) {
    assertFlow(client, 'REFRESH_TOKEN_AUTH');
    return refreshAuth(state, client, AuthParameters);
  }
  throw invalidParameter('Initiate Auth method not supported.');
}

async function passwordAuth(state: State, client: Client, parameters: Parameters) {
  const user = searchUser(client.pool, parameter(parameters, 'USERNAME'));
  const password = parameter(parameters, 'PASSWORD');
  if (!user && client.settings.PreventUserExistenceErrors !== 'ENABLED') {
    throw userNotFound();
  }
  if (user?.password !== password) throw notAuthorized('Incorrect username or password.');
  if (!user.enabled) throw notAuthorized('User is disabled.');
  assertPasswordNotReset(user);
  if (user.status === 'FORCE_CHANGE_PASSWORD') return newPasswordChallenge(user);
  const { grant, RefreshToken } = createGrant(state, client, user);
  return {
    ChallengeParameters: {},
    AuthenticationResult: { ...(await issueTokens(state, grant, 'Authentication')), RefreshToken },
  };
}

async function refreshAuth(state: State, client: Client, parameters: Parameters) {
  const grant = state.grants.get(parameter(parameters, 'REFRESH_TOKEN'));
  if (!grant) throw notAuthorized('Invalid Refresh Token');
  if (grant.client !== client) throw notAuthorized('Refresh Token has different Client');
  if (state.now() >= grant.expires) throw notAuthorized('Refresh Token has expired');
  if (client.pool.users.get(fold(client.pool, grant.user.username)) !== grant.user) throw userNotFound();
  if (grant.revoked) throw notAuthorized('Refresh Token has been revoked');
  assertPasswordNotReset(grant.user);
  return { ChallengeParameters: {}, AuthenticationResult: await issueTokens(state, grant, 'RefreshTokens') };
}

function assertFlow(client: Client, flow: string): void {
  const { ExplicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH'] } = client.settings;
  if (ExplicitAuthFlows.some((enabled) => enabled === flow || enabled === `ALLOW_${flow}`)) return;
  throw invalidParameter(`${flow} flow not enabled for this client`);
}

/** Ends every token family that exists now; a later sign-in starts a new one. */
export function signOut(user: User): void {
  for (const grant of user.grants) grant.revoked = true;
}

function parameter(parameters: Parameters, name: string): string {
  const value = parameters[name];
  if (!value) throw invalidParameter(`Missing required parameter ${name}`);
  return value;
}

/** The answer to a temporary password. The mock has no way on from here: set a permanent one. */
function newPasswordChallenge(user: User) {
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session: crypto.randomUUID(),
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify(Object.fromEntries(user.attributes)),
    },
  };
}
