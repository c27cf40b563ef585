import { nearest } from './nearest.ts';
import type { Place } from './lint.ts';
import { referencesIn } from './values.ts';

/** What `${user.…}` reads of every user, besides the attributes it was made with. */
const OF_A_USER = ['Username', 'Password', 'sub', 'AccessToken', 'IdToken', 'RefreshToken'];

/** A longer list of what there is helps nobody. */
const MOST_NAMES = 30;

export function fixturesExist({ source, suite }: Place): string[] {
  const pool = source.given?.pool;
  const kinds = [...JSON.stringify(source).matchAll(/"\$token":"([^"]+)"/g)].map((match) => match[1] ?? '');
  return [
    ...(pool === undefined ? [] : unknown('pool', pool, Object.keys(suite.pools))),
    ...kinds.flatMap((kind) => unknown('token kind', kind, Object.keys(suite.tokenKinds))),
  ];
}

export function operationsExist({ source, suite }: Place): string[] {
  const called = source.steps.flatMap(({ call }) => (call === undefined ? [] : [call]));
  return called.flatMap((call) => unknown('operation', call, Object.keys(suite.operations)));
}

export function referencesAreSet({ source }: Place): string[] {
  const { given } = source;
  const fixture = given
    ? ['pool', 'client', ...(given.user ? ['user'] : []), ...Object.keys({ ...given.clients, ...given.users })]
    : [];
  const known = new Set(['unique', 'target', ...(source.each ? ['row'] : []), ...fixture]);
  const users = Object.entries({ ...(given?.user && { user: given.user }), ...given?.users });
  const membersOf: Record<string, string[] | undefined> = {
    pool: ['UserPoolId'],
    ...Object.fromEntries(users.map(([name, attributes]) => [name, [...OF_A_USER, ...Object.keys(attributes)]])),
  };
  const problems: string[] = [];
  const check = (value: unknown, codes: boolean): void => {
    for (const path of referencesIn(value)) {
      const [root = '', member] = path.split('.');
      if (!known.has(root)) problems.push(...unknown('name', root, [...known]));
      const members = membersOf[root];
      if (members && member !== undefined) problems.push(...unknown(`member of ${root}`, member, members));
    }
    for (const name of codes ? codesIn(value) : []) {
      if (!known.has(name)) problems.push(...unknown('step saved for its code as', name, [...known]));
    }
  };
  check(given, false);
  for (const { save, ...step } of source.steps) {
    check(step, true);
    if (save !== undefined && known.has(save)) problems.push(`the name "${save}" is set twice`);
    if (save !== undefined) known.add(save);
  }
  // A row is filled in by the step that reads it.
  check(source.each, true);
  return problems;
}

export function savedNamesAreRead({ source }: Place): string[] {
  const read = new Set([
    ...referencesIn([source.steps, source.each]).map((path) => path.split('.')[0] ?? ''),
    ...codesIn([source.steps, source.each]),
  ]);
  return source.steps.flatMap(({ save }) =>
    save === undefined || read.has(save) ? [] : [`"${save}" is saved and never read`],
  );
}

export function rowsAreRead({ source }: Place): string[] {
  if (!source.each) return [];
  const rows = Object.entries(source.each);
  const read = new Set(
    referencesIn([source.steps, source.given]).flatMap((path) =>
      path.startsWith('row.') ? [path.slice(4).split('.')[0]] : [],
    ),
  );
  const members = new Set(rows.flatMap(([, row]) => Object.keys(row)));
  return [
    ...[...members].flatMap((member) => (read.has(member) ? [] : [`no step reads "\${row.${member}}"`])),
    ...rows.flatMap(([slug, row]) =>
      [...read].flatMap((member) => (Object.hasOwn(row, member ?? '') ? [] : [`row "${slug}" lacks "${member}"`])),
    ),
  ];
}

export function unknown(what: string, name: string, known: string[]): string[] {
  if (known.includes(name)) return [];
  const near = nearest(name, known);
  const there = known.length > MOST_NAMES ? `there are ${known.length}` : `there are ${known.join(', ')}`;
  return [`no ${what} "${name}"; ${there}.${near ? ` Did you mean "${near}"?` : ''}`];
}

function codesIn(value: unknown): string[] {
  return [...(JSON.stringify(value) ?? '').matchAll(/"\$code":"([^"]+)"/g)].map((match) => match[1] ?? '');
}
