import { assertUnused, takeOver } from '../aliases.ts';
import { assertFormats, readChanges, refuseAll } from '../attributes.ts';
import { assertSendable, sendMessage } from '../codes.ts';
import { describeUser } from '../describe.ts';
import { invalidParameter } from '../errors.ts';
import type { Input } from '../inputs.ts';
import { misfit } from '../schema.ts';
import { findPool, type Pool, type State, type User } from '../state.ts';
import { attributeList, fold, isEmail, isPhoneNumber, isVerifiedFlag } from '../users.ts';

export async function AdminCreateUser(input: Input<'AdminCreateUser'>, state: State) {
  const pool = findPool(state, input.UserPoolId);
  const user = newUser(state, pool, input);
  const invitations = invitationsOf(user, input);
  for (const [name] of invitations) assertSendable(pool, name);
  admit(pool, user);
  const occasion = { source: 'AdminCreateUser', clientMetadata: input.ClientMetadata } as const;
  for (const [name, to] of invitations) await sendMessage(state, pool, user, name, to, user.password, occasion);
  return { User: { ...describeUser(user), Attributes: attributeList(user) } };
}

/** A user whom the pool would admit. */
export function newUser(state: State, pool: Pool, input: Input<'AdminCreateUser'>): User {
  const user = createUser(state, pool, input);
  assertConforming(pool, user.attributes);
  assertFormats(user.attributes);
  assertUnused(pool, user, input.ForceAliasCreation ?? false);
  return user;
}

export function admit(pool: Pool, user: User): void {
  pool.users.set(fold(pool, user.username), user);
  takeOver(pool, user);
}

function createUser(state: State, pool: Pool, input: Input<'AdminCreateUser'>): User {
  const sub = crypto.randomUUID();
  const address = addressKind(pool, input.Username);
  const given = [...readChanges(input.UserAttributes ?? [])].filter(([, value]) => value !== '');
  const attributes = new Map(given.map(([name, value]) => [name, isVerifiedFlag(name) ? value.toLowerCase() : value]));
  if (address) attributes.set(address, input.Username);
  const now = state.now();
  return {
    username: address ? sub : input.Username,
    sub,
    attributes,
    password: input.TemporaryPassword ?? `Aa1!${crypto.randomUUID()}`,
    status: 'FORCE_CHANGE_PASSWORD',
    enabled: true,
    created: now,
    modified: now,
    codes: [],
    grants: [],
    counted: [],
  };
}

/** Which attribute the given user name is, in a pool whose users are named by an address. */
function addressKind(pool: Pool, name: string): string | undefined {
  const { UsernameAttributes, AliasAttributes = [] } = pool.settings;
  if (!UsernameAttributes) {
    if (!AliasAttributes.includes('email') || !isEmail(name)) return undefined;
    throw invalidParameter('Username cannot be of email format, since user pool is configured for email alias.');
  }
  if (UsernameAttributes.includes('email') && isEmail(name)) return 'email';
  if (UsernameAttributes.includes('phone_number') && isPhoneNumber(name)) return 'phone_number';
  const kinds = { email: 'an email', phone_number: 'a phone number' };
  const [first, second] = UsernameAttributes.map((kind) => kinds[kind as keyof typeof kinds]);
  throw invalidParameter(`Username should be ${second ? 'either an email or a phone number' : first}.`);
}

function assertConforming(pool: Pool, attributes: Map<string, string>): void {
  const missing = [...pool.schema.values()].filter(
    ({ name, required }) => required && name !== 'sub' && !attributes.has(name),
  );
  const unfit = [...attributes].map(([name, value]): [string, string | undefined] => {
    const attribute = pool.schema.get(name);
    return [name, attribute ? misfit(attribute, value) : 'Attribute does not exist in the schema.'];
  });
  refuseAll('Attributes did not conform to the schema: ', [
    ...missing.map(({ name }): [string, string] => [name, 'The attribute is required']),
    ...unfit,
  ]);
}

/** To which addresses a new user's temporary password goes. */
function invitationsOf({ attributes }: User, input: Input<'AdminCreateUser'>): [name: string, address: string][] {
  if (input.MessageAction === 'SUPPRESS') return [];
  const mediums = input.DesiredDeliveryMediums ?? ['SMS'];
  const names = mediums.map((medium) => (medium === 'EMAIL' ? 'email' : 'phone_number'));
  return names.flatMap((name) => {
    const address = attributes.get(name);
    return address ? [[name, address]] : [];
  });
}
