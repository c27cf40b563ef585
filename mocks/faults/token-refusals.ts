import { authenticate } from '../access-token.ts';
import { CognitoError, invalidParameter, notAuthorized } from '../errors.ts';
import { on, type Fault } from '../fault.ts';
import { inputs } from '../inputs.ts';
import { assertWritable } from '../permissions.ts';
import { list, structure, text, type Present, type TextShape } from '../shape.ts';
import type { State } from '../state.ts';
import { validate } from '../validate.ts';
import { bearerOf, claimsOf, withToken } from './views.ts';

/** How a bad token is refused, and when. */
export const tokenRefusals: Record<string, Fault> = {
  'repeats-the-token-in-its-message': refusing(({ type, message }, token) =>
    type === 'NotAuthorizedException' && message.includes('Access Token') ? notAuthorized(token) : undefined,
  ),
  'one-text-for-every-bad-token': refusing(({ message }) =>
    message.includes('Access Token') ? notAuthorized('Invalid Access Token') : undefined,
  ),
  'garbage-is-a-bad-parameter': refusing(({ message }, token, state) =>
    message === 'Invalid Access Token' && !claimsOf(state, token) ? invalidParameter('Invalid token') : undefined,
  ),
  'an-id-token-lacks-its-client': refusing(({ message }, token, state) =>
    message === 'Invalid Access Token' && claimsOf(state, token)?.token_use === 'id'
      ? new CognitoError('ResourceNotFoundException', 'User pool client undefined does not exist.')
      : undefined,
  ),
  'a-missing-scope-is-forbidden': refusing(({ message }) =>
    message.includes('scopes') ? new CognitoError('ForbiddenException', message) : undefined,
  ),
  'expired-has-a-type-of-its-own': refusing(({ message }) =>
    message === 'Access Token has expired' ? new CognitoError('ExpiredTokenException', message) : undefined,
  ),
  'a-bad-signature-is-a-bad-parameter': refusing(({ message }) =>
    message.includes('signature') ? invalidParameter(message) : undefined,
  ),
  'a-gone-user-is-not-authorized': refusing(({ type, message }) =>
    type === 'UserNotFoundException' ? notAuthorized(message) : undefined,
  ),
  'a-gone-user-is-a-missing-resource': refusing(({ type, message }) =>
    type === 'UserNotFoundException' ? new CognitoError('ResourceNotFoundException', message) : undefined,
  ),
  'a-gone-client-is-a-bad-parameter': refusing(({ type, message }) =>
    type === 'ResourceNotFoundException' ? invalidParameter(message) : undefined,
  ),

  'a-bad-token-has-status-401': {
    answer: (answer) => (answer.body.includes('Access Token') ? { ...answer, status: 401 } : answer),
  },
  'refuses-a-token-beside-an-authorization': {
    request: (request) => {
      const body = request.body.replace(/"AccessToken":"[^"]*"/, '"AccessToken":"spoiled"');
      return request.headers['authorization'] ? { ...request, body } : request;
    },
  },
  'attributes-before-the-token': on('UpdateUserAttributes', (input, state, next) =>
    next(input, state).catch((error: Error) => {
      const bearer = error.message.includes('Access Token') && bearerOf(state, input.AccessToken);
      if (!bearer) throw error;
      const names = input.UserAttributes.map(({ Name }) => Name);
      if (names.some((name) => !bearer.client.pool.schema.has(name))) throw invalidParameter('No such attribute.');
      assertWritable(bearer.client, names);
      throw error;
    }),
  ),
  'token-before-the-shape': {
    input: (shape, name) =>
      name === 'UpdateUserAttributes' && shape.kind === 'structure'
        ? structure({ ...shape.members, UserAttributes: list(structure({ Name: text(), Value: text() })) })
        : shape,
    ...on('UpdateUserAttributes', async (input, state, next) => {
      await authenticate(state, input.AccessToken);
      validate(inputs.UpdateUserAttributes, input);
      return next(input, state);
    }),
  },

  'takes-any-characters': inToken(({ pattern: _, ...shape }) => shape),
  'takes-a-token-of-no-length': inToken((shape) => ({ ...shape, pattern: '[A-Za-z0-9-_=.]*' })),
  'takes-plain-base64': inToken((shape) => ({ ...shape, pattern: '[A-Za-z0-9-_=.+/]+' })),
  'looks-for-the-pattern-anywhere': inToken((shape) => ({ ...shape, pattern: '[^]*[A-Za-z0-9-_=.]+[^]*' })),
  'lets-a-line-feed-end-a-token': inToken((shape) => ({ ...shape, pattern: '[A-Za-z0-9-_=.]+\n?' })),
  'shows-the-pattern-with-its-anchors': inToken((shape) => ({ ...shape, pattern: '^[A-Za-z0-9-_=.]+$' })),
  'quotes-a-malformed-token': inToken(({ sensitive: _, ...shape }) => shape),
  'limits-a-token-to-2048-characters': inToken((shape) => ({ ...shape, max: 2048 })),
  'takes-the-word-bearer-before-a-token': inToken(
    (shape) => ({ ...shape, pattern: '(?:Bearer )?[A-Za-z0-9-_=.]+' }),
    (token) => token.replace(/^Bearer /, ''),
  ),
  'trims-a-token': inToken(
    (shape) => ({ ...shape, pattern: String.raw`\s*[A-Za-z0-9-_=.]+\s*` }),
    (token) => token.trim(),
  ),
  'an-empty-token-is-a-missing-one': inToken(
    (shape) => ({ ...shape, pattern: '[A-Za-z0-9-_=.]*' }),
    (token) => {
      if (token === '') validate(inputs.GetUser, {});
      return token;
    },
  ),
  'a-missing-token-is-a-bad-one': inToken(({ required: _, ...shape }) => shape),
};

/** A refusal becomes another one. */
function refusing(change: (error: CognitoError, token: string, state: State) => CognitoError | undefined): Fault {
  return on(withToken, (input, state, next) =>
    next(input, state).catch((error: unknown) => {
      throw (error instanceof CognitoError && change(error, input.AccessToken, state)) || error;
    }),
  );
}

/** Other texts may be tokens, and what reaches the operation of them is changed. */
function inToken(
  change: (shape: Present<TextShape>) => TextShape,
  read: (token: string) => string = (token) => token,
): Fault {
  return {
    input: (shape) => {
      const token = shape.kind === 'structure' && shape.members['AccessToken'];
      return token ? structure({ ...shape.members, AccessToken: change(token as Present<TextShape>) }) : shape;
    },
    ...on(withToken, (input, state, next) => next({ ...input, AccessToken: read(input.AccessToken) }, state)),
  };
}
