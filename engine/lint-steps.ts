import type { Json, JsonObject, Step } from './case.ts';
import { isObject } from './answer.ts';
import { unknown } from './lint-references.ts';
import { nameOf } from './case-run.ts';
import type { Found, Place } from './lint.ts';
import { nodesIn } from './nodes.ts';
import { partOf } from './positions.ts';

const POOL_CHANGES = ['AddCustomAttributes', 'DeleteUserPool', 'DeleteUserPoolClient'];

export function shouldsStandInMusts({ source }: Place): Found[] {
  if (source.level === 'must') return [];
  const message = `a ${source.level} case has no "should": put it into "expect", or into a case of its own`;
  return source.steps.flatMap(({ should }, index) => (should ? [{ at: `/steps/${index}/should`, message }] : []));
}

export function refusalsHaveControls({ source }: Place): Found[] {
  return source.steps.flatMap((step, index) => {
    if (!isRefusal(step) || step.control) return [];
    const accepted = source.steps
      .slice(0, index)
      .some((earlier) => nameOf(earlier) === nameOf(step) && !isRefusal(earlier));
    if (accepted) return [];
    const message = `step ${index + 1} is refused without a control, and no earlier ${nameOf(step)} was accepted`;
    return [{ at: `/steps/${index}/expect`, message }];
  });
}

export function somethingIsJudged({ source }: Place): Found[] {
  return source.over || source.steps.some(({ expect }) => expect)
    ? []
    : [{ at: '/steps', message: 'no step has an "expect": nothing is judged' }];
}

export function writesAreObserved({ source, suite }: Place): Found[] {
  const deleted = source.steps.findIndex(({ call }) => call === 'AdminDeleteUser');
  return source.steps.flatMap((step, index) => {
    const writes = suite.operations[step.call ?? '']?.writes === 'attributes';
    const observable = deleted === -1 || index < deleted;
    return writes && observable && !step.changes
      ? [{ at: `/steps/${index}`, message: `step ${index + 1} (${step.call}) has no "changes"` }]
      : [];
  });
}

/** What was caused is read by way of users and of the functions that `given` defines for them. */
export function causesAreObserved({ source, suite }: Place): Found[] {
  const { pool = '', triggers, user, users } = source.given ?? {};
  const config = suite.pools[pool]?.['LambdaConfig'];
  const named = isObject(config) ? Object.keys(config) : [];
  const reading = (word: 'messages' | 'events'): number => source.steps.findIndex((step) => step[word] !== undefined);
  const [messages, events] = [reading('messages'), reading('events')];
  return [
    ...(events !== -1 && !triggers
      ? [{ at: `/steps/${events}/events`, message: '"events" are those of functions: "given" must have "triggers"' }]
      : []),
    ...(triggers && events === -1
      ? [{ at: '/given/triggers', message: '"given" has "triggers", and no step reads "events"' }]
      : []),
    ...((messages !== -1 || triggers) && !user && !users
      ? [{ at: '/given', message: 'messages and events are those of users: "given" has none' }]
      : []),
    ...Object.keys(triggers ?? {}).flatMap((name) =>
      unknown(`/given/triggers${partOf(name)}`, `trigger in the LambdaConfig of pool "${pool}"`, name, named),
    ),
  ];
}

/** Nothing is filled into what is held against answers of many cases. */
export function overStandsAlone({ source, suite }: Place): Found[] {
  const { over, expect } = source;
  if (!over) return [];
  return [
    ...(over.calls ?? []).flatMap((call, index) =>
      unknown(`/over/calls/${index}`, 'operation', call, Object.keys(suite.operations)),
    ),
    ...nodesIn(expect, '/expect').flatMap(([at, value]) =>
      typeof value === 'string' && value.includes('${')
        ? [{ at, message: 'a check over every answer reads no "${...}"' }]
        : [],
    ),
    ...(expect?.error !== undefined
      ? [{ at: '/expect/error', message: 'a check over every answer has no "error": say "outcome": "refused"' }]
      : []),
  ];
}

export function poolChangesAreOwn({ source }: Place): Found[] {
  const changing = source.steps.find(({ call }) => POOL_CHANGES.includes(call ?? ''));
  return changing && !source.given?.own
    ? [{ at: '/given', message: `${changing.call} changes the pool: "given" must have "own": true` }]
    : [];
}

export function retriesWriteNothing({ source, suite }: Place): Found[] {
  return source.steps.flatMap(({ call, eventually }, index) =>
    eventually && suite.operations[call ?? '']?.writes !== 'nothing'
      ? [
          {
            at: `/steps/${index}/eventually`,
            message: `"eventually" repeats ${call ?? 'a raw request'}, which may write`,
          },
        ]
      : [],
  );
}

/** Members of `$set` hold literals that tell them apart, so that there is one way to pair them. */
export function setsAreTold({ nodes }: Place): Found[] {
  return nodes.flatMap(([at, value]) => {
    const members = isObject(value) ? value['$set'] : undefined;
    if (!Array.isArray(members)) return [];
    const literals = members.map((member) => new Map(leaves(member, '')));
    const alike = literals.some((one, index) =>
      literals
        .slice(index + 1)
        .some((other) => ![...one].some(([path, leaf]) => other.has(path) && other.get(path) !== leaf)),
    );
    const unpaired = /"\$(jwt|lines)":/.test(JSON.stringify(members));
    return [
      ...(alike ? [{ at: `${at}/$set`, message: 'two members of a $set have no literal that tells them apart' }] : []),
      ...(unpaired
        ? [{ at: `${at}/$set`, message: 'a $set cannot hold $jwt or $lines: which item they read is not known' }]
        : []),
    ];
  });
}

export function nothingDangerous({ nodes }: Place): Found[] {
  return nodes.flatMap(([at, value]) => {
    if (isObject(value) && Object.hasOwn(value, '__proto__'))
      return [{ at: at + partOf('__proto__'), message: '"__proto__" cannot be a member name' }];
    return typeof value === 'string' && /eyJ[\w-]{10,}\.[\w-]{10,}/.test(value)
      ? [{ at, message: 'a literal token: make it with {"$token": ...}' }]
      : [];
  });
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
