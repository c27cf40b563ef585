import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

/** The SDK's runtime schemas, as `shapes.test.ts` describes them: simple types, lists and maps of them, structures. */
type Shape = number | (() => Shape) | readonly [Shape, number] | Named;
type Named = readonly [kind: number, namespace: string, name: string, traits: unknown, ...rest: readonly unknown[]];

interface Constraints {
  constraints: Record<string, { member: string; must: Record<string, unknown> }[]>;
}

const text = readFileSync(new URL('./constraints.json', import.meta.url), 'utf8');
const { constraints } = JSON.parse(text) as Constraints;
const sdk = cognito as unknown as Readonly<Record<string, Shape | undefined>>;

test.each(Object.entries(constraints))(
  'members of the input of %s are typed and required as in the SDK',
  (name, list) => {
    const written = list.flatMap(({ member, must }) =>
      'required' in must || 'type' in must ? [`${member} ${Object.values(must).join('')}`] : [],
    );
    expect(written.sort()).toEqual(read(sdk[`${name}Request$`] ?? 0, '').sort());
  },
);

/** `MEMBER true` where it is required, and `MEMBER TYPE` of every member, as deep as they go. */
function read(shape: Shape, at: string): string[] {
  if (typeof shape === 'function') return read(shape(), at);
  if (typeof shape === 'number') {
    if (shape & 128) return [`${at} object`, `${at}{value} string`];
    return shape & 64 ? [`${at} array`, `${at}[] string`] : [`${at} string`];
  }
  if (typeof shape[0] !== 'number') return read(shape[0], at);
  const [kind, , , , ...rest] = shape as Named;
  if (kind === 0) return read(rest[0] as Shape, at);
  if (kind === 1) return [`${at} array`, ...read(rest[0] as Shape, `${at}[]`)];
  const [members, shapes, required = 0] = rest as [string[], Shape[], number?];
  return [
    ...(at === '' ? [] : [`${at} object`]),
    ...members.flatMap((member, index) => {
      const path = at === '' ? member : `${at}.${member}`;
      return [...(index < required ? [`${path} true`] : []), ...read(shapes[index] ?? 0, path)];
    }),
  ];
}
