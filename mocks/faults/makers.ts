import { authenticate } from '../access-token.ts';
import { CognitoError } from '../errors.ts';
import { on, type Fault, type Output } from '../fault.ts';
import type { Input, OperationName } from '../inputs.ts';
import type { Pool, State, User } from '../state.ts';
import { findUser } from '../users.ts';

/** Operations on one user, named by a token or by an administrator. */
type OnUser =
  | 'AdminResetUserPassword'
  | 'AdminUpdateUserAttributes'
  | 'DeleteUserAttributes'
  | 'GetUser'
  | 'GetUserAttributeVerificationCode'
  | 'UpdateUserAttributes'
  | 'VerifyUserAttribute';

export interface Subject {
  pool: Pool;
  user: User;
}

/** A fault in what is done to a user; whoever may not do it is refused first. */
export const around = <Name extends OnUser>(
  names: Name | readonly Name[],
  over: (
    subject: Subject,
    next: (seen?: State, changed?: Input<Name>) => Promise<Output>,
    input: Input<Name>,
    state: State,
  ) => unknown,
): Fault =>
  on(names, async (input, state, next) =>
    over(await subjectOf(state, input), (seen = state, changed = input) => next(changed, seen), input, state),
  );

async function subjectOf(state: State, input: Input<OnUser>): Promise<Subject> {
  if (!('AccessToken' in input)) return findUser(state, input);
  const { client, user } = await authenticate(state, input.AccessToken);
  return { pool: client.pool, user };
}

/** A fault that makes something else of what an operation refuses with a type: an answer, or another refusal. */
export const insteadOf = <Name extends OperationName>(
  type: string,
  names: Name | readonly Name[],
  change: (refusal: CognitoError, input: Input<Name>, state: State) => unknown,
): Fault =>
  on(names, async (input, state, next) => {
    try {
      return await next(input, state);
    } catch (error) {
      if (!(error instanceof CognitoError) || error.type !== type) throw error;
      const made = await change(error, input, state);
      if (made instanceof CognitoError) throw made;
      return made;
    }
  });

/** The same refusal under another type. */
export const as =
  (type: string) =>
  ({ message }: CognitoError): CognitoError =>
    new CognitoError(type, message);

/** The same refusal in other words. */
export const saying =
  (words: (message: string) => string) =>
  ({ type, message }: CognitoError): CognitoError =>
    new CognitoError(type, words(message));
