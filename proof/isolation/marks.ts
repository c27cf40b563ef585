import type { HttpRequest, HttpResponse } from '../../engine/target.ts';

/** What belongs to one case and no other, and all that every case met. */
export interface Marks {
  own(owner: string, kind: Kind, mark: string): void;
  /** Takes what comes into being in an exchange for the case's own. */
  exchanged(owner: string, request: HttpRequest, response: HttpResponse): void;
  /** Anything that a case sent, was answered or read. */
  met(owner: string, value: unknown): void;
  ownerOf(text: string): string | undefined;
  count(): Record<Kind, number>;
  /** Who met what of whom. */
  foreign(): string[];
}

const kinds = ['digits', 'sub', 'password', 'token', 'code'] as const;
type Kind = (typeof kinds)[number];

const TOKEN = /\beyJ[\w-]+(?:\.[\w-]*)+/g;
const UUID = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g;
const PASSWORD = /\bPw-[\w-]{16}-9z\b/g;
const CODE = /(?<![\w-])\d{6}(?![\w-])/g;

export function ownMarks(): Marks {
  const owners = new Map<string, { owner: string; kind: Kind }>();
  const texts: [owner: string, text: string][] = [];
  const own = (owner: string, kind: Kind, mark: string): void => void owners.set(mark, { owner, kind });
  const met = (owner: string, value: unknown): void => void texts.push([owner, JSON.stringify(value) ?? '']);
  return {
    own,
    met,
    exchanged: (owner, request, response) => {
      met(owner, [request, response]);
      const operation = request.headers['x-amz-target']?.replace(/^.*\./, '');
      const [sent = '', came] = [request.body, response.body];
      const one = (kind: Kind, text: string, pattern: RegExp): void =>
        text.match(pattern)?.forEach((mark) => own(owner, kind, mark));
      if (operation === 'AdminCreateUser' && response.status === 200) one('sub', came, UUID);
      if (operation === 'AdminSetUserPassword') one('password', sent, PASSWORD);
      if (operation === 'InitiateAuth') one('token', came, TOKEN);
    },
    ownerOf: (text) => marksIn(text).flatMap((mark) => owners.get(mark)?.owner ?? [])[0],
    count: () => {
      const all = [...owners.values()];
      const counts = kinds.map((kind) => [kind, all.filter((one) => one.kind === kind).length]);
      return Object.fromEntries(counts) as Record<Kind, number>;
    },
    foreign: () => {
      const found = texts.flatMap(([owner, text]) =>
        marksIn(text).flatMap((mark) => {
          const one = owners.get(mark);
          return one && one.owner !== owner ? [`${owner}: ${one.kind} of ${one.owner}`] : [];
        }),
      );
      return [...new Set(found)].sort();
    },
  };
}

/** All in a text that may be somebody's mark, claims of tokens included. */
function marksIn(text: string): string[] {
  // The escapes of JSON within JSON would stick to words.
  const plain = text.replace(/\\+[nrt]?/g, ' ');
  const tokens = plain.match(TOKEN) ?? [];
  const claims = tokens
    .map((token) => Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('latin1'))
    .join(' ');
  const open = `${plain.replace(TOKEN, ' ')} ${claims}`;
  const uuids = open.match(UUID) ?? [];
  const passwords = open.match(PASSWORD) ?? [];
  const rest = open.replace(UUID, ' ').replace(PASSWORD, ' ');
  const digits = [...rest.matchAll(/(?=(\d{10}))/g)].map(([, ten = '']) => ten);
  return [...tokens, ...uuids, ...passwords, ...digits, ...(rest.match(CODE) ?? [])];
}
