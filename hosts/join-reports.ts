import { applyBaseline } from '../engine/baseline.ts';
import { foldOver, isOverCase, type OverCase } from '../engine/over.ts';
import type { Report, Result, Run } from '../engine/result.ts';
import type { Suite } from '../engine/suite.ts';
import { totals } from '../reports/totals.ts';
import { missingShards } from './missing-shards.ts';
import { runsOf } from './runs-of.ts';

/** A report, and the file that it was read from. */
export interface Part {
  file: string;
  report: Report;
}

interface Joining {
  suite: Pick<Suite, 'cases'>;
  /** Whether a warning counts as a difference. */
  strict: boolean;
}

/** One report a run, in the order in which they were given: shards, or parts of other kinds, are put together. */
export function joinReports(parts: readonly Part[], joining: Joining): Report[] {
  const checks = joining.suite.cases.filter(isOverCase);
  const suites = new Set(parts.map(({ report }) => report.suite.hash));
  return runsOf(parts, new Set(checks.map(({ id }) => id))).flatMap(([first, ...others]) =>
    first ? [join(first, [first, ...others], suites.size > 1, checks, joining)] : [],
  );
}

function join(
  { report: first }: Part,
  parts: readonly Part[],
  manySuites: boolean,
  checks: readonly OverCase[],
  joining: Joining,
): Report {
  const all = parts.flatMap(({ report }) => report.results);
  const own = all.filter(({ id }) => !checks.some((check) => check.id === id));
  const results = [...own, ...foldAgain(own, parts, checks, joining)];
  const runs = parts.map(({ report }) => report.run);
  const problems = parts.filter(({ report }) => report.run.problem !== undefined);
  const lacks = [
    ...missingShards(runs.flatMap(({ shard }) => shard ?? [])),
    ...parts
      .filter(({ report }) => !report.run.complete)
      .map(({ file }) => `${file} is of a run that did not come to its end`),
    ...(problems.length === parts.length
      ? []
      : problems.map(({ file, report }) => `${file}: nothing could be judged: ${report.run.problem}`)),
  ];
  const notes = [
    ...lacks,
    ...(manySuites ? parts.map(suiteOf) : []),
    ...new Set(runs.flatMap((run) => run.notes ?? [])),
  ];
  return {
    ...first,
    suite: { ...first.suite, cases: results.length },
    results,
    totals: totals(results),
    run: joinRuns(runs, first.run, lacks.length === 0, notes, problems.length === parts.length),
  };
}

function joinRuns(runs: readonly Run[], first: Run, complete: boolean, notes: string[], isProblem: boolean): Run {
  const { id, host, via, node, problem } = first;
  const start = Math.min(...runs.map(({ startedAt }) => Date.parse(startedAt)));
  const discovered = new Map(runs.flatMap((run) => run.discovered ?? []).map((found) => [found.what, found]));
  const end = Math.max(...runs.map(({ startedAt, durationMs }) => Date.parse(startedAt) + durationMs));
  return {
    id,
    startedAt: new Date(start).toISOString(),
    durationMs: end - start,
    host,
    via,
    node,
    complete,
    ...(isProblem && problem !== undefined && { problem }),
    ...(notes.length > 0 && { notes }),
    ...(discovered.size > 0 && { discovered: [...discovered.values()] }),
  };
}

/** Checks over every answer, judged by what all cases were answered, in the light of the baseline that parts had. */
function foldAgain(
  own: readonly Result[],
  parts: readonly Part[],
  checks: readonly OverCase[],
  { suite, strict }: Joining,
): Result[] {
  const judged = parts.flatMap(({ report }) => report.results);
  const asked = checks.filter(({ id }) => judged.some((result) => result.id === id));
  const ids = new Set([...own, ...asked].map(({ id }) => id));
  const whole = suite.cases.every(({ id }) => ids.has(id));
  const version = parts[0]?.report.target.version;
  return foldOver(asked, own).map((result) => {
    const known = judged.find(({ id, known }) => id === result.id && known)?.known;
    if (!known) return result;
    const { versions, ...entry } = known;
    const failures = [{ id: result.id, ...entry }];
    const baseline = { formatVersion: 1 as const, about: '', failures, ...(versions !== undefined && { versions }) };
    return applyBaseline(result, { baseline, version, strict, whole });
  });
}

function suiteOf({ file, report: { suite } }: Part): string {
  return `${file} is of ${suite.name} ${suite.version}, cases ${suite.hash}: other files are of other cases`;
}
