import { invalidParameter, notAuthorized, userNotFound } from './errors.ts';
import { parameter, type Parameters } from './parameters.ts';
import { challengePassword } from './password-verifier.ts';
import type { TokenSource } from './pre-token-generation.ts';
import { challengeEnd, type Client, type State, type User } from './state.ts';
import { createGrant, issueTokens } from './tokens.ts';
import { assertPasswordNotReset, fold, searchUser } from './users.ts';

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
    return refreshAuth(state, client, parameter(AuthParameters, 'REFRESH_TOKEN'));
  }
  throw invalidParameter('Initiate Auth method not supported.');
}

/** Only users sign in by SRP here: the mock has no AdminRespondToAuthChallenge. */
export function srpAuth(state: State, client: Client, parameters: Parameters = {}) {
  if (!isEnabled(client, 'USER_SRP_AUTH')) throw invalidParameter('USER_SRP_AUTH is not enabled for the client.');
  return challengePassword(state, client, parameters);
}

async function passwordAuth(state: State, client: Client, parameters: Parameters) {
  const user = searchUser(client.pool, parameter(parameters, 'USERNAME'));
  const password = parameter(parameters, 'PASSWORD');
  if (!user && client.settings.PreventUserExistenceErrors !== 'ENABLED') {
    throw userNotFound();
  }
  if (user?.password !== password) throw notAuthorized('Incorrect username or password.');
  return letIn(state, client, user);
}

/** What a user gets who has shown to know the password, however that was shown. */
export async function letIn(state: State, client: Client, user: User, source: TokenSource = 'Authentication') {
  if (!user.enabled) throw notAuthorized('User is disabled.');
  assertPasswordNotReset(user);
  if (user.status === 'FORCE_CHANGE_PASSWORD') return newPasswordChallenge(state, client, user);
  const { grant, RefreshToken } = createGrant(state, client, user);
  return {
    ChallengeParameters: {},
    AuthenticationResult: { ...(await issueTokens(state, grant, source)), RefreshToken },
  };
}

export async function refreshAuth(state: State, client: Client, refreshToken: string) {
  const grant = state.grants.get(refreshToken);
  if (!grant) throw notAuthorized('Invalid Refresh Token');
  if (grant.client !== client) throw notAuthorized('Refresh Token has different Client');
  if (state.now() >= grant.expires) throw notAuthorized('Refresh Token has expired');
  if (client.pool.users.get(fold(client.pool, grant.user.username)) !== grant.user) throw userNotFound();
  if (grant.revoked) throw notAuthorized('Refresh Token has been revoked');
  assertPasswordNotReset(grant.user);
  return { ChallengeParameters: {}, AuthenticationResult: await issueTokens(state, grant, 'RefreshTokens') };
}

function assertFlow(client: Client, flow: string): void {
  if (isEnabled(client, flow)) return;
  throw invalidParameter(`${flow} flow not enabled for this client`);
}

/** A client that lists no flows has those that take no password over the wire. */
function isEnabled({ settings }: Client, flow: string): boolean {
  const { ExplicitAuthFlows = ['ALLOW_REFRESH_TOKEN_AUTH', 'ALLOW_USER_SRP_AUTH'] } = settings;
  return ExplicitAuthFlows.some((enabled) => enabled === flow || enabled === `ALLOW_${flow}`);
}

/** Ends every token family that exists now; a later sign-in starts a new one. */
export function signOut(user: User): void {
  for (const grant of user.grants) grant.revoked = true;
}

/** The answer to a temporary password: RespondToAuthChallenge takes a permanent one. */
function newPasswordChallenge(state: State, client: Client, user: User) {
  const Session = crypto.randomUUID();
  state.sessions.set(Session, { client, user, expires: challengeEnd(state) });
  return {
    ChallengeName: 'NEW_PASSWORD_REQUIRED',
    Session,
    ChallengeParameters: {
      USER_ID_FOR_SRP: user.username,
      requiredAttributes: '[]',
      userAttributes: JSON.stringify(Object.fromEntries(user.attributes)),
    },
  };
}
