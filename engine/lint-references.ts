import type { Given } from './case.ts';
import { isObject } from './answer.ts';
import type { Found, Place } from './lint.ts';
import { nearest } from './nearest.ts';
import { nodesIn, type Node } from './nodes.ts';
import { partOf } from './positions.ts';
import { referencesIn } from './values.ts';

/** What `${user.…}` reads of every user, besides the attributes it was made with. */
const OF_A_USER = ['Username', 'Password', 'sub', 'AccessToken', 'IdToken', 'RefreshToken'];

/** A longer list of what there is helps nobody. */
const MOST_NAMES = 30;

export function fixturesExist({ source, suite, nodes }: Place): Found[] {
  const pool = source.given?.pool;
  const kinds = wordsIn(nodes, '$token');
  return [
    ...(pool === undefined ? [] : unknown('/given/pool', 'pool', pool, Object.keys(suite.pools))),
    ...kinds.flatMap(([at, kind]) => unknown(at, 'token kind', kind, Object.keys(suite.tokenKinds))),
  ];
}

export function operationsExist({ source, suite }: Place): Found[] {
  return source.steps.flatMap(({ call }, index) =>
    call === undefined ? [] : unknown(`/steps/${index}/call`, 'operation', call, Object.keys(suite.operations)),
  );
}

/** A bad token is made from one that a user of the case was given. */
export function tokensAreOfUsers({ source, nodes }: Place): Found[] {
  const users = usersOf(source.given).map(([name]) => name);
  return nodes.flatMap(([at, value]) => {
    if (!isObject(value) || !('$token' in value)) return [];
    const { of } = value;
    return unknown(of === undefined ? at : `${at}/of`, 'user', String(of ?? 'user'), users);
  });
}

export function referencesAreSet({ source }: Place): Found[] {
  const { given } = source;
  const fixture = given
    ? ['pool', 'client', ...(given.user ? ['user'] : []), ...Object.keys({ ...given.clients, ...given.users })]
    : [];
  const known = new Set(['unique', 'target', ...(source.each ? ['row'] : []), ...fixture]);
  const membersOf: Record<string, string[] | undefined> = {
    pool: ['UserPoolId'],
    ...Object.fromEntries(
      usersOf(given).map(([name, attributes]) => [name, [...OF_A_USER, ...Object.keys(attributes)]]),
    ),
  };
  const problems: Found[] = [];
  const check = (value: unknown, place: string, codes: boolean): void => {
    const nodes = nodesIn(value, place);
    for (const [at, path] of readIn(nodes)) {
      const [root = '', member] = path.split('.');
      problems.push(...unknown(at, 'name', root, [...known]));
      const members = membersOf[root];
      if (members && member !== undefined) problems.push(...unknown(at, `member of ${root}`, member, members));
    }
    for (const [at, name] of codes ? wordsIn(nodes, '$code') : [])
      problems.push(...unknown(at, 'step saved for its code as', name, [...known]));
  };
  check(given, '/given', false);
  for (const [index, { save, ...step }] of source.steps.entries()) {
    check(step, `/steps/${index}`, true);
    if (save === undefined) continue;
    if (known.has(save)) problems.push({ at: `/steps/${index}/save`, message: `the name "${save}" is set twice` });
    known.add(save);
  }
  // A row is filled in by the step that reads it.
  check(source.each, '/each', true);
  return problems;
}

export function savedNamesAreRead({ source }: Place): Found[] {
  const nodes = nodesIn([source.steps, source.each]);
  const read = new Set([
    ...readIn(nodes).map(([, path]) => path.split('.')[0] ?? ''),
    ...wordsIn(nodes, '$code').map(([, name]) => name),
  ]);
  return source.steps.flatMap(({ save }, index) =>
    save === undefined || read.has(save)
      ? []
      : [{ at: `/steps/${index}/save`, message: `"${save}" is saved and never read` }],
  );
}

export function rowsAreRead({ source }: Place): Found[] {
  if (!source.each) return [];
  const rows = Object.entries(source.each);
  const read = new Set(
    readIn(nodesIn([source.steps, source.given])).flatMap(([, path]) =>
      path.startsWith('row.') ? [path.slice(4).split('.')[0] ?? ''] : [],
    ),
  );
  const members = new Map(
    rows.flatMap(([slug, row]) => Object.keys(row).map((member): [string, string] => [member, slug])).reverse(),
  );
  return [
    ...[...members].flatMap(([member, slug]) =>
      read.has(member) ? [] : [{ at: `/each/${slug}${partOf(member)}`, message: `no step reads "\${row.${member}}"` }],
    ),
    ...rows.flatMap(([slug, row]) =>
      [...read].flatMap((member) =>
        Object.hasOwn(row, member) ? [] : [{ at: `/each/${slug}`, message: `row "${slug}" lacks "${member}"` }],
      ),
    ),
  ];
}

export function unknown(at: string, what: string, name: string, known: string[]): Found[] {
  if (known.includes(name)) return [];
  const near = nearest(name, known);
  const names = known.length > MOST_NAMES ? String(known.length) : known.join(', ') || 'none';
  return [{ at, message: `no ${what} "${name}"; there are ${names}.${near ? ` Did you mean "${near}"?` : ''}` }];
}

function usersOf(given: Given | undefined): [name: string, attributes: object][] {
  return Object.entries({ ...(given?.user && { user: given.user }), ...given?.users });
}

/** Every path that is read by `${...}`, and where. */
function readIn(nodes: readonly Node[]): [at: string, path: string][] {
  return nodes.flatMap(([at, text]) =>
    typeof text === 'string' && text.includes('${')
      ? referencesIn(text).map((path): [string, string] => [at, path])
      : [],
  );
}

/** The texts that stand under a word such as `$code`, and where. */
function wordsIn(nodes: readonly Node[], word: string): [at: string, text: string][] {
  return nodes.flatMap(([at, inner]): [string, string][] => {
    const text = isObject(inner) ? inner[word] : undefined;
    return typeof text === 'string' ? [[`${at}/${word}`, text]] : [];
  });
}
