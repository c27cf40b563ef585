import { assertFree, takeOver } from './aliases.ts';
import { dropCodes, sendCodes, type Delivery } from './codes.ts';
import { invalidParameter } from './errors.ts';
import { misfit } from './schema.ts';
import type { Pool, State, User } from './state.ts';
import type { Occasion } from './triggers.ts';
import { isContact, isEmail, isPhoneNumber, isVerifiedFlag } from './users.ts';

export type Changes = ReadonlyMap<string, string>;

/** Reads the attributes a request lists, and refuses what no pool could accept. */
export function readChanges(list: { Name: string; Value?: string | undefined }[]): Changes {
  assertNotSub(list.map(({ Name }) => Name));
  return new Map(
    list.map(({ Name, Value }) => {
      if (Value === undefined) throw invalidParameter(`Attribute value for ${Name} must not be null`);
      return [Name, Value];
    }),
  );
}

/** Checks everything, then writes everything, and only then sends what codes the pool asks for. */
export async function updateAttributes(
  state: State,
  pool: Pool,
  user: User,
  changes: Changes,
  occasion: Omit<Occasion, 'source'>,
): Promise<Delivery[]> {
  refuseAll(
    '',
    [...changes].map(([name, value]) => [`user.${name}`, refusal(pool, name, value)]),
  );
  assertFormats(changes);
  assertFree(pool, user, changes);
  const addresses = [...changes].filter(([name, value]) => write(pool, user, changes, name, value));
  takeOver(pool, user);
  user.modified = state.now();
  return sendCodes(state, pool, user, addresses, { ...occasion, source: 'UpdateUserAttribute' });
}

export function deleteAttributes(state: State, pool: Pool, user: User, names: string[]): void {
  assertNotSub(names);
  refuseAll(
    'Invalid user attributes: ',
    names.map((name) => [`user.${name}`, refusal(pool, name, '')]),
  );
  for (const name of names) erase(user, name);
  user.modified = state.now();
}

/** One message for all that the schema refuses, a line each. */
export function refuseAll(lead: string, reasons: [name: string, reason: string | undefined][]): void {
  const lines = reasons.flatMap(([name, reason]) => (reason ? `${name}: ${reason}\n` : []));
  if (lines.length > 0) throw invalidParameter(lead + lines.join(''));
}

/** What concerns addresses comes after the schema, in words of its own. */
export function assertFormats(changes: Changes): void {
  const { email = '', phone_number: phone = '' } = Object.fromEntries(changes);
  if (email && !isEmail(email)) throw invalidParameter('Invalid email address format.');
  if (phone && !isPhoneNumber(phone)) throw invalidParameter('Invalid phone number format.');
}

function assertNotSub(names: string[]): void {
  if (names.includes('sub')) throw invalidParameter('Cannot modify the non-mutable attribute sub');
}

/** Why the schema refuses a change; a blank value deletes, so that no bound applies to it. */
function refusal(pool: Pool, name: string, value: string): string | undefined {
  const attribute = pool.schema.get(name);
  if (!attribute) return 'Attribute does not exist in the schema.';
  if (!attribute.mutable) return 'Attribute cannot be updated.';
  if (value === '') return attribute.required ? 'Required attribute cannot be deleted.' : undefined;
  return misfit(attribute, value);
}

/** Whether a code has to prove the value. */
function write(pool: Pool, user: User, changes: Changes, name: string, value: string): boolean {
  if (value === '') erase(user, name);
  else if (isVerifiedFlag(name)) user.attributes.set(name, value.toLowerCase());
  else if (!isContact(name)) user.attributes.set(name, value);
  else if (changes.has(`${name}_verified`)) store(user, name, value);
  else if (value !== user.attributes.get(name)) return changeAddress(pool, user, name, value);
  return false;
}

function changeAddress(pool: Pool, user: User, name: string, value: string): boolean {
  const { AutoVerifiedAttributes = [], UserAttributeUpdateSettings: update } = pool.settings;
  const automatic = AutoVerifiedAttributes.includes(name);
  const flag = `${name}_verified`;
  if (update?.AttributesRequireVerificationBeforeUpdate?.includes(name)) {
    dropCodes(user, name);
  } else {
    store(user, name, value);
    if (automatic || user.attributes.has(flag)) user.attributes.set(flag, 'false');
  }
  return automatic;
}

/** No change of an address that is still pending outlives it. */
function store(user: User, name: string, value: string): void {
  dropCodes(user, name);
  user.attributes.set(name, value);
}

function erase(user: User, name: string): void {
  user.attributes.delete(name);
  if (!isContact(name)) return;
  user.attributes.delete(`${name}_verified`);
  dropCodes(user, name);
}
