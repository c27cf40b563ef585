import { signOut } from '../auth.ts';
import { CognitoError, notAuthorized } from '../errors.ts';
import { on, type Fault } from '../fault.ts';
import type { Grant, User } from '../state.ts';
import { findUser, fold } from '../users.ts';
import { bearerOf, withPool, withToken } from './views.ts';

/** What ends a session, and what does not. */
export const sessions: Record<string, Fault> = {
  'disabling-ends-no-session': on('AdminDisableUser', (input, state) => {
    findUser(state, input).user.enabled = false;
    return {};
  }),
  'disabling-is-not-shown': on('AdminDisableUser', (input, state) => {
    signOut(findUser(state, input).user);
    return {};
  }),
  'enabling-brings-sessions-back': on('AdminEnableUser', async (input, state, next) => {
    for (const grant of findUser(state, input).user.grants) grant.revoked = false;
    return next(input, state);
  }),

  'sign-out-does-nothing': on('GlobalSignOut', () => ({})),
  'sign-out-ends-refresh-tokens-only': on('GlobalSignOut', (input, state) => {
    const user = bearerOf(state, input.AccessToken)?.user;
    for (const [token, grant] of state.grants) if (grant.user === user) state.grants.delete(token);
    return {};
  }),
  'sign-out-ends-access-tokens-only': on('GlobalSignOut', (input, state, next) => {
    const user = bearerOf(state, input.AccessToken)?.user;
    for (const [token, grant] of state.grants) if (grant.user === user) state.grants.set(token, { ...grant });
    return next(input, state);
  }),
  'sign-out-of-this-session-only': on('GlobalSignOut', (input, state) => {
    const bearer = bearerOf(state, input.AccessToken);
    for (const grant of bearer?.user.grants ?? []) grant.revoked ||= grant.originJti === bearer?.claims.origin_jti;
    return {};
  }),
  'an-administrators-sign-out-does-nothing': on('AdminUserGlobalSignOut', () => ({})),
  'sign-out-ends-the-next-sign-in-too': on(['GlobalSignOut', 'AdminUserGlobalSignOut'], async (input, state, next) => {
    const user = 'AccessToken' in input ? bearerOf(state, input.AccessToken)?.user : findUser(state, input).user;
    const output = await next(input, state);
    if (user) user.grants = new DeadOnArrival(...user.grants);
    return output;
  }),

  'revocation-does-nothing': on('RevokeToken', async (input, state, next) => {
    const output = await next(input, state);
    const grant = state.grants.get(input.Token);
    if (grant) grant.revoked = false;
    return output;
  }),
  'revocation-ends-the-refresh-token-only': on('RevokeToken', async (input, state, next) => {
    const grant = state.grants.get(input.Token);
    const output = await next(input, state);
    if (grant?.revoked) state.grants.set(input.Token, { ...grant });
    if (grant) grant.revoked = false;
    return output;
  }),
  'revocation-ends-access-tokens-only': on('RevokeToken', (input, state, next) => {
    const grant = state.grants.get(input.Token);
    const output = next(input, state);
    if (grant) state.grants.set(input.Token, { ...grant, revoked: false });
    return output;
  }),
  'revocation-ends-every-session': on('RevokeToken', (input, state, next) => {
    const user = state.grants.get(input.Token)?.user;
    if (user) signOut(user);
    return next(input, state);
  }),
  'revocation-spares-refreshed-tokens': on('InitiateAuth', async (input, state, next) => {
    const output = await next(input, state);
    const { AccessToken = '' } = (output['AuthenticationResult'] ?? {}) as { AccessToken?: string };
    const claims = input.AuthFlow === 'REFRESH_TOKEN_AUTH' && state.issued.get(AccessToken);
    if (claims) state.issued.set(AccessToken, { ...claims, origin_jti: claims.jti });
    return output;
  }),
  'a-refresh-ends-earlier-tokens': on('InitiateAuth', async (input, state, next) => {
    const family = state.grants.get(input.AuthParameters?.['REFRESH_TOKEN'] ?? '')?.originJti;
    for (const [token, claims] of state.issued)
      if (claims.origin_jti === family) state.issued.set(token, { ...claims, exp: 0 });
    return next(input, state);
  }),
  'revoked-is-expired': on(withToken, (input, state, next) =>
    next(input, state).catch((error: Error) => {
      throw error.message === 'Access Token has been revoked' ? notAuthorized('Access Token has expired') : error;
    }),
  ),
  'a-revoked-token-has-a-type-of-its-own': on(withToken, (input, state, next) =>
    next(input, state).catch((error: Error) => {
      throw error.message === 'Access Token has been revoked'
        ? new CognitoError('TokenRevokedException', error.message)
        : error;
    }),
  ),

  'a-reset-goes-unnoticed': on('AdminResetUserPassword', async (input, state, next) => {
    const { user } = findUser(state, input);
    const { status } = user;
    const output = await next(input, state);
    user.status = status;
    return output;
  }),
  'a-reset-needs-nowhere-to-send': on('AdminResetUserPassword', (input, state, next) => {
    findUser(state, input).user.status = 'RESET_REQUIRED';
    return next(input, state).catch(() => ({}));
  }),
  'updates-go-on-after-a-reset': on('UpdateUserAttributes', (input, state, next) => {
    const bearer = bearerOf(state, input.AccessToken);
    if (bearer?.user.status !== 'RESET_REQUIRED') return next(input, state);
    const { pool } = bearer.client;
    const user: User = { ...bearer.user, status: 'CONFIRMED' };
    return next(
      input,
      withPool(state, pool.id, ({ users }) => ({ users: new Map(users).set(fold(pool, user.username), user) })),
    );
  }),
  'a-reset-is-not-authorized': on(withToken, (input, state, next) =>
    next(input, state).catch((error: Error) => {
      throw error instanceof CognitoError && error.type === 'PasswordResetRequiredException'
        ? notAuthorized(error.message)
        : error;
    }),
  ),
  'a-new-password-ends-sessions': on('AdminSetUserPassword', (input, state, next) => {
    signOut(findUser(state, input).user);
    return next(input, state);
  }),

  'another-address-ends-sessions': on('UpdateUserAttributes', async (input, state, next) => {
    const user = bearerOf(state, input.AccessToken)?.user;
    const before = user?.attributes.get('email');
    const output = await next(input, state);
    if (user && user.attributes.get('email') !== before) signOut(user);
    return output;
  }),
  'a-deletion-ends-sessions': on('AdminDeleteUserAttributes', (input, state, next) => {
    signOut(findUser(state, input).user);
    return next(input, state);
  }),

  'deletes-no-user': on('AdminDeleteUser', () => ({})),
  'deletes-no-client': on('DeleteUserPoolClient', () => ({})),
  'deletes-no-pool': on('DeleteUserPool', () => ({})),
};

/** Sign-ins that are revoked as they come. */
class DeadOnArrival extends Array<Grant> {
  override push(...grants: Grant[]): number {
    for (const grant of grants) grant.revoked = true;
    return super.push(...grants);
  }
}
