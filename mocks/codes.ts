import { CognitoError } from './errors.ts';
import type { Code, Pool, State, User } from './state.ts';

export interface Delivery {
  Destination: string;
  DeliveryMedium: 'EMAIL' | 'SMS';
  AttributeName: string;
}

const hour = 3_600_000;

/** Sends a code that proves `value`; only the newest code for a value counts. */
export function sendCode(state: State, pool: Pool, user: User, attribute: string, value: string): Delivery {
  const code = randomDigits();
  user.codes = user.codes.filter((other) => other.attribute !== attribute || other.value !== value);
  user.codes.push({ attribute, value, code, expires: state.now() + 24 * hour });
  return sendMessage(state, pool, user, attribute, value, code);
}

export function sendMessage(
  state: State,
  pool: Pool,
  user: User,
  attribute: string,
  to: string,
  code: string,
): Delivery {
  const medium = attribute === 'email' ? 'EMAIL' : 'SMS';
  state.messages.push({ to, medium, attribute, code, username: user.username, userPoolId: pool.id });
  return { Destination: mask(to), DeliveryMedium: medium, AttributeName: attribute };
}

export function dropCodes(user: User, attribute: string): void {
  user.codes = user.codes.filter((code) => code.attribute !== attribute);
}

/** A wrong code while one is live is a mismatch; with none live there is nothing to mismatch. */
export function matchCode(state: State, user: User, attribute: string, text: string): Code {
  const live = user.codes.filter((code) => code.attribute === attribute && state.now() < code.expires);
  if (live.length === 0) {
    throw new CognitoError('ExpiredCodeException', 'Invalid code provided, please request a code again.');
  }
  const match = live.find(({ code }) => code === text);
  if (!match) {
    throw new CognitoError('CodeMismatchException', 'Invalid verification code provided, please try again.');
  }
  return match;
}

/** Holds a user to so many calls of an operation within an hour. */
export function countCall(state: State, user: User, operation: string, limit: number): void {
  const now = state.now();
  user.counted = user.counted.filter(({ at }) => now - at < hour);
  if (user.counted.filter((call) => call.operation === operation).length >= limit) {
    throw new CognitoError('LimitExceededException', 'Attempt limit exceeded, please try after some time.');
  }
  user.counted.push({ operation, at: now });
}

/** `n***@e***` or `+*******0199`. */
function mask(address: string): string {
  const [local = '', domain = ''] = address.split('@');
  if (address.includes('@')) return `${local.charAt(0)}***@${domain.charAt(0)}***`;
  return `+${'*'.repeat(Math.max(0, address.length - 5))}${address.slice(-4)}`;
}

export function randomDigits(): string {
  const [number = 0] = crypto.getRandomValues(new Uint32Array(1));
  return String(number % 1_000_000).padStart(6, '0');
}
