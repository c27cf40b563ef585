import type { Found, Leftover, Wanted } from './leftovers.ts';

/** What somebody looked for in an account, and what was found. */
export interface Looked extends Found {
  account: string;
  region: string;
  wanted: Wanted;
}

/** What is left of runs, and what is left alone, for people. */
export function sweepPage(looked: Looked, now: number): string {
  const { leftovers, foreign, younger } = looked;
  const rows = leftovers.map(({ name, id, run, madeAt }) => [name, id, run, age(now - madeAt)]);
  const alone = [
    ...foreign.map(({ name, id, why }) => `${name} (${id}): ${why}`),
    ...(younger > 0 ? [`${count(younger)} of the same prefix, but younger: a run may be going on`] : []),
  ];
  return [
    opening(looked),
    ...(rows.length > 0 ? table([['pool', 'id', 'run', 'age'], ...rows]) : []),
    ...(alone.length > 0 ? ['Left alone', ...alone.map((line) => `  ${line}`)] : []),
  ].join('\n');
}

/** What could not be deleted, and why. */
export function leftPage(left: readonly (Leftover & { why: string })[]): string {
  return left.map(({ name, id, why }) => `not deleted: ${name} (${id}): ${why}`).join('\n');
}

function opening({ account, region, wanted, listed, leftovers }: Looked): string {
  const isRun = 'run' in wanted;
  const of = isRun ? `run ${wanted.run}` : `runs of ${age(wanted.olderThanMs)} ago and before`;
  const seen = `Cognito lists ${count(listed)} in account ${account}, ${region}`;
  if (leftovers.length > 0) return `${seen}; ${leftovers.length} of them left by ${of}`;
  const late = isRun ? '. It may not list yet what was made a moment ago: sweep again then' : '';
  return `${seen}; none of them left by ${of}${late}`;
}

function table(rows: readonly string[][]): string[] {
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd());
}

export function count(pools: number): string {
  return `${pools} pool${pools === 1 ? '' : 's'}`;
}

function age(ms: number): string {
  const minutes = Math.floor(ms / 60_000);
  if (minutes < 120) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  return hours < 72 ? `${hours} h` : `${Math.floor(hours / 24)} days`;
}
