import type { Json, JsonObject, Step } from './case.ts';
import { isObject } from './answer.ts';
import { unknown } from './lint-references.ts';
import { nameOf } from './case-run.ts';
import type { Place } from './lint.ts';

export function shouldsStandInMusts({ source }: Place): string[] {
  const idle = source.level !== 'must' && source.steps.some(({ should }) => should);
  return idle ? [`a ${source.level} case has no "should": put it into "expect", or into a case of its own`] : [];
}

export function refusalsHaveControls({ source }: Place): string[] {
  return source.steps.flatMap((step, index) => {
    if (!isRefusal(step) || step.control) return [];
    const accepted = source.steps
      .slice(0, index)
      .some((earlier) => nameOf(earlier) === nameOf(step) && !isRefusal(earlier));
    return accepted
      ? []
      : [`step ${index + 1} is refused without a control, and no earlier ${nameOf(step)} was accepted`];
  });
}

export function somethingIsJudged({ source }: Place): string[] {
  return source.over || source.steps.some(({ expect }) => expect) ? [] : ['no step has an "expect": nothing is judged'];
}

export function writesAreObserved({ source, suite }: Place): string[] {
  const deleted = source.steps.findIndex(({ call }) => call === 'AdminDeleteUser');
  return source.steps.flatMap((step, index) => {
    const writes = suite.operations[step.call ?? '']?.writes === 'attributes';
    const observable = deleted === -1 || index < deleted;
    return writes && observable && !step.changes ? [`step ${index + 1} (${step.call}) has no "changes"`] : [];
  });
}

/** What was caused is read by way of users and of the functions that `given` defines for them. */
export function causesAreObserved({ source, suite }: Place): string[] {
  const { pool = '', triggers, user, users } = source.given ?? {};
  const config = suite.pools[pool]?.['LambdaConfig'];
  const named = isObject(config) ? Object.keys(config) : [];
  const read = (word: 'messages' | 'events'): boolean => source.steps.some((step) => step[word] !== undefined);
  return [
    ...(read('events') && !triggers ? ['"events" are those of functions: "given" must have "triggers"'] : []),
    ...(triggers && !read('events') ? ['"given" has "triggers", and no step reads "events"'] : []),
    ...((read('messages') || triggers) && !user && !users
      ? ['messages and events are those of users: "given" has none']
      : []),
    ...Object.keys(triggers ?? {}).flatMap((name) =>
      unknown(`trigger in the LambdaConfig of pool "${pool}"`, name, named),
    ),
  ];
}

/** Nothing is filled into what is held against answers of many cases. */
export function overStandsAlone({ source, suite }: Place): string[] {
  const { over, expect } = source;
  if (!over) return [];
  return [
    ...(over.calls ?? []).flatMap((call) => unknown('operation', call, Object.keys(suite.operations))),
    ...(JSON.stringify(expect).includes('${') ? ['a check over every answer reads no "${...}"'] : []),
    ...(expect?.error !== undefined ? ['a check over every answer has no "error": say "outcome": "refused"'] : []),
  ];
}

export function poolChangesAreOwn({ source }: Place): string[] {
  const changing = source.steps.find(({ call }) => call === 'AddCustomAttributes' || call === 'DeleteUserPool');
  return changing && !source.given?.own ? [`${changing.call} changes the pool: "given" must have "own": true`] : [];
}

export function retriesWriteNothing({ source, suite }: Place): string[] {
  return source.steps.flatMap(({ call, eventually }) =>
    eventually && suite.operations[call ?? '']?.writes !== 'nothing'
      ? [`"eventually" repeats ${call ?? 'a raw request'}, which may write`]
      : [],
  );
}

/** Members of `$set` hold literals that tell them apart, so that there is one way to pair them. */
export function setsAreTold({ source }: Place): string[] {
  return setsIn(source as unknown as Json).flatMap((members) => {
    const literals = members.map((member) => new Map(leaves(member, '')));
    const alike = literals.some((one, at) =>
      literals
        .slice(at + 1)
        .some((other) => ![...one].some(([path, value]) => other.has(path) && other.get(path) !== value)),
    );
    return [
      ...(alike ? ['two members of a $set have no literal that tells them apart'] : []),
      ...(/"\$(jwt|lines)":/.test(JSON.stringify(members))
        ? ['a $set cannot hold $jwt or $lines: which item they read is not known']
        : []),
    ];
  });
}

export function nothingDangerous({ source }: Place): string[] {
  const text = JSON.stringify(source);
  return [
    ...(text.includes('"__proto__"') ? ['"__proto__" cannot be a member name'] : []),
    ...(/eyJ[\w-]{10,}\.[\w-]{10,}/.test(text) ? ['a literal token: make it with {"$token": ...}'] : []),
  ];
}

function setsIn(value: Json): Json[][] {
  if (Array.isArray(value)) return value.flatMap(setsIn);
  if (!isObject(value)) return [];
  const own = Array.isArray(value['$set']) ? [value['$set']] : [];
  return [...own, ...Object.values(value).flatMap(setsIn)];
}

function leaves(value: Json, path: string): [string, Json][] {
  if (Array.isArray(value)) return value.flatMap((item, index) => leaves(item, `${path}/${index}`));
  if (isObject(value))
    return Object.entries(value as JsonObject).flatMap(([name, inner]) => leaves(inner, `${path}/${name}`));
  return [[path, value]];
}

export function isRefusal({ expect }: Step): boolean {
  return expect?.error !== undefined || (typeof expect?.status === 'number' && expect.status >= 400);
}
