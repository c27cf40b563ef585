import { jwtsIn } from './jwts.ts';

/** The one place where secrets are taken out: whatever leaves the engine passes through here. */
export interface Redactor {
  /** From now on this value is written as `<label>`; short ones as words of their own alone, unless `anywhere`. */
  hide(secret: unknown, label: string, options?: { anywhere?: boolean }): void;
  /** No secret, but of this run alone: a recording has `<label>` in its place. */
  name(value: unknown, label: string): void;
  /** What was hidden and named so far, here and where it is shared. */
  known(): Known;
  /** A copy of a value without any secret. */
  clean<T>(value: T): T;
}

export interface Known {
  secrets: (readonly [value: string, label: string])[];
  names: (readonly [value: string, label: string])[];
}

/** Members whose text is secret whoever sends them, and how each is named. */
const SECRET_MEMBERS: Record<string, string> = {
  AccessToken: 'AccessToken',
  IdToken: 'IdToken',
  RefreshToken: 'RefreshToken',
  Token: 'Token',
  REFRESH_TOKEN: 'RefreshToken',
  Password: 'Password',
  TemporaryPassword: 'Password',
  PASSWORD: 'Password',
  NEW_PASSWORD: 'Password',
  PreviousPassword: 'Password',
  ProposedPassword: 'Password',
  ClientSecret: 'ClientSecret',
  SecretHash: 'SecretHash',
  SECRET_HASH: 'SecretHash',
  Session: 'Session',
  Code: 'Code',
  ConfirmationCode: 'Code',
  UserCode: 'Code',
  SecretCode: 'Code',
};
const SECRET_HEADERS = new Set(['authorization', 'x-amz-security-token', 'cookie', 'set-cookie']);
/** Shorter secrets (codes) are replaced only as whole words: six digits also occur inside other numbers. */
const WHOLE_WORD_BELOW = 12;
/** Shorter values would tear holes into ordinary text. */
const SHORTEST = 4;

export function createRedactor(parent?: Redactor): Redactor {
  const labels = new Map<string, string>();
  const names = new Map<string, string>();
  /** Longest first: a secret may hold another. */
  let ordered: [form: string, label: string][] | undefined;

  const inWords = new Set<string>();
  const hide: Redactor['hide'] = (secret, label, { anywhere = false } = {}) => {
    if (typeof secret !== 'string' || secret.length < SHORTEST || labels.has(secret)) return;
    labels.set(secret, label);
    if (anywhere) inWords.add(label);
    ordered = undefined;
  };
  const forms = (): [form: string, label: string][] =>
    (ordered ??= [...labels]
      .flatMap(([secret, label]) =>
        [...new Set([secret, inJson(secret)])].map((form): [string, string] => [form, label]),
      )
      .sort(([one], [other]) => other.length - one.length));
  const cleanText = (text: string): string => {
    const known = forms();
    const shortest = known.at(-1)?.[0].length ?? Infinity;
    let clean = text;
    // Most texts are names of members and headers.
    for (const [form, label] of text.length < shortest ? [] : known) {
      if (clean.includes(form))
        clean = clean.replaceAll(
          form.length < WHOLE_WORD_BELOW && !inWords.has(label) ? wholeWord(form) : form,
          () => `<${label}>`,
        );
    }
    return clean.includes('eyJ') ? withoutJwts(clean) : clean;
  };
  const everywhere = (text: string): string => (parent ? parent.clean(cleanText(text)) : cleanText(text));
  const walk = (value: unknown, member = ''): unknown => {
    if (typeof value === 'string') return SECRET_HEADERS.has(member.toLowerCase()) ? `<${member}>` : everywhere(value);
    if (Array.isArray(value)) {
      const [name, content] = value as unknown[];
      const isHeader = value.length === 2 && typeof name === 'string' && SECRET_HEADERS.has(name.toLowerCase());
      return isHeader && typeof content === 'string' ? [name, `<${name}>`] : value.map((item) => walk(item));
    }
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [everywhere(name), walk(inner, name)]));
  };
  return {
    hide,
    name: (value, label) => {
      if (typeof value === 'string' && value !== '' && !names.has(value)) names.set(value, label);
    },
    known: () => {
      const shared = parent?.known();
      return {
        secrets: [...labels, ...(shared?.secrets ?? [])],
        names: [...names, ...(shared?.names ?? [])],
      };
    },
    clean: <T>(value: T) => walk(value) as T,
  };
}

/** No answer has more: each is looked for in all that is told. */
const MOST_OF_AN_ANSWER = 50;

/** Hides every secret member of a request or answer. */
export function hideMembers(value: unknown, redactor: Redactor, owner = ''): void {
  let left = MOST_OF_AN_ANSWER;
  const walk = (outer: unknown): void => {
    if (typeof outer !== 'object' || outer === null) return;
    for (const [name, inner] of Object.entries(outer)) {
      if (typeof inner === 'object') {
        // Holds words such as "hours" under the names of tokens.
        if (name !== 'TokenValidityUnits') walk(inner);
        continue;
      }
      const label = Object.hasOwn(SECRET_MEMBERS, name) ? SECRET_MEMBERS[name] : undefined;
      if (label && (typeof inner === 'string' || typeof inner === 'number') && (left -= 1) >= 0) {
        redactor.hide(String(inner), owner ? `${label} of ${owner}` : label);
      }
    }
  };
  walk(value);
}

/** Hides what secret headers say, and the signature in them: some targets echo either. */
export function hideHeaders(headers: Record<string, string>, redactor: Redactor): void {
  for (const [name, value] of Object.entries(headers)) {
    if (!SECRET_HEADERS.has(name.toLowerCase())) continue;
    redactor.hide(value, name);
    redactor.hide(/Signature=(\w+)/.exec(value)?.[1], 'Signature');
  }
}

function withoutJwts(text: string): string {
  let clean = '';
  let end = 0;
  for (const { at, token } of jwtsIn(text)) {
    clean += `${text.slice(end, at)}<token>`;
    end = at + token.length;
  }
  return clean + text.slice(end);
}

/** As it stands inside a JSON text. */
function inJson(secret: string): string {
  return JSON.stringify(secret).slice(1, -1);
}

function wholeWord(text: string): RegExp {
  return new RegExp(`(?<![\\w-])${text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}(?![\\w-])`, 'g');
}
