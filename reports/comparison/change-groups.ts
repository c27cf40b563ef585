import { fileComparisonCode, type FileComparison } from './compare-files.ts';
import type { Change } from './verdicts.ts';

/** Changes with one cause. */
export interface ChangeGroup {
  cause: string;
  changes: [Change, ...Change[]];
}

/** The kinds of change, the gravest first, and what they are called. */
export const kinds = [
  { list: 'broken', tag: 'BROKEN', title: 'Newly broken', side: 'is' },
  { list: 'changed', tag: 'CHANGED', title: 'Differs for another reason', side: 'is' },
  { list: 'fixed', tag: 'FIXED', title: 'Fixed', side: 'was' },
  { list: 'improved', tag: 'IMPROVED', title: 'Improved, differs in a detail', side: 'was' },
  { list: 'details', tag: 'DETAIL', title: 'Differs in a detail', side: 'is' },
] as const;

/** Changes by the cause of the side that tells it, most frequent first. */
export function grouped(changes: readonly Change[], side: 'was' | 'is'): ChangeGroup[] {
  const groups = new Map<string, ChangeGroup>();
  for (const change of changes) {
    const other = side === 'was' ? change.is : change.was;
    const cause = change[side].cause ?? other.cause ?? change[side].reason ?? change[side].verdict;
    const group = groups.get(cause);
    if (group) group.changes.push(change);
    else groups.set(cause, { cause, changes: [change] });
  }
  return [...groups.values()].sort(
    (one, other) => other.changes.length - one.changes.length || (one.cause < other.cause ? -1 : 1),
  );
}

export interface Counts {
  /** `5 newly broken, 1 for another reason`, or that nothing is. */
  outcome: string;
  /** What is not held against the second. */
  beside: string[];
}

export function counts(comparison: FileComparison): Counts {
  const { broken, changed, fixed, improved, details, outOfScope, judged } = comparison.verdicts;
  const kindsOfAnswer = comparison.answers?.differences.length ?? 0;
  const away = outOfScope.reduce((sum, { cases }) => sum + cases.length, 0);
  const against = [
    ...some(broken.length, 'newly broken'),
    ...some(changed.length, 'for another reason'),
    ...some(kindsOfAnswer, kindsOfAnswer === 1 ? 'kind of difference in answers' : 'kinds of difference in answers'),
  ];
  const others = [
    ...some(fixed.length, 'fixed'),
    ...some(improved.length, 'improved'),
    ...some(details.length, 'in a detail'),
    ...some(away, 'out of scope'),
  ];
  const alike = judged - broken.length - changed.length - fixed.length - improved.length - details.length;
  const none = others.length > 0 ? 'nothing newly broken' : 'no difference';
  const unsure =
    judged === 0 ? 'nothing was compared' : `${none} in what was run: not all was, as a run was interrupted`;
  const code = fileComparisonCode(comparison);
  return {
    outcome: code === 3 ? unsure : code === 0 ? none : against.join(', '),
    beside: [...others, ...some(alike, 'alike')],
  };
}

function some(count: number, what: string): string[] {
  return count > 0 ? [`${count} ${what}`] : [];
}
