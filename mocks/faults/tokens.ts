import { on, type Fault } from '../fault.ts';
import { withClaims } from './views.ts';

const withToken = [
  'DeleteUserAttributes',
  'GetUser',
  'GetUserAttributeVerificationCode',
  'GlobalSignOut',
  'UpdateUserAttributes',
  'VerifyUserAttribute',
] as const;

/** Whose access token is taken for whose. */
export const tokens: Record<string, Fault> = {
  'never-checks-expiry': on(withToken, async (input, state, next) =>
    next(input, await withClaims(state, input.AccessToken, { exp: Infinity })),
  ),
};
