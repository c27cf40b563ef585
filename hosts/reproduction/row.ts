import { isObject } from '../../engine/answer.ts';
import type { Json, JsonObject } from '../../engine/case.ts';

/** A part of a case with the values of its row in place. What they read, and what is computed within a text, is left. */
export function withRow<T>(part: T, row: JsonObject | undefined): T {
  return row === undefined ? part : (filled(part as Json, row) as T);
}

function filled(value: Json, row: JsonObject): Json {
  if (typeof value === 'string') {
    const alone = /^\$\{row\.(\w+)\}$/.exec(value)?.[1];
    if (alone !== undefined) return lookUp(alone, row);
    return value.replaceAll(/\$\{row\.(\w+)\}/g, (reference, name: string) => {
      const inner = lookUp(name, row);
      return isObject(inner) ? reference : String(inner);
    });
  }
  if (Array.isArray(value)) return value.map((item) => filled(item, row));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, filled(inner, row)]));
}

function lookUp(name: string, row: JsonObject): Json {
  const value = row[name];
  if (value === undefined) throw new Error(`the row has no ${name}`);
  return value;
}
