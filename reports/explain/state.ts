import type { Given, JsonObject, TriggerFunction } from '../../engine/case.ts';
import { list } from './page.ts';
import { memberWords, words } from './value.ts';

/** What a case finds when it begins, a sentence a fixture. */
export function stateSentences(given: Given | undefined, pools: Readonly<Record<string, JsonObject>>): string[] {
  if (given === undefined) return ['Nothing is made beforehand.'];
  const { pool, own, client, clients = {}, user, users = {}, triggers = {} } = given;
  return [
    `The pool "${pool}"${own ? ', one of its own' : ''}: ${poolWords(pools[pool] ?? {})}.`,
    ...(client ? [`Its client has ${list(memberWords(client))}.`] : []),
    ...Object.entries(clients).map(([name, members]) => `A client "${name}" has ${list(memberWords(members))}.`),
    ...(user ? [userWords('user', user)] : []),
    ...Object.entries(users).map(([name, attributes]) => userWords(name, attributes)),
    ...Object.entries(triggers).map(([name, behaviour]) => `The ${name} function ${functionWords(behaviour)}.`),
  ];
}

function functionWords(behaviour: TriggerFunction): string {
  if ('throws' in behaviour) return `throws ${words(behaviour.throws)}`;
  if ('refused' in behaviour) return `may not be invoked (${behaviour.refused})`;
  if ('returns' in behaviour) return `gives back ${words(behaviour.returns)} in place of its event`;
  const answers = memberWords(behaviour.answers);
  return answers.length === 0 ? 'gives its event back' : `gives its event back with the response ${list(answers)}`;
}

function userWords(name: string, attributes: Record<string, string>): string {
  const set = Object.entries(attributes).map(([attribute, value]) => `${attribute} = ${words(value)}`);
  const who = name === 'user' ? 'A user' : `A user "${name}"`;
  return set.length === 0 ? `${who} without attributes.` : `${who} with ${list(set)}.`;
}

function poolWords(settings: JsonObject): string {
  const parts = Object.entries(settings).map(([name, value]) =>
    name === 'Schema' && Array.isArray(value)
      ? `the attributes ${list(value.map((attribute) => schemaWords(attribute as JsonObject)))}`
      : `${name} ${words(value)}`,
  );
  return parts.length === 0 ? 'nothing is set that need not be' : parts.join('; ');
}

function schemaWords({ Name, AttributeDataType, Mutable, Required, ...constraints }: JsonObject): string {
  const bounds = Object.values(constraints).flatMap((some) => Object.entries(some as JsonObject));
  const traits = [
    String(AttributeDataType).toLowerCase(),
    ...(Mutable === false ? ['immutable'] : []),
    ...(Required === true ? ['required'] : []),
    ...bounds.map(([bound, value]) => `${bound} ${String(value)}`),
  ];
  return `${String(Name)} (${traits.join(', ')})`;
}
