import { randomDigits, sendMessage } from '../codes.ts';
import { invalidParameter } from '../errors.ts';
import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { contacts, findUser, isVerified } from '../users.ts';

/** The mock has no way on from here but AdminSetUserPassword: the code that is sent is for ConfirmForgotPassword. */
export function AdminResetUserPassword(input: Input<'AdminResetUserPassword'>, state: State) {
  const { pool, user } = findUser(state, input);
  const contact = contacts.find((name) => isVerified(user, name));
  const address = contact && user.attributes.get(contact);
  if (!address) {
    throw invalidParameter(
      'Cannot reset password for the user as there is no registered/verified email or phone_number',
    );
  }
  user.status = 'RESET_REQUIRED';
  user.modified = state.now();
  sendMessage(state, pool, user, contact, address, randomDigits());
  return {};
}
