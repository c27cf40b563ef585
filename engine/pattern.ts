import type { Json, JsonObject } from './case.ts';
import { isObject } from './answer.ts';

/** A JSON Schema whose literals stand apart, so that equal shapes compile once. */
export interface Compiled {
  schema: JsonObject | boolean;
  slots: Json[];
}

/** Named schemas of `{"$is": NAME}`. */
export type NamedSchemas = Readonly<Record<string, JsonObject>>;

/** Turns a pattern, its values already resolved, into a schema over `{ actual, slots }`. */
export function compilePattern(pattern: Json, named: NamedSchemas = {}): Compiled {
  const slots: Json[] = [];
  const slot = (value: Json): JsonObject => ({ const: { $data: `/slots/${slots.push(value) - 1}` } });
  const visit = (node: Json): JsonObject | boolean => {
    if (Array.isArray(node)) return exactArray(node.map(visit));
    if (!isObject(node)) return slot(node);
    if ('$any' in node) return true;
    if ('$absent' in node) return false;
    if ('$set' in node) return { type: 'array', unordered: (node['$set'] as Json[]).map(visit) };
    if ('$lines' in node) return { type: 'array', unordered: (node['$lines'] as Json[]).map(visit) };
    if ('$jwt' in node) return visit(node['$jwt'] ?? {});
    if ('$is' in node) return isSchema(node['$is'] ?? null, named);
    return openObject(node, visit);
  };
  return { schema: visit(pattern), slots };
}

/** Where the pattern reads lines or claims, the actual text is replaced by them. */
export function unfold(pattern: Json, actual: Json | undefined): Json | undefined {
  if (Array.isArray(pattern)) {
    return Array.isArray(actual) ? actual.map((item, index) => unfold(pattern[index] ?? null, item) ?? null) : actual;
  }
  if (!isObject(pattern)) return actual;
  if ('$lines' in pattern) return typeof actual === 'string' ? actual.replace(/\n$/, '').split('\n') : actual;
  if ('$jwt' in pattern) return typeof actual === 'string' ? unfold(pattern['$jwt'] ?? {}, claimsOf(actual)) : actual;
  if (!isObject(actual)) return actual;
  const unfolded: JsonObject = { ...actual };
  for (const [name, inner] of Object.entries(pattern)) {
    if (Object.hasOwn(actual, name)) unfolded[name] = unfold(inner, actual[name]) ?? null;
  }
  return unfolded;
}

/** The payload of a JWT, or the text itself where it is none. */
export function claimsOf(token: string): Json {
  try {
    return JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString('utf8')) as Json;
  } catch {
    return token;
  }
}

function exactArray(items: (JsonObject | boolean)[]): JsonObject {
  const size = { minItems: items.length, maxItems: items.length };
  return items.length === 0 ? { type: 'array', ...size } : { type: 'array', prefixItems: items, ...size };
}

function openObject(node: JsonObject, visit: (inner: Json) => JsonObject | boolean): JsonObject {
  const properties: JsonObject = {};
  const required: string[] = [];
  for (const [name, inner] of Object.entries(node)) {
    properties[name] = visit(inner);
    if (mustBeThere(inner)) required.push(name);
  }
  return { type: 'object', properties, required };
}

/** `$any` and `$absent` hold for a member that is not there; so does a schema given without a type. */
export function mustBeThere(pattern: Json): boolean {
  if (!isObject(pattern)) return true;
  if ('$any' in pattern || '$absent' in pattern) return false;
  const schema = pattern['$is'];
  return schema === undefined || typeof schema === 'string' || (isObject(schema) && 'type' in schema);
}

function isSchema(given: Json, named: NamedSchemas): JsonObject {
  if (typeof given !== 'string') return isObject(given) ? given : {};
  const schema = named[given];
  if (!schema) throw new Error(`no schema "${given}" for $is; there are ${Object.keys(named).join(', ') || 'none'}`);
  return schema;
}
