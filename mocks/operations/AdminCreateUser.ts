import { assertUnused, takeOver } from '../aliases.ts';
import { assertFormats, readChanges, refuseAll } from '../attributes.ts';
import { sendMessage } from '../codes.ts';
import { describeUser } from '../describe.ts';
import { invalidParameter } from '../errors.ts';
import type { Input } from '../inputs.ts';
import { misfit } from '../schema.ts';
import { findPool, type Pool, type State, type User } from '../state.ts';
import { attributeList, fold, isEmail, isPhoneNumber, isVerifiedFlag } from '../users.ts';

export function AdminCreateUser(input: Input<'AdminCreateUser'>, state: State) {
  const pool = findPool(state, input.UserPoolId);
  const user = createUser(state, pool, input);
  assertConforming(pool, user.attributes);
  assertFormats(user, user.attributes);
  assertUnused(pool, user, input.ForceAliasCreation ?? false);
  pool.users.set(fold(pool, user.username), user);
  takeOver(pool, user);
  if (input.MessageAction !== 'SUPPRESS') invite(state, pool, user, input.DesiredDeliveryMediums ?? ['SMS']);
  return { User: { ...describeUser(user), Attributes: attributeList(user) } };
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

function invite(state: State, pool: Pool, user: User, mediums: string[]): void {
  for (const medium of mediums) {
    const name = medium === 'EMAIL' ? 'email' : 'phone_number';
    const address = user.attributes.get(name);
    if (address) sendMessage(state, pool, user, name, address, user.password);
  }
}
