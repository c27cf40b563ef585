import type { Json, JsonObject } from '../../engine/case.ts';
import { isObject } from '../../engine/answer.ts';
import { jwtsIn } from '../../engine/jwts.ts';
import { createRedactor, hideMembers, type Known } from '../../engine/redact.ts';
import type { Entry, Label } from './recording.ts';

const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
const ACCOUNT = /\barn:aws[\w-]*:[\w-]*:[\w-]*:(\d{12})\b/g;
const LONGEST_FORM = 64;

/** Members of answers that hold ids, by what they are called where nothing better is known. */
const IDS: Readonly<Record<string, string>> = {
  UserPoolId: 'pool.UserPoolId',
  ClientId: 'client.ClientId',
  UserSub: 'sub',
};

/** Entries without a secret or an id of the run: the same thing under the same label, different things under different ones. */
export function labelled(entries: readonly Entry[], known: Known): { labels: Record<string, Label>; entries: Entry[] } {
  const text = textsIn(entries).join('\n');
  const redactor = createRedactor();
  const values = new Map<string, string>();
  const taken = new Set<string>();
  const add = (value: string, wanted: string, isName = false): void => {
    if (values.has(value)) return;
    let label = wanted;
    // A text that happens to look like a label is none.
    for (let n = 2; taken.has(label) || text.includes(`<${label}>`); n += 1) label = `${wanted} ${n}`;
    taken.add(label);
    values.set(value, label);
    redactor.hide(value, label, { anywhere: isName });
  };
  const bodies = createRedactor();
  for (const entry of entries) for (const body of bodiesOf(entry)) hideMembers(body, bodies);
  const isThere = (value: string): boolean => text.includes(value) || text.includes(JSON.stringify(value).slice(1, -1));
  for (const [value, label] of known.names) if (isThere(value)) add(value, label, true);
  for (const [value, label] of [...known.secrets, ...bodies.known().secrets]) if (isThere(value)) add(value, label);
  for (const { token } of jwtsIn(text)) add(token, 'token');
  for (const entry of entries)
    for (const body of bodiesOf(entry)) nameIds(body, (value, label) => add(value, label, true));
  // Ids that stand in tokens alone are told by what the labels of tokens say.
  const within = [...values.keys()].flatMap((value) => partsOf(value) ?? []).map((part) => JSON.stringify(part));
  for (const [id] of [text, ...within].join('\n').matchAll(UUID)) add(id, 'id', true);
  for (const [, account = ''] of text.matchAll(ACCOUNT)) add(account, 'account', true);

  const cleaned = redactor.clean(entries) as Entry[];
  const found = [...values].map(([value, label]): [string, Label] => {
    const token = partsOf(value);
    return [label, token ? redactor.clean(token) : { form: formOf(value, label) }];
  });
  // Headers that are secret as a whole have no label of ours.
  const written = JSON.stringify([cleaned, found.map(([, label]) => label)]);
  return { labels: Object.fromEntries(found.filter(([label]) => written.includes(`<${label}>`))), entries: cleaned };
}

/** Digits and letters are the run's own; of an id of a pool the region is not, and a UUID stays one of its kind. */
function formOf(value: string, label: string): string {
  if (/^pool\.UserPoolId/.test(label)) return value.replace(/[^_]*$/, (id) => id.replace(/[a-z0-9]/gi, '#'));
  if (label === 'run') return value.replace(/[^-]*$/, (id) => id.replace(/[a-z0-9]/g, '#'));
  if (value.match(UUID)?.[0] === value) {
    const form = value.replace(/[0-9a-f]/gi, '#');
    return `${form.slice(0, 14)}4${form.slice(15, 19)}8${form.slice(20)}`;
  }
  return value.slice(0, LONGEST_FORM).replace(/[^\W_]/g, '#');
}

/** What a JWT says; undefined for what is none. */
function partsOf(value: string): { header: JsonObject; claims: JsonObject } | undefined {
  const [header, claims] = value.split('.').map(decoded);
  return isObject(header) && isObject(claims) ? { header, claims } : undefined;
}

function decoded(part: string): Json | undefined {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8')) as Json;
  } catch {
    return undefined;
  }
}

function nameIds(value: unknown, name: (value: string, label: string) => void): void {
  if (typeof value !== 'object' || value === null) return;
  if (!Array.isArray(value)) {
    const { Name, Value, UserPool } = value as Record<string, unknown>;
    if (Name === 'sub' && typeof Value === 'string' && Value !== '') name(Value, 'sub');
    if (isObject(UserPool) && typeof UserPool['Id'] === 'string') name(UserPool['Id'], 'pool.UserPoolId');
  }
  for (const [member, inner] of Object.entries(value)) {
    const label = Object.hasOwn(IDS, member) ? IDS[member] : undefined;
    // Shorter ones are what a case sends on purpose, and would tear holes into ordinary text.
    if (label && typeof inner === 'string') {
      if (inner.length >= 8) name(inner, label);
    } else nameIds(inner, name);
  }
}

function bodiesOf(entry: Entry): unknown[] {
  if ('read' in entry) return [entry.found];
  return [entry.request.body, entry.response?.body].map((body) => {
    try {
      return JSON.parse(body ?? 'null') as unknown;
    } catch {
      return undefined;
    }
  });
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [name, ...textsIn(inner)]);
}
