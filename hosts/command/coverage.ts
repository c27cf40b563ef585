import { coverageOf, stateOf, type Coverage, type Item, type State } from '../../engine/coverage.ts';
import type { Suite } from '../../engine/suite.ts';
import { wrap } from '../../reports/columns.ts';

type Group = keyof Coverage;
type Counts = Record<State, number>;

const TITLES: Record<Group, string> = {
  operations: 'operations',
  errors: 'declared errors',
  constraints: 'input constraints',
  statements: 'statements of the API reference',
  evidence: 'evidence',
};
const GROUPS = Object.keys(TITLES) as Group[];

/** More names beside a reason are only counted. */
const MOST_OPERATIONS = 6;

/** `list --coverage --json`: every item with its state and its cases. */
export function coverageJson(suite: Suite): string {
  const coverage = coverageOf(suite);
  const groups = GROUPS.map((group) => {
    const items = coverage[group].map((item) => ({ ...item, state: stateOf(item) }));
    return [group, { totals: count(coverage[group]), items }] as const;
  });
  return JSON.stringify(Object.fromEntries(groups), null, 2);
}

/** `list --coverage`: totals, then a table a group, with what is open and what is excluded under it. */
export function coverageText(suite: Suite, width: number): string {
  const coverage = coverageOf(suite);
  const totals = GROUPS.map((group) => [TITLES[group], count(coverage[group])] as const);
  const groups = GROUPS.map((group) => groupText(TITLES[group], coverage[group], width));
  return [table('', totals), ...groups].map((lines) => lines.join('\n')).join('\n\n');
}

function groupText(title: string, items: Item[], width: number): string[] {
  const operations = [...new Set(items.flatMap(({ on, name }) => (on === undefined || on === name ? [] : [on])))];
  const rows = operations.map((name) => [name, count(items.filter(({ on }) => on === name))] as const);
  const head = rows.length > 0 ? table(title, rows) : [`${title}: ${counted(count(items))}`];
  return [...head, ...openLines(items, width), ...excludedLines(items, width)];
}

/** Names that need no sentence beside them stand together, an operation a paragraph. */
function openLines(items: Item[], width: number): string[] {
  const open = items.filter((item) => stateOf(item) === 'open');
  if (open.length === 0) return [];
  const lines = gathered(open).flatMap(([on, some]) => {
    if (some.some(({ says }) => says !== undefined)) return some.flatMap(({ name, says }) => entry(name, says, width));
    const names = some.map(({ name }) => name).join('; ');
    return entry(on === undefined ? names : on, on === undefined ? undefined : names, width);
  });
  return ['  open', ...lines];
}

function excludedLines(items: Item[], width: number): string[] {
  const excluded = items.filter((item) => stateOf(item) === 'excluded');
  const reasons = new Map<string, Item[]>();
  for (const item of excluded) reasons.set(item.untested ?? '', [...(reasons.get(item.untested ?? '') ?? []), item]);
  const lines = [...reasons].flatMap(([reason, some]) => {
    const names = new Set(some.map(({ name }) => name));
    const operations = some.flatMap(({ on, name }) => (on === undefined || on === name ? [] : [on]));
    const many = operations.length > MOST_OPERATIONS ? `${operations.length} operations` : operations.join(', ');
    const of = operations.length > 0 && some[0]?.says === undefined ? ` (${many})` : '';
    return entry([...names].join(', ') + of, reason, width);
  });
  return lines.length === 0 ? [] : ['  excluded', ...lines];
}

/** Items by the operation they belong to, in their order. */
function gathered(items: Item[]): [on: string | undefined, items: Item[]][] {
  const found = new Map<string | undefined, Item[]>();
  for (const item of items) {
    const on = item.on === item.name ? undefined : item.on;
    found.set(on, [...(found.get(on) ?? []), item]);
  }
  return [...found];
}

function entry(name: string, says: string | undefined, width: number): string[] {
  const text = says === undefined ? name : `${name}: ${says}`;
  return wrap(text, width - 6).map((line, index) => (index === 0 ? `    ${line}` : `      ${line}`));
}

function table(title: string, rows: readonly (readonly [name: string, counts: Counts])[]): string[] {
  const name = Math.max(...[title, ...rows.map(([text]) => text)].map(({ length }) => length));
  const line = (text: string, cells: readonly (string | number)[]): string =>
    [text.padEnd(name), ...cells.map((cell) => String(cell).padStart(8))].join('  ').trimEnd();
  return [
    line(title, ['covered', 'open', 'excluded']),
    ...rows.map(([text, { covered, open, excluded }]) => line(text, [covered, open, excluded])),
  ];
}

function count(items: readonly Item[]): Counts {
  const counts: Counts = { covered: 0, open: 0, excluded: 0 };
  for (const item of items) counts[stateOf(item)] += 1;
  return counts;
}

function counted({ covered, open, excluded }: Counts): string {
  return `${covered} covered, ${open} open, ${excluded} excluded`;
}
