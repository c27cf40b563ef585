import type { Json, JsonObject } from './case.ts';
import { isObject } from './answer.ts';

/** What `${...}` reads: fixtures, saved answers, `unique`, `row`, `target`. */
export type Scope = Readonly<Record<string, Json>>;

/** A case reads what nobody set: a fault of the suite, not of the target. */
export class SuiteFault extends Error {}

/** A case reads a member that something of the target's lacks. */
export class Unset extends Error {}

/** Computes `{"$code": ...}` and `{"$token": ...}`, its members already resolved. */
export type Compute = (value: JsonObject) => Json | undefined;

const REFERENCE = /\$\{([^}]+)\}/g;
const ALONE = /^\$\{([^}]+)\}$/;

/** A copy of a value with every reference and computed value filled in. */
export function resolve(value: Json, scope: Scope, compute: Compute = () => undefined): Json {
  if (typeof value === 'string') return resolveText(value, scope, compute);
  if (Array.isArray(value)) return value.map((item) => resolve(item, scope, compute));
  if (!isObject(value)) return value;
  const resolved: JsonObject = {};
  for (const [name, inner] of Object.entries(value)) resolved[name] = resolve(inner, scope, compute);
  const repeat = resolved['$repeat'];
  if (Array.isArray(repeat)) return String(repeat[0]).repeat(Number(repeat[1]));
  return compute(resolved) ?? resolved;
}

/** Every path that a value reads by `${...}`. */
export function referencesIn(value: unknown): string[] {
  return [...(JSON.stringify(value) ?? '').matchAll(REFERENCE)].map((match) => match[1] ?? '');
}

function resolveText(text: string, scope: Scope, compute: Compute): Json {
  const alone = ALONE.exec(text)?.[1];
  // A row may hold computed values and references of its own.
  if (alone) return settle(lookUp(alone, scope), alone, scope, compute);
  return text.replace(REFERENCE, (_, path: string) => {
    const value = settle(lookUp(path, scope), path, scope, compute);
    return typeof value === 'object' ? JSON.stringify(value) : String(value);
  });
}

const OPERATOR = /"\$\w+":/;

function settle(value: Json, path: string, scope: Scope, compute: Compute): Json {
  if (path.startsWith('row.')) return resolve(value, scope, compute);
  // What a target says must not become a pattern: it could be one that fits whatever it says.
  if (typeof value !== 'object' || !OPERATOR.test(JSON.stringify(value))) return value;
  throw new Unset(`\${${path}} is no value: ${JSON.stringify(value)}`);
}

function lookUp(path: string, scope: Scope): Json {
  let value: Json | undefined = scope as JsonObject;
  for (const part of path.split('.')) {
    if (Array.isArray(value)) value = value[Number(part)];
    else value = isObject(value) && Object.hasOwn(value, part) ? value[part] : undefined;
    if (value !== undefined) continue;
    const [root = ''] = path.split('.');
    const message = `\${${path}} is not set`;
    throw root === 'row' || !Object.hasOwn(scope, root) ? new SuiteFault(message) : new Unset(message);
  }
  return value;
}
