import { refuseAll } from '../attributes.ts';
import { invalidParameter, notAuthorized, CognitoError } from '../errors.ts';
import { on, type Fault } from '../fault.ts';
import type { Input } from '../inputs.ts';
import { AdminUpdateUserAttributes } from '../operations/AdminUpdateUserAttributes.ts';
import { assertWritable } from '../permissions.ts';
import { custom } from '../schema.ts';
import type { Client, Pool, State, User } from '../state.ts';
import { isVerifiedFlag } from '../users.ts';
import { updates, type Listed } from './attributes.ts';
import { bearerOf, subjectOf, withAttributes, withPool } from './views.ts';

type Update = Input<'UpdateUserAttributes'>;

/** A user writes as if the write list of the client were another. */
const listing = (change: (list: string[] | undefined, client: Client, update: Update) => string[] | undefined): Fault =>
  on('UpdateUserAttributes', async (input, state, next) => {
    const client = bearerOf(state, input.AccessToken)?.client;
    if (!client) return next(input, state);
    const { WriteAttributes, ...settings } = client.settings;
    const list = change(WriteAttributes, client, input);
    const seen = { ...client, settings: { ...settings, ...(list && { WriteAttributes: list }) } };
    return next(input, { ...state, clients: new Map(state.clients).set(client.id, seen) });
  });

/** A user's request is looked at before their token is. */
const early = (look: (client: Client, names: string[]) => void): Fault =>
  on('UpdateUserAttributes', async (input, state, next) => {
    const client = bearerOf(state, input.AccessToken)?.client;
    if (client) look(client, namesOf(input));
    return next(input, state);
  });

/** A user writes as an administrator does, if what they write is so. */
const asAdministrator = (when: (names: string[]) => boolean): Fault =>
  on('UpdateUserAttributes', async (input, state, next) => {
    const subject = subjectOf(state, input);
    if (!subject || !when(namesOf(input))) return next(input, state);
    const whose = { UserPoolId: subject.pool.id, Username: subject.user.username };
    return AdminUpdateUserAttributes({ UserAttributes: input.UserAttributes, ...whose }, state);
  });

/** Some attributes are kept from the mock, and something else is done with them. */
const aside = (
  matches: (attribute: Listed) => boolean,
  then: (user: User, attribute: Listed) => void = () => {},
): Fault =>
  on(updates, async (input, state, next) => {
    const { UserAttributes: given } = input;
    const user = subjectOf(state, input)?.user;
    const output = await next({ ...input, UserAttributes: given.filter((one) => !matches(one)) }, state);
    for (const one of given.filter(matches)) if (user) then(user, one);
    return output;
  });

const namesOf = ({ UserAttributes }: Pick<Update, 'UserAttributes'>): string[] =>
  UserAttributes.map(({ Name }) => Name);

const assertKnown = ({ schema }: Pool, names: string[]): void =>
  refuseAll(
    '',
    names.map((name) => [`user.${name}`, schema.has(name) ? undefined : 'Attribute does not exist in the schema.']),
  );

const isManaged = ({ Name }: Listed): boolean => Name === 'identities' || Name.startsWith('cognito:');

/** Who may write what. */
export const permissions: Record<string, Fault> = {
  'ignores-the-write-list': listing(() => undefined),
  'checks-the-first-attribute-against-the-write-list': listing((list, _, input) =>
    namesOf(input)
      .slice(0, 1)
      .every((name) => list?.includes(name))
      ? namesOf(input)
      : list,
  ),
  'passes-over-what-the-write-list-lacks': on('UpdateUserAttributes', async (input, state, next) => {
    const { WriteAttributes } = bearerOf(state, input.AccessToken)?.client.settings ?? {};
    const writable = input.UserAttributes.filter(({ Name }) => WriteAttributes?.includes(Name) ?? true);
    return next({ ...input, UserAttributes: writable }, state);
  }),
  'forgets-custom-attributes-in-the-write-list': listing((list) => list?.filter((name) => !name.startsWith('custom:'))),
  'lets-blanks-pass-the-write-list': listing((list, _, { UserAttributes }) =>
    list?.concat(UserAttributes.filter(({ Value }) => Value === '').map(({ Name }) => Name)),
  ),
  'lets-custom-attributes-pass-the-write-list': listing((list, _, input) =>
    list?.concat(namesOf(input).filter((name) => name.startsWith('custom:'))),
  ),
  'wants-custom-attributes-listed': listing(
    (list, { pool }) => list ?? [...pool.schema.keys()].filter((name) => !name.includes(':')),
  ),
  'wants-required-attributes-listed': on('UpdateUserAttributes', async (input, state, next) => {
    const client = bearerOf(state, input.AccessToken)?.client;
    const list = client?.settings.WriteAttributes;
    return next(
      input,
      withAttributes(state, client?.pool, ({ name }) => (list && !list.includes(name) ? { required: false } : {})),
    );
  }),
  'checks-mutability-before-permission': listing((list, { pool }, input) =>
    namesOf(input).some((name) => pool.schema.get(name)?.mutable === false) ? undefined : list,
  ),
  'checks-the-schema-before-permission': listing((list, { pool }, input) =>
    namesOf(input).some((name) => !pool.schema.has(name)) ? undefined : list,
  ),
  'checks-permission-before-the-token': early(assertWritable),
  'checks-the-schema-before-the-token': early(({ pool }, names) => assertKnown(pool, names)),
  'calls-a-forbidden-attribute-a-bad-parameter': on('UpdateUserAttributes', async (input, state, next) => {
    try {
      return await next(input, state);
    } catch (error) {
      const forbidden = error instanceof CognitoError && error.message.startsWith('A client attempted');
      throw forbidden ? invalidParameter(error.message) : error;
    }
  }),
  'binds-administrators-to-the-write-list': on(
    ['AdminUpdateUserAttributes', 'AdminDeleteUserAttributes'],
    async (input, state, next) => {
      const client = subjectOf(state, input)?.user.grants.at(-1)?.client;
      const list = client?.settings.WriteAttributes;
      if (client && list) {
        assertWritable(client, 'UserAttributes' in input ? namesOf(input) : input.UserAttributeNames);
      }
      return next(input, state);
    },
  ),
  'users-write-developer-only-attributes': on('UpdateUserAttributes', async (input, state, next) =>
    next(
      input,
      withAttributes(state, subjectOf(state, input)?.pool, () => ({ developerOnly: false })),
    ),
  ),
  'nobody-writes-developer-only-attributes': on('AdminUpdateUserAttributes', async (input, state, next) => {
    const schema = subjectOf(state, input)?.pool.schema;
    const kept = namesOf(input).find((name) => schema?.get(name)?.developerOnly);
    if (kept) throw invalidParameter(`user.${kept}: Attribute cannot be updated.\n`);
    return next(input, state);
  }),
  'users-verify-themselves': asAdministrator((names) => names.some(isVerifiedFlag)),
  'users-verify-their-phone-number': asAdministrator((names) => names.includes('phone_number_verified')),
  'users-verify-their-new-address': asAdministrator((names) => names.includes('email') && names.some(isVerifiedFlag)),
  'passes-over-a-users-own-flags': on('UpdateUserAttributes', async (input, state, next) =>
    next({ ...input, UserAttributes: input.UserAttributes.filter(({ Name }) => !isVerifiedFlag(Name)) }, state),
  ),
  'administrators-name-the-address-beside-its-flag': on('AdminUpdateUserAttributes', async (input, state, next) => {
    const names = namesOf(input);
    const bare = names.filter(isVerifiedFlag).some((name) => !names.includes(name.replace('_verified', '')));
    if (bare) throw invalidParameter('The address is required to verify it.');
    return next(input, state);
  }),
  'administrators-write-no-flags': on('AdminUpdateUserAttributes', async (input, state, next) => {
    if (namesOf(input).some(isVerifiedFlag)) throw notAuthorized('A client attempted to write unauthorized attribute');
    return next(input, state);
  }),
  'overwrites-sub': aside(
    ({ Name, Value }) => Name === 'sub' && Value !== undefined,
    (user, { Value = '' }) => {
      user.sub = Value;
    },
  ),
  'passes-over-sub': aside(({ Name }) => Name === 'sub'),
  'words-sub-as-any-immutable-attribute': on(updates, async (input, state, next) => {
    if (namesOf(input).includes('sub')) throw invalidParameter('user.sub: Attribute cannot be updated.\n');
    return next(input, state);
  }),
  'stores-what-the-service-manages': aside(isManaged, (user, { Name, Value = '' }) => user.attributes.set(Name, Value)),
  'stores-what-no-schema-has': on(updates, async (input, state, next) => {
    const pool = subjectOf(state, input)?.pool;
    const unknown = namesOf(input).filter((name) => pool && !pool.schema.has(name));
    const all = unknown.map((Name): [string, ReturnType<typeof custom>] => [Name, { ...custom({ Name }), name: Name }]);
    const view: State = withPool(state, pool?.id ?? '', ({ schema }) => ({ schema: new Map([...schema, ...all]) }));
    return next(input, view);
  }),
};
