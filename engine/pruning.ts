import { applyBaseline, type Against, type Baseline } from './baseline.ts';
import type { Result } from './result.ts';
import type { Succession } from './successors.ts';

/** Judges by a baseline and takes what passes now out of it. */
export interface Pruning {
  /** As `applyBaseline`, but what is fixed passes, and what an entry moved to differs as it now does. */
  judge(result: Result, against: Omit<Against, 'baseline'>): Result;
  /** What is left: reasons as they were. */
  pruned(): Baseline;
  /** Ids whose entries were taken out. */
  fixed: string[];
}

export function createPruning({ baseline, moved }: Succession): Pruning {
  let failures = baseline.failures;
  const fixed: string[] = [];
  return {
    fixed,
    judge: (result, against) => {
      const judge = (): Result => applyBaseline(result, { ...against, baseline: { ...baseline, failures } });
      const judged = judge();
      const { id, fingerprint } = result;
      if (judged.verdict === 'fixed') {
        fixed.push(id);
        failures = failures.filter((entry) => entry.id !== id);
        return result;
      }
      if (judged.verdict !== 'changed' || !moved.has(id) || fingerprint === undefined) return judged;
      failures = failures.map((entry) => (entry.id === id ? { ...entry, fingerprint } : entry));
      return judge();
    },
    pruned: () => {
      const passes = baseline.passes && [...new Set([...baseline.passes, ...fixed])].sort();
      const sorted = moved.size > 0 ? [...failures].sort((one, other) => (one.id < other.id ? -1 : 1)) : failures;
      return { ...baseline, failures: sorted, ...(passes && { passes }) };
    },
  };
}
