/** A refusal as Cognito words it. `wire.ts` alone turns it into an answer. */
export class CognitoError extends Error {
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}

/** A body that cannot be read as the operation's input. The framework in front of Cognito writes it, and spells `Message`. */
export class SerializationError extends Error {}

export const invalidParameter = (message: string) => new CognitoError('InvalidParameterException', message);
export const notAuthorized = (message: string) => new CognitoError('NotAuthorizedException', message);
export const userNotFound = () => new CognitoError('UserNotFoundException', 'User does not exist.');

/** What a mock was asked to begin with cannot be: a mistake of whoever starts it, never an answer. */
export class OptionsError extends Error {}
