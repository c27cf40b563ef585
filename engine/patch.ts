import type { Json } from './case.ts';
import { isObject } from './answer.ts';

/** JSON merge patch (RFC 7396): members of the patch replace, `null` removes, arrays replace whole. */
export function mergePatch(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch;
  const merged = isObject(target) ? { ...target } : {};
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = mergePatch(merged[name], value);
  }
  return merged;
}
