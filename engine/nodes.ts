import { isObject } from './answer.ts';
import { pointerOf } from './positions.ts';

/** Every value in a value, itself first, each with its pointer. */
export function* nodesIn(value: unknown, at = ''): Generator<[at: string, value: unknown]> {
  yield [at, value];
  if (Array.isArray(value)) for (const [index, item] of value.entries()) yield* nodesIn(item, `${at}/${index}`);
  else if (isObject(value))
    for (const [name, inner] of Object.entries(value)) yield* nodesIn(inner, at + pointerOf([name]));
}
