import type { Baseline, KnownFailure } from './baseline.ts';
import type { Suite } from './suite.ts';

/** A baseline in the words of this version of the suite, and what became of entries that it had other words for. */
export interface Succession {
  baseline: Baseline;
  /** Old ids by new ones: their fingerprints are still those of the old cases. */
  moved: ReadonlyMap<string, string>;
  /** Ids that nothing came after, or whose successor has an entry of its own. */
  dropped: string[];
}

/** Moves the entries of retired cases to their successors, with their reasons. Unknown ids are left as they are. */
export function succeed(older: Baseline, { cases, retired }: Pick<Suite, 'cases' | 'retired'>): Succession {
  const ids = new Set(cases.map(({ id }) => id));
  const taken = new Set(older.failures.map(({ id }) => id));
  const moved = new Map<string, string>();
  const dropped: string[] = [];
  const failures = older.failures.flatMap((entry): KnownFailure[] => {
    const { id } = entry;
    if (ids.has(id) || !Object.hasOwn(retired, id)) return [entry];
    const successor = retired[id]?.successor;
    if (successor === undefined || taken.has(successor)) {
      dropped.push(id);
      return [];
    }
    taken.add(successor);
    moved.set(successor, id);
    return [{ ...entry, id: successor }];
  });
  const passes = older.passes?.filter((id) => ids.has(id));
  return { baseline: { ...older, failures, ...(passes && { passes }) }, moved, dropped };
}
