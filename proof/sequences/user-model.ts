/**
 * What the sentences of `specs/` say that a user's attributes become, as small as it can be said and without a look at
 * the mock. Where no sentence decides, the model does: such a request is not sent (`undecided`).
 */

export const contacts = ['email', 'phone_number'] as const;
export type Contact = (typeof contacts)[number];

export interface PoolPlan {
  /** Verified automatically, and of these what is verified before it is stored. */
  auto: readonly Contact[];
  early: readonly Contact[];
  /** What signs in besides, or in place of, the user name. */
  name?: Contact | undefined;
  alias?: Contact | 'preferred_username' | undefined;
  anyCase: boolean;
  sms: boolean;
  /** A function of the pool words its messages. */
  asks: boolean;
  required: boolean;
  write?: readonly string[] | undefined;
  read?: readonly string[] | undefined;
}

export interface Code {
  contact: Contact;
  value: string;
  text: string;
  expires: number;
  /** Nothing says whether it is still good. */
  doubtful: boolean;
}

export interface Session {
  tokens: { text: string; expires: number }[];
  refresh: string;
  ended: boolean;
}

export interface Person {
  username: string;
  sub: string;
  password: string;
  enabled: boolean;
  /** Without `sub`, and without flags that are not true. */
  attributes: Map<string, string>;
  codes: Code[];
  sessions: Session[];
  /** When a code was asked for and sent, and when one was tried. */
  asked: number[];
  tried: number[];
}

export interface World {
  plan: PoolPlan;
  now: number;
  /** Whether the function throws now. */
  throwing: boolean;
  people: Person[];
}

export interface Sent {
  contact: Contact;
  to: string;
}

/** Why something has to be refused, or what it changes and sends. */
export type Move = { refused: string } | { sends: Sent[] } | 'undecided';

/** The function throws in the place of sending: the call fails, nothing is sent, and what was written stays. */
export const fails = ({ plan, throwing }: World, move: { sends: Sent[] }): boolean =>
  plan.asks && throwing && move.sends.length > 0;

export const HOUR = 3_600_000;
export const long = 'x'.repeat(2049);

export const flagOf = (contact: Contact): string => `${contact}_verified`;
const isFlag = (name: string): boolean => contacts.some((contact) => flagOf(contact) === name);
export const isContact = (name: string): name is Contact => (contacts as readonly string[]).includes(name);
const fold = ({ anyCase }: PoolPlan, text: string): string => (anyCase ? text.toLowerCase() : text);

export type Changes = readonly (readonly [name: string, value: string | null])[];

/** A user through a token, or an administrator, writes attributes. */
export function update(world: World, person: Person, by: 'user' | 'admin', list: Changes): Move {
  const { plan, people } = world;
  const names = list.map(([name]) => name);
  const forbidden = by === 'user' ? unwritable(plan, names) : undefined;
  if (forbidden !== undefined) return { refused: forbidden };
  for (const [name, value] of list) {
    if (name === 'sub') return { refused: 'sub' };
    if (value === null) return { refused: `${name} without a value` };
    if (value === long) return { refused: `${name} is too long` };
  }
  const changes = new Map(list as readonly (readonly [string, string])[]);
  for (const [name, value] of changes) {
    const reason = unfit(plan, name, value);
    if (reason !== undefined) return { refused: reason };
    if (value !== '' && isUniqueAtOnce(plan, name) && value !== person.attributes.get(name)) {
      const others = people.filter((other) => other !== person && holds(plan, other, name, value));
      if (others.length > 0) return { refused: `${name} is another's` };
    }
  }
  if (contacts.some((contact) => isUndecided(plan, person, contact, changes))) return 'undecided';
  const sends: Sent[] = [];
  for (const [name, value] of changes) {
    if (isFlag(name)) setFlag(person, name, value === 'true');
    else if (value === '') erase(person, name);
    else if (!isContact(name)) person.attributes.set(name, value);
    else if (changes.has(flagOf(name))) store(person, name, value);
    else if (value !== person.attributes.get(name)) sends.push(...change(plan, person, name, value));
  }
  if (by === 'admin') takeOver(world, person);
  return { sends };
}

export function remove({ plan }: World, person: Person, by: 'user' | 'admin', names: readonly string[]): Move {
  const forbidden = by === 'user' ? unwritable(plan, names) : undefined;
  if (forbidden !== undefined) return { refused: forbidden };
  for (const name of names) {
    const reason = name === 'sub' ? 'sub' : unfit(plan, name, '');
    if (reason !== undefined) return { refused: reason };
  }
  if (names.some((name) => isFlag(name) || name === plan.name)) return 'undecided';
  for (const name of names) erase(person, name);
  return { sends: [] };
}

/** A code for the stored address. */
export function ask({ plan, now, throwing }: World, person: Person, attribute: string): Move {
  if (!isContact(attribute)) return { refused: `${attribute} is no contact` };
  const to = person.attributes.get(attribute);
  if (to === undefined) return { refused: 'no such address' };
  if (attribute === 'phone_number' && !plan.sms) return { refused: 'no SMS' };
  if (person.asked.filter((at) => now - at < HOUR).length >= 5) return { refused: 'five codes an hour' };
  // Whether a code counts that could not be sent is not known.
  if (plan.asks && throwing) return 'undecided';
  person.asked.push(now);
  person.codes = person.codes.filter(({ contact, value }) => contact !== attribute || value !== to);
  return { sends: [{ contact: attribute, to }] };
}

export function verify({ plan, now, people }: World, person: Person, attribute: string, text: string): Move {
  if (!isContact(attribute)) return { refused: `${attribute} is no contact` };
  if (person.tried.filter((at) => now - at < HOUR).length >= 15) return 'undecided';
  person.tried.push(now);
  const code = person.codes.find((one) => one.contact === attribute && one.text === text);
  if (!code) return { refused: 'no code of this address' };
  if (now >= code.expires) return { refused: 'a day has passed' };
  if (code.doubtful) return 'undecided';
  const { value } = code;
  const others = people.filter((other) => other !== person && holds(plan, other, attribute, value));
  const owned = isUniqueAtOnce(plan, attribute) ? others : others.filter((other) => isVerified(other, attribute));
  if (owned.length > 0 && (attribute === plan.name || attribute === plan.alias)) {
    code.doubtful = true;
    return { refused: "the address is another's" };
  }
  const rest = person.codes.filter((other) => other !== code);
  const isPromoted = value !== person.attributes.get(attribute);
  person.codes = rest.filter(({ contact }) => !isPromoted || contact !== attribute);
  for (const other of person.codes) if (other.contact === attribute) other.doubtful = true;
  person.attributes.set(attribute, value);
  setFlag(person, flagOf(attribute), true);
  return { sends: [] };
}

/** Whom a name signs in. */
export function signsIn({ plan, people }: World, name: string): Person | undefined {
  const known = (person: Person, attribute: string): boolean => holds(plan, person, attribute, name);
  return people.find(
    (person) =>
      (plan.name === undefined && fold(plan, person.username) === fold(plan, name)) ||
      (plan.name !== undefined && known(person, plan.name)) ||
      (plan.alias !== undefined &&
        known(person, plan.alias) &&
        (!isContact(plan.alias) || isVerified(person, plan.alias))),
  );
}

export function isGood({ now }: World, { enabled, sessions }: Person, token: string): boolean {
  return (
    enabled &&
    sessions.some(({ ended, tokens }) => !ended && tokens.some(({ text, expires }) => text === token && now < expires))
  );
}

export const isVerified = ({ attributes }: Person, contact: Contact): boolean =>
  attributes.get(flagOf(contact)) === 'true';

export const holds = (plan: PoolPlan, { attributes }: Person, name: string, value: string): boolean =>
  fold(plan, attributes.get(name) ?? '') === fold(plan, value);

function unwritable({ write, required }: PoolPlan, names: readonly string[]): string | undefined {
  const free = (name: string): boolean =>
    !isFlag(name) && (write === undefined || write.includes(name) || (required && name === 'family_name'));
  const found = names.find((name) => !free(name));
  return found === undefined ? undefined : `${found} may not be written by a user`;
}

/** Why the schema has no place for a value; a blank one deletes. */
function unfit({ required }: PoolPlan, name: string, value: string): string | undefined {
  const known = ['custom:team', 'custom:age', 'family_name', 'nickname', 'preferred_username'];
  if (name === 'custom:badge') return 'badge is immutable';
  if (isFlag(name)) return undefined;
  if (!isContact(name) && !known.includes(name)) return `${name} is unknown`;
  if (value === '') return required && name === 'family_name' ? 'family_name is required' : undefined;
  const wanted: Record<string, RegExp> = {
    'custom:team': /^.{3,20}$/u,
    'custom:age': /^(\d|[1-9]\d|1[0-4]\d|150)$/,
    email: /^[^@ ]+@[^@ ]+\.[^@ ]+$/,
    phone_number: /^\+\d{2,15}$/,
  };
  return wanted[name]?.test(value) === false ? `${name} is malformed` : undefined;
}

/** What nothing is known of: flags without an address, lowered beside one or set while a change waits. */
function isUndecided(plan: PoolPlan, person: Person, contact: Contact, changes: ReadonlyMap<string, string>): boolean {
  const value = changes.get(contact);
  const flag = changes.get(flagOf(contact));
  if (value === '' && (flag !== undefined || contact === plan.name)) return true;
  const waits = person.codes.some((code) => code.contact === contact && code.value !== person.attributes.get(contact));
  if (flag !== undefined && value === undefined) return waits || !person.attributes.has(contact);
  if (flag === 'false') return true;
  return waits && value !== undefined && value === person.attributes.get(contact);
}

const isUniqueAtOnce = ({ name, alias }: PoolPlan, attribute: string): boolean =>
  attribute === name || (attribute === 'preferred_username' && attribute === alias);

function change({ auto, early }: PoolPlan, person: Person, contact: Contact, to: string): Sent[] {
  if (early.includes(contact)) dropCodes(person, contact);
  else {
    store(person, contact, to);
    setFlag(person, flagOf(contact), false);
  }
  return auto.includes(contact) ? [{ contact, to }] : [];
}

function store(person: Person, contact: Contact, value: string): void {
  dropCodes(person, contact);
  person.attributes.set(contact, value);
}

function erase(person: Person, name: string): void {
  person.attributes.delete(name);
  if (!isContact(name)) return;
  setFlag(person, flagOf(name), false);
  dropCodes(person, name);
}

function setFlag({ attributes }: Person, flag: string, isTrue: boolean): void {
  if (isTrue) attributes.set(flag, 'true');
  else attributes.delete(flag);
}

function dropCodes(person: Person, contact: Contact): void {
  person.codes = person.codes.filter((code) => code.contact !== contact);
}

/** A verified alias given to one by an administrator is unverified for the other. */
function takeOver({ plan, people }: World, person: Person): void {
  const { alias } = plan;
  if (alias === undefined || !isContact(alias) || !isVerified(person, alias)) return;
  const value = person.attributes.get(alias) ?? '';
  for (const other of people) {
    if (other !== person && holds(plan, other, alias, value)) setFlag(other, flagOf(alias), false);
  }
}
