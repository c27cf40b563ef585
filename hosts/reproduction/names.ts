import { isObject } from '../../engine/answer.ts';
import type { Case, Json, JsonObject } from '../../engine/case.ts';
import { mergePatch } from '../../engine/patch.ts';
import type { TokenKind } from '../../engine/tokens.ts';
import { referencesIn, resolve } from '../../engine/values.ts';
import { nameFor, variable, word } from './shell.ts';

/** What a script knows by the names of its variables. */
export interface Names {
  scope: Record<string, Json>;
  /** Commands that make what the value filled in last reads; to be written before it. */
  before: string[];
  tokenKinds: Readonly<Record<string, TokenKind>>;
}

/** A part of the case with variables in the place of what only a run knows. */
export function fill<T extends Json>(value: T, names: Names): T {
  return resolve(value, names.scope, (computed) => compute(computed, names)) as T;
}

/** The same with a merge patch over it. */
export function fillPatched<T extends Json>(value: T, patch: Json, names: Names): T {
  return mergePatch(fill(value, names), fill(patch, names)) as T;
}

/** The members of something that requests of the case read, longest paths as they stand. */
export function membersRead({ steps }: Pick<Case, 'steps'>, name: string): string[] {
  const sent = steps.map((step) => [step.with, step.headers, step.request, step.control]);
  const paths = referencesIn(sent).filter((path) => path.startsWith(`${name}.`));
  return [...new Set(paths)].map((path) => path.slice(name.length + 1));
}

/** Puts a value in the place of `${path}`. */
export function put(scope: Record<string, Json>, path: string, value: Json): void {
  const [root = '', ...rest] = path.split('.');
  if (rest.length === 0) return void (scope[root] = value);
  const inner = scope[root];
  const members: JsonObject = isObject(inner) ? inner : {};
  scope[root] = members;
  put(members, rest.join('.'), value);
}

function compute(value: JsonObject, names: Names): Json | undefined {
  const { $code, $token, of = 'user', claims } = value;
  if (typeof $code === 'string') return variable(nameFor($code, 'code'));
  if (typeof $token !== 'string') return undefined;
  const made = nameFor(String(of), $token, 'token');
  names.before.push(...tokenCommands(made, $token, String(of), isObject(claims) ? claims : {}, names));
  return variable(made);
}

const FORGED: Readonly<Record<TokenKind['signature'], string>> = {
  broken: '',
  kept: 'kept',
  foreign: 'foreign',
  none: 'none',
  own: 'own',
};

function tokenCommands(
  made: string,
  name: string,
  of: string,
  claims: JsonObject,
  { scope, tokenKinds }: Names,
): string[] {
  const kind = tokenKinds[name];
  const owner = scope[of];
  const good = isObject(owner) ? owner['AccessToken'] : undefined;
  if (kind === undefined || typeof good !== 'string') return [];
  const about = `# ${made}: ${kind.about}`;
  if (kind.signature === 'broken') {
    return [about, `${made}=$(printf %s ${word(good)} | sed 's/.\\{10\\}\\(.\\{20\\}\\)$/AAAAAAAAAA\\1/')`];
  }
  const changed = { ...(resolve(kind.claims ?? {}, scope) as JsonObject), ...claims };
  const words = [good, JSON.stringify(changed), JSON.stringify(kind.shift ?? {})].map(word);
  return [about, `${made}=$(forge ${[FORGED[kind.signature], ...words].join(' ')})`];
}
