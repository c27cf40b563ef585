import { CognitoError, invalidParameter, notAuthorized } from '../errors.ts';
import { on, type Fault } from '../fault.ts';
import { attributeList, isVerifiedFlag } from '../users.ts';
import { bearerOf, subjectOf, withClient } from './views.ts';

interface Shown {
  Name: string;
  Value: unknown;
}

/** Shows other attributes to users. */
const showing = (change: (attributes: Shown[]) => Shown[]): Fault =>
  on('GetUser', async (input, state, next) => {
    const output = await next(input, state);
    return { ...output, UserAttributes: change(output['UserAttributes'] as Shown[]) };
  });

/** Gives an answer to administrators other members. */
const telling = (change: (output: Record<string, unknown>) => Record<string, unknown>): Fault =>
  on('AdminGetUser', async (input, state, next) => {
    const output = await next(input, state);
    return { ...output, ...change(output) };
  });

const administrators = ['AdminGetUser', 'AdminUpdateUserAttributes', 'AdminDeleteUserAttributes'] as const;

/** Refuses otherwise where there is nobody of that name. */
const missing = (refuse: () => unknown, type = 'UserNotFoundException'): Fault =>
  on(administrators, async (input, state, next) => {
    try {
      return await next(input, state);
    } catch (error) {
      if (!(error instanceof CognitoError) || error.type !== type) throw error;
      return refuse();
    }
  });

const refusal = (error: Error) => () => {
  throw error;
};

/** What is read of users, and who they are said to be. */
export const reading: Record<string, Fault> = {
  'ignores-the-read-list': on('GetUser', async ({ AccessToken }, state, next) => {
    const user = bearerOf(state, AccessToken)?.user;
    const output = await next({ AccessToken }, state);
    return user ? { ...output, UserAttributes: attributeList(user) } : output;
  }),
  'ignores-the-read-list-for-custom-attributes': on('GetUser', async ({ AccessToken }, state, next) => {
    const user = bearerOf(state, AccessToken)?.user;
    const output = await next({ AccessToken }, state);
    const others = (output['UserAttributes'] as Shown[]).filter(({ Name }) => !Name.startsWith('custom:'));
    const own = user ? attributeList(user).filter(({ Name }) => Name.startsWith('custom:')) : [];
    return { ...output, UserAttributes: [...others, ...own] };
  }),
  'shows-flags-beside-listed-addresses': on('GetUser', async ({ AccessToken }, state, next) => {
    const client = bearerOf(state, AccessToken)?.client;
    const list = client?.settings.ReadAttributes;
    const flags = list?.map((name) => `${name}_verified`);
    return next(
      { AccessToken },
      list ? withClient(state, client.id, { ReadAttributes: list.concat(flags ?? []) }) : state,
    );
  }),
  'refuses-to-read-with-a-read-list': on('GetUser', async ({ AccessToken }, state, next) => {
    const bearer = bearerOf(state, AccessToken);
    const list = bearer?.client.settings.ReadAttributes;
    const hidden = list && [...bearer.user.attributes.keys()].some((name) => !list.includes(name));
    if (hidden) throw notAuthorized('A client attempted to read unauthorized attribute');
    return next({ AccessToken }, state);
  }),
  'hides-custom-attributes': showing((all) => all.filter(({ Name }) => !Name.startsWith('custom:'))),
  'hides-flags': showing((all) => all.filter(({ Name }) => !isVerifiedFlag(Name))),
  'hides-sub': showing((all) => all.filter(({ Name }) => Name !== 'sub')),
  'shows-flags-as-booleans': showing((all) =>
    all.map(({ Name, Value }) => ({ Name, Value: isVerifiedFlag(Name) ? Value === 'true' : Value })),
  ),
  'shows-numbers-as-numbers': showing((all) =>
    all.map(({ Name, Value }) => ({ Name, Value: /^\d+$/.test(String(Value)) ? Number(Value) : Value })),
  ),
  'shows-the-status-as-an-attribute': showing((all) => [...all, { Name: 'cognito:user_status', Value: 'CONFIRMED' }]),
  'shows-blanks-for-what-is-not-set': showing((all) =>
    ['given_name', 'nickname'].reduce(
      (list, name) => (list.some(({ Name }) => Name === name) ? list : [...list, { Name: name, Value: '' }]),
      all,
    ),
  ),
  'shows-custom-names-without-their-prefix': showing((all) =>
    all.map(({ Name, Value }) => ({ Name: Name.replace('custom:', ''), Value })),
  ),
  'shows-sub-as-the-username': on('GetUser', async ({ AccessToken }, state, next) => ({
    ...(await next({ AccessToken }, state)),
    Username: bearerOf(state, AccessToken)?.user.sub,
  })),
  // Two calls may fall into the same millisecond.
  'gives-the-time-of-the-call-as-the-date-of-creation': telling(() => ({
    UserCreateDate: (performance.timeOrigin + performance.now()) / 1000,
  })),
  'shows-dates-as-texts': telling(({ UserCreateDate, UserLastModifiedDate }) => ({
    UserCreateDate: `${UserCreateDate}`,
    UserLastModifiedDate: `${UserLastModifiedDate}`,
  })),
  'shows-dates-in-milliseconds': telling(({ UserCreateDate, UserLastModifiedDate }) => ({
    UserCreateDate: Number(UserCreateDate) * 1000,
    UserLastModifiedDate: Number(UserLastModifiedDate) * 1000,
  })),
  'takes-nobody-for-somebody': missing(() => ({})),
  'calls-a-missing-user-unauthorized': missing(refusal(notAuthorized('User not authorized'))),
  'calls-a-missing-pool-a-missing-user': missing(
    refusal(new CognitoError('UserNotFoundException', 'User does not exist.')),
    'ResourceNotFoundException',
  ),
  'calls-a-missing-pool-a-bad-parameter': missing(
    refusal(invalidParameter('Invalid user pool.')),
    'ResourceNotFoundException',
  ),
  'looks-for-users-in-every-pool': on(administrators, async (input, state, next) => {
    const holds = (id: string): boolean => Boolean(subjectOf(state, { ...input, UserPoolId: id }));
    const id = [...state.pools.keys()].find(holds);
    return next({ ...input, UserPoolId: id ?? input.UserPoolId }, state);
  }),
  'knows-no-user-by-their-sub': on(administrators, async (input, state, next) => {
    const subject = subjectOf(state, input);
    if (subject?.user.sub === input.Username && subject.user.username !== input.Username) {
      throw new CognitoError('UserNotFoundException', 'User does not exist.');
    }
    return next(input, state);
  }),
};
