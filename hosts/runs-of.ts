import { reportName } from '../reports/column-names.ts';
import type { Part } from './join-reports.ts';
import { UsageError } from './usage-error.ts';

interface Run {
  target: string;
  parts: Part[];
  /** What it judged so far. */
  ids: Set<string>;
}

/**
 * The parts of each run, both in the order in which they were given. Parts of a target that judged the same case, beside
 * checks over every answer (`folded`), are of several runs. Throws a `UsageError` where they say that they are of one.
 */
export function runsOf(parts: readonly Part[], folded: ReadonlySet<string>): Part[][] {
  const runs: Run[] = [];
  // What began together belongs together.
  for (const part of [...parts].sort((one, other) => compare(startOf(one), startOf(other)))) {
    const target = reportName(part.report);
    const ids = part.report.results.map(({ id }) => id).filter((id) => !folded.has(id));
    const ofTarget = runs.filter((run) => run.target === target);
    const hasOthers = (run: Run): boolean => !ids.some((id) => run.ids.has(id));
    const again = ofTarget.filter((run) => !hasOthers(run)).flatMap((run) => run.parts);
    const same = again.find(({ report }) => report.run.id === part.report.run.id);
    if (same) throw new UsageError(`${same.file} and ${part.file} are of the same run; give each run once`);
    const own = ofTarget.find(hasOthers) ?? { target, parts: [], ids: new Set() };
    if (own.parts.length === 0) runs.push(own);
    own.parts.push(part);
    for (const id of ids) own.ids.add(id);
  }
  const place = (part: Part | undefined): number => (part ? parts.indexOf(part) : -1);
  return runs
    .map((run) => run.parts.sort((one, other) => place(one) - place(other)))
    .sort(([one], [other]) => place(one) - place(other));
}

function startOf({ report }: Part): string {
  return report.run.startedAt;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
