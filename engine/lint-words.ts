import type { Json, JsonObject } from './case.ts';
import { isObject } from './answer.ts';
import { unknown } from './lint-references.ts';
import type { Found, Place } from './lint.ts';
import { isRefusal } from './lint-steps.ts';
import { partOf } from './positions.ts';
import { unmodelledIn } from './shapes.ts';
import type { SupportData } from './suite.ts';

const WORDS = ['$any', '$absent', '$set', '$lines', '$jwt', '$is', '$code', '$token', '$repeat'];

/** A misspelt member makes a refusal that refuses something else, or a check that nothing can fail. */
export function membersExist({ source, suite, vocabulary }: Place): Found[] {
  return source.steps.flatMap((step, index) => {
    const { call = '', with: input = {} } = step;
    const known = suite.operations[call]?.input ?? Object.keys(input);
    const parts = isRefusal(step) ? [] : (['expect', 'should'] as const);
    return [
      ...Object.keys(input).flatMap((member) =>
        unknown(`/steps/${index}/with${partOf(member)}`, `member of the input of ${call}`, member, known),
      ),
      ...parts.flatMap((part) =>
        unmodelledIn(suite.shapes[call], skeleton(step[part]?.body ?? null)).flatMap((path) => {
          // That is dangerous, and told as such.
          if (lastOf(path) === '__proto__') return [];
          const at = `/steps/${index}/${part}/body${path.replace(/\/-(\/.*)?$/, '')}`;
          return unknown(at, 'member of any answer', lastOf(path), [...vocabulary]);
        }),
      ),
    ];
  });
}

/** Every name that the service model has for a member: what an answer must not hold may come from another operation. */
export function vocabularyOf({ shapes, operations }: SupportData): ReadonlySet<string> {
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
export function wordsExist({ source }: Place): Found[] {
  return wordsIn(source, '').flatMap(([at, word]) => unknown(at, 'word', word, WORDS));
}

function wordsIn(value: unknown, at: string): [at: string, word: string][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => wordsIn(item, `${at}/${index}`));
  if (!isObject(value)) return [];
  return Object.entries(value).flatMap(([name, inner]): [string, string][] => {
    const here = at + partOf(name);
    return [
      ...(name.startsWith('$') ? [[here, name] as [string, string]] : []),
      ...(name === '$is' ? [] : wordsIn(inner, here)),
    ];
  });
}

/** The members that a pattern names, without its words. */
function skeleton(pattern: Json): Json {
  if (Array.isArray(pattern)) return pattern.map(skeleton);
  if (!isObject(pattern)) return null;
  const entries = Object.entries(pattern);
  if (entries.some(([name]) => name.startsWith('$'))) return null;
  return Object.fromEntries(entries.map(([name, inner]) => [name, skeleton(inner)])) as JsonObject;
}
