import type { Json, JsonObject } from './case.ts';
import { isObject } from './answer.ts';
import { unknown } from './lint-references.ts';
import type { Place } from './lint.ts';
import { isRefusal } from './lint-steps.ts';
import { unmodelledIn } from './shapes.ts';
import type { Suite } from './suite.ts';

const WORDS = ['$any', '$absent', '$set', '$lines', '$jwt', '$is', '$code', '$token', '$repeat'];

/** A misspelt member makes a refusal that refuses something else, or a check that nothing can fail. */
export function membersExist({ source, suite, vocabulary }: Place): string[] {
  return source.steps.flatMap((step) => {
    const { call = '', with: input = {}, expect, should } = step;
    const known = suite.operations[call]?.input ?? Object.keys(input);
    const bodies = isRefusal(step) ? [] : [expect?.body, should?.body];
    const strange = bodies.flatMap((body) => unmodelledIn(suite.shapes[call], skeleton(body ?? null)));
    return [
      ...Object.keys(input).flatMap((member) => unknown(`member of the input of ${call}`, member, known)),
      ...[...new Set(strange.map(lastOf))].flatMap((member) =>
        unknown('member of any answer', member, [...vocabulary]),
      ),
    ];
  });
}

/** Every name that the service model has for a member: what an answer must not hold may come from another operation. */
export function vocabularyOf({ shapes, operations }: Suite): ReadonlySet<string> {
  const names = new Set(Object.values(operations).flatMap(({ input }) => input));
  const visit = (node: Json): void => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (!isObject(node)) return;
    if (isObject(node['properties'])) Object.keys(node['properties']).forEach((name) => names.add(name));
    Object.values(node).forEach(visit);
  };
  Object.values(shapes).forEach(visit);
  return names;
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Every member that begins with `$` is a word of the language, but in the JSON Schema of `$is`. */
export function wordsExist({ source }: Place): string[] {
  return wordsIn(source as unknown as Json).flatMap((word) => unknown('word', word, WORDS));
}

function wordsIn(value: Json): string[] {
  if (Array.isArray(value)) return value.flatMap(wordsIn);
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    ...(name.startsWith('$') ? [name] : []),
    ...(name === '$is' ? [] : wordsIn(inner)),
  ]);
}

/** The members that a pattern names, without its words. */
function skeleton(pattern: Json): Json {
  if (Array.isArray(pattern)) return pattern.map(skeleton);
  if (!isObject(pattern)) return null;
  const entries = Object.entries(pattern);
  if (entries.some(([name]) => name.startsWith('$'))) return null;
  return Object.fromEntries(entries.map(([name, inner]) => [name, skeleton(inner)])) as JsonObject;
}
