import { CognitoError, invalidParameter, notAuthorized, userNotFound } from '../errors.ts';
import { on, type Fault, type Output } from '../fault.ts';
import type { Input } from '../inputs.ts';
import type { Client, Grant, Pool, State, User } from '../state.ts';
import { findUser, fold, searchUser } from '../users.ts';
import { withClient, withPool, withToken } from './views.ts';

const refusals = [
  ...withToken,
  'AdminDeleteUserAttributes',
  'AdminGetUser',
  'AdminInitiateAuth',
  'AdminUpdateUserAttributes',
  'InitiateAuth',
] as const;

/** Who is signed in, by which name and password. */
export const signIn: Record<string, Fault> = {
  'signs-nobody-in-by-password': flow('USER_PASSWORD_AUTH', 'CUSTOM_AUTH'),
  'refreshes-nothing': flow('REFRESH_TOKEN_AUTH', 'CUSTOM_AUTH'),
  'serves-the-flow-of-administrators': flow('ADMIN_USER_PASSWORD_AUTH', 'USER_PASSWORD_AUTH'),
  'serves-administrators-the-flow-of-users': on('AdminInitiateAuth', (input, state, next) =>
    next({ ...input, AuthFlow: input.AuthFlow.replace(/^USER/, 'ADMIN_USER') }, state),
  ),
  'never-asks-which-flows-are-enabled': seeingClient(({ AuthFlow }) => ({ ExplicitAuthFlows: [`ALLOW_${AuthFlow}`] })),
  'tells-who-exists': seeingClient(() => ({ PreventUserExistenceErrors: 'LEGACY' })),
  'hides-who-exists-from-all': seeingClient(() => ({ PreventUserExistenceErrors: 'ENABLED' })),

  'takes-any-password': password((_, stored) => stored),
  'compares-the-beginning-of-a-password': password((given, stored) => given.slice(0, stored.length)),
  'compares-the-end-of-a-password': password((given, stored) => given.slice(-stored.length)),
  'asks-administrators-for-no-password': on('AdminInitiateAuth', (input, state, next) => {
    const user = named(input, state);
    return next(
      { ...input, AuthParameters: { ...input.AuthParameters, ...(user && { PASSWORD: user.password }) } },
      state,
    );
  }),
  'signs-disabled-users-in': seeingUser(({ enabled }) => !enabled, { enabled: true }),
  'signs-in-after-a-reset': seeingUser(({ status }) => status === 'RESET_REQUIRED', { status: 'CONFIRMED' }),
  'a-temporary-password-is-good': seeingUser(({ status }) => status === 'FORCE_CHANGE_PASSWORD', {
    status: 'CONFIRMED',
  }),
  'every-password-is-permanent': on('AdminSetUserPassword', (input, state, next) =>
    next({ ...input, Permanent: true }, state),
  ),
  'no-password-is-permanent': on('AdminSetUserPassword', (input, state, next) =>
    next({ ...input, Permanent: false }, state),
  ),

  'never-signs-in-by-alias': naming((name, pool, found) =>
    pool.settings.AliasAttributes && !pool.users.has(fold(pool, name)) ? undefined : found,
  ),
  'never-signs-in-by-preferred-username': naming((name, _, found) =>
    found?.attributes.get('preferred_username') === name ? undefined : found,
  ),
  'an-unverified-alias-signs-in': naming(
    (name, pool, found) => found ?? holder(pool, pool.settings.AliasAttributes, name),
  ),
  'an-unverified-number-signs-in': naming(
    (name, pool, found) => found ?? (pool.settings.AliasAttributes && holder(pool, ['phone_number'], name)),
  ),
  'an-unverified-username-does-not-sign-in': naming((_, { settings: { UsernameAttributes = [] } }, found) =>
    UsernameAttributes.some((kind) => found?.attributes.get(`${kind}_verified`) === 'false') ? undefined : found,
  ),
  'an-address-that-waits-signs-in': naming((name, pool, found) => {
    const waits = ({ attributes, codes }: User) =>
      codes.some(({ attribute, value }) => value === name && attributes.get(attribute) !== name);
    return found ?? [...pool.users.values()].find(waits);
  }),
  'a-name-that-once-signed-in-does-so-for-ever': remembering(new WeakMap()),
  'letters-matter-everywhere': naming((name, _, found) =>
    found && [found.username, ...found.attributes.values()].includes(name) ? found : undefined,
  ),
  'letters-matter-nowhere': naming((name, pool, found) => {
    const emailOf = ({ attributes }: User) => attributes.get('email')?.toLowerCase();
    if (found || !pool.settings.UsernameAttributes) return found;
    return [...pool.users.values()].find((user) => emailOf(user) === name.toLowerCase());
  }),
  'never-finds-a-user-by-sub': on('AdminUpdateUserAttributes', (input, state, next) => {
    if (findUser(state, input).user.username !== input.Username) throw userNotFound();
    return next(input, state);
  }),
  'a-missing-user-is-not-authorized': refusing(
    ['AdminDeleteUserAttributes', 'AdminUpdateUserAttributes'],
    ({ type, message }) => (type === 'UserNotFoundException' ? notAuthorized(message) : undefined),
  ),

  'takes-a-refresh-token-of-another-client': refreshing((_, client) => ({ client })),
  'refreshes-what-was-revoked': refreshing(() => ({ revoked: false })),
  'refreshes-for-deleted-users': refreshing(({ user }) => ({ user: { ...user } })),
  'refreshes-after-a-reset': refreshing(({ user }) =>
    user.status === 'RESET_REQUIRED' ? { user: { ...user, status: 'CONFIRMED' } } : {},
  ),
  'gives-the-refresh-token-back': on('InitiateAuth', async (input, state, next) => {
    const output = await next(input, state);
    const RefreshToken = input.AuthParameters?.['REFRESH_TOKEN'];
    return RefreshToken
      ? { ...output, AuthenticationResult: { ...Object(output['AuthenticationResult']), RefreshToken } }
      : output;
  }),

  'srp-has-a-session': challenging((challenge) => ({ ...challenge, Session: crypto.randomUUID() })),
  'srp-begins-with-a-small-number': challenging(({ ChallengeParameters, ...challenge }) => ({
    ...challenge,
    ChallengeParameters: { ...Object(ChallengeParameters), SRP_B: crypto.randomUUID().replaceAll('-', '') },
  })),
  'srp-names-whoever-was-asked-for': challenging(({ ChallengeParameters, ...challenge }, { AuthParameters }) => ({
    ...challenge,
    ChallengeParameters: { ...Object(ChallengeParameters), USER_ID_FOR_SRP: AuthParameters?.['USERNAME'] },
  })),

  'a-wrong-password-is-a-bad-parameter': refusing(['InitiateAuth'], ({ message }) =>
    message.startsWith('Incorrect') ? invalidParameter(message) : undefined,
  ),
  'a-disabled-user-is-unknown': refusing(['InitiateAuth'], ({ message }) =>
    message === 'User is disabled.' ? userNotFound() : undefined,
  ),
  'a-missing-parameter-is-not-authorized': refusing(['InitiateAuth'], ({ message }) =>
    message.startsWith('Missing required parameter') ? notAuthorized(message) : undefined,
  ),
  'what-is-not-there-breaks-it': refusing(refusals, ({ type, message }) =>
    type.endsWith('NotFoundException') || message === 'Invalid Refresh Token' ? new TypeError(message) : undefined,
  ),
  'an-unknown-refresh-token-is-a-bad-parameter': refusing(['InitiateAuth'], ({ message }) =>
    message.startsWith('Invalid Refresh Token') ? invalidParameter(message) : undefined,
  ),
  'a-refresh-token-of-another-client-is-invalid': refusing(['InitiateAuth'], ({ message }) =>
    message.endsWith('different Client') ? notAuthorized('Invalid Refresh Token') : undefined,
  ),
  'a-flow-that-is-not-enabled-is-not-authorized': refusing(['InitiateAuth'], ({ message }) =>
    message.includes('not enabled') ? notAuthorized(message) : undefined,
  ),

  'revokes-access-tokens': on(
    'RevokeToken',
    (input, state, next) => (state.issued.delete(input.Token), next(input, state)),
  ),
  'never-says-that-revocation-is-off': on('RevokeToken', (input, state, next) =>
    next(input, state).catch((error: unknown) => {
      if (error instanceof CognitoError && error.type === 'UnsupportedOperationException') return {};
      throw error;
    }),
  ),
};

type SignIn = Input<'InitiateAuth'>;

/** One flow is taken for another. */
function flow(from: string, to: string): Fault {
  return on('InitiateAuth', (input, state, next) =>
    next({ ...input, AuthFlow: input.AuthFlow.replace(from, to) }, state),
  );
}

function seeingClient(settings: (input: SignIn) => Partial<Client['settings']>): Fault {
  return seeing((input, state) => withClient(state, input.ClientId, settings(input)));
}

/** Users of a kind are seen otherwise as they sign in. */
function seeingUser(matches: (user: User) => boolean, changes: Partial<User>): Fault {
  return seeing((input, state) => {
    const [user, client] = [named(input, state), state.clients.get(input.ClientId)];
    return user && client && matches(user) ? withUser(state, client.pool, { ...user, ...changes }) : state;
  });
}

/** The state is another one as somebody signs in; what comes of it belongs to this one. */
function seeing(view: (input: SignIn, state: State) => State): Fault {
  return on('InitiateAuth', async (input, state, next) => {
    if (!input.AuthParameters?.['USERNAME']) return next(input, state);
    const output = await next(input, view(input, state));
    const { RefreshToken = '' } = (output['AuthenticationResult'] ?? {}) as { RefreshToken?: string };
    const [grant, user, client] = [
      state.grants.get(RefreshToken),
      named(input, state),
      state.clients.get(input.ClientId),
    ];
    if (grant && user && client) Object.assign(grant, { user, client });
    return output;
  });
}

/** The challenge that SRP begins with says something else. */
function challenging(change: (challenge: Output, input: SignIn) => Output): Fault {
  return on('InitiateAuth', async (input, state, next) => {
    const output = await next(input, state);
    return output['ChallengeName'] === 'PASSWORD_VERIFIER' ? change(output, input) : output;
  });
}

/** Something else is compared with the stored password. */
function password(change: (given: string, stored: string) => string): Fault {
  return on('InitiateAuth', (input, state, next) => {
    const [user, given] = [named(input, state), input.AuthParameters?.['PASSWORD']];
    if (!user || given === undefined) return next(input, state);
    return next(
      { ...input, AuthParameters: { ...input.AuthParameters, PASSWORD: change(given, user.password) } },
      state,
    );
  });
}

/** A name is somebody else's at sign-in, or nobody's. */
function naming(find: (name: string, pool: Pool, found: User | undefined) => User | undefined): Fault {
  return on('InitiateAuth', (input, state, next) => {
    const [name, client] = [input.AuthParameters?.['USERNAME'], state.clients.get(input.ClientId)];
    if (!name || !client) return next(input, state);
    const found = searchUser(client.pool, name);
    const user = find(name, client.pool, found);
    const USERNAME = user?.username ?? crypto.randomUUID();
    return next(user === found ? input : { ...input, AuthParameters: { ...input.AuthParameters, USERNAME } }, state);
  });
}

function remembering(names: WeakMap<User, string[]>): Fault {
  return naming((name, pool, found) => {
    if (found) names.set(found, [...(names.get(found) ?? []), name]);
    return found ?? [...pool.users.values()].find((user) => names.get(user)?.includes(name));
  });
}

/** A refresh token's family is seen otherwise as it is refreshed. */
function refreshing(change: (grant: Grant, client: Client) => Partial<Grant>): Fault {
  return on('InitiateAuth', (input, state, next) => {
    const token = input.AuthParameters?.['REFRESH_TOKEN'] ?? '';
    const [grant, client] = [state.grants.get(token), state.clients.get(input.ClientId)];
    if (!grant || !client) return next(input, state);
    const changed = { ...grant, ...change(grant, client) };
    const seen = changed.user === grant.user ? state : withUser(state, client.pool, changed.user);
    const family = { ...changed, client: seen.clients.get(changed.client.id) ?? changed.client };
    return next(input, { ...seen, grants: new Map(seen.grants).set(token, family) });
  });
}

function refusing(
  names: readonly (typeof refusals)[number][],
  change: (error: CognitoError) => Error | undefined,
): Fault {
  return on(names, (input, state, next) =>
    next(input, state).catch((error: unknown) => {
      throw (error instanceof CognitoError && change(error)) || error;
    }),
  );
}

const named = ({ ClientId, AuthParameters }: SignIn, state: State) => {
  const pool = state.clients.get(ClientId)?.pool;
  return pool && searchUser(pool, AuthParameters?.['USERNAME'] ?? '');
};

const holder = (pool: Pool, kinds: readonly string[] = [], name: string) =>
  [...pool.users.values()].find(({ attributes }) => kinds.some((kind) => attributes.get(kind) === name));

const withUser = (state: State, pool: Pool, user: User) =>
  withPool(state, pool.id, ({ users }) => ({ users: new Map(users).set(fold(pool, user.username), user) }));
