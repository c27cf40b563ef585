import type { Json, JsonObject } from '../../engine/case.ts';
import { list } from './page.ts';

/** Members that `${NAME.…}` reads of a fixture, in words. */
const MEMBERS: Record<string, string> = {
  AccessToken: 'the access token',
  IdToken: 'the ID token',
  RefreshToken: 'the refresh token',
  Username: 'the name',
  Password: 'the password',
  UserPoolId: 'the id',
  ClientId: 'the id',
};

/** What a case gives or expects, in words: values and patterns alike. */
export function words(value: Json): string {
  if (typeof value === 'string') return textWords(value);
  if (Array.isArray(value)) return listWords(value);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  return patternWords(value) ?? attributeWords(value) ?? objectWords(value);
}

/** The members of an object, `name: value` each. */
export function memberWords(members: JsonObject): string[] {
  return Object.entries(members).map(([name, value]) => `${name}: ${words(value)}`);
}

function textWords(text: string): string {
  const alone = /^\$\{([^}]+)\}$/.exec(text)?.[1];
  if (alone !== undefined) return referenceWords(alone);
  return named(JSON.stringify(text));
}

/** JSON with its references in words. */
function named(json: string): string {
  return json.replace(/\$\{([^}]+)\}/g, (_, path: string) => `<${referenceWords(path)}>`);
}

function referenceWords(path: string): string {
  const [root = '', ...members] = path.split('.');
  const member = members.join('.');
  if (root === 'unique') return 'ten digits';
  if (root === 'row') return `the row's ${member}`;
  if (root === 'target') return `the target's ${member}`;
  return `${MEMBERS[member] ?? member} of ${root}`;
}

function listWords(items: Json[]): string {
  if (items.length === 0) return 'an empty list';
  return `[${items.map(words).join('; ')}]`;
}

function objectWords(members: JsonObject): string {
  return Object.keys(members).length === 0 ? 'an object' : `{${memberWords(members).join('; ')}}`;
}

/** An item of `UserAttributes`: `nickname = "after"`. */
function attributeWords({ Name, Value, ...others }: JsonObject): string | undefined {
  if (typeof Name !== 'string' || Object.keys(others).length > 0) return undefined;
  const name = Name.includes('${') || Name === '' ? words(Name) : Name;
  if (Value === undefined) return `${name} without a value`;
  return Value === '' ? `${name} = "" (blank)` : `${name} = ${words(Value)}`;
}

function patternWords(value: JsonObject): string | undefined {
  const { $any, $absent, $set, $lines, $jwt, $is, $code, $token, $repeat } = value;
  if ($any !== undefined) return 'anything';
  if ($absent !== undefined) return 'absent';
  if (Array.isArray($set)) return $set.length === 0 ? 'an empty list' : `in any order [${$set.map(words).join('; ')}]`;
  if (Array.isArray($lines)) return `the lines ${list($lines.map(words))}, in any order`;
  if ($jwt !== undefined) return `a token with the claims ${words($jwt)}`;
  if (typeof $is === 'string') return `a ${$is}`;
  if ($is !== undefined) return schemaWords($is as JsonObject);
  if (typeof $code === 'string') return `the code that the step "${$code}" caused`;
  if ($token !== undefined) return tokenWords(value);
  if (Array.isArray($repeat)) return `${words($repeat[0] ?? '')} repeated ${String($repeat[1])} times`;
  return undefined;
}

function schemaWords({ type, pattern, ...others }: JsonObject): string {
  if (Object.keys(others).length === 0 && pattern !== undefined) return `a text that fits ${named(String(pattern))}`;
  if (Object.keys(others).length === 0) return `any ${String(type)}`;
  const schema = { ...(type !== undefined && { type }), ...(pattern !== undefined && { pattern }), ...others };
  return `what ${named(JSON.stringify(schema))} accepts`;
}

function tokenWords({ $token, of, claims }: JsonObject): string {
  const changed = claims === undefined ? '' : `, with the claims ${words(claims)}`;
  return `a token made from the access token of ${String(of ?? 'user')}, ${String($token)}${changed}`;
}
