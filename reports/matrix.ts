import type { Report, Result, Verdict } from '../engine/result.ts';
import { isUnreached } from './unreached.ts';

/** Of some results on one target. */
export interface Tally {
  passed: number;
  /** Those that came to a verdict on the target: not `skip`, not `error`. */
  judged: number;
  skipped: number;
  /** Of those judged, the ones that were never reached: the target refused what comes before. */
  unreached: number;
}

/** Several reports side by side; every list of cells is in the order of `targets`. */
export interface Matrix {
  targets: Report[];
  /** Reports that prove nothing about Cognito and are no column. */
  selfTests: Report[];
  areas: { area: string; cells: Tally[] }[];
  totals: Tally[];
  /** Cases that some target does not pass; `undefined` where a case was not run. */
  differing: { id: string; title: string; area: string; verdicts: (Verdict | undefined)[] }[];
}

const passing: readonly Verdict[] = ['pass', 'fixed'];
const unjudged: readonly Verdict[] = ['skip', 'error'];

export function matrix(reports: readonly Report[]): Matrix {
  const targets = reports.filter(({ target }) => target.selfTest !== true);
  const byId = targets.map(({ results }) => new Map(results.map((result) => [result.id, result])));
  const all = new Map(targets.flatMap(({ results }) => results.map((result) => [result.id, result])));
  const ordered = [...all.values()].sort((a, b) => compare(a.area, b.area) || compare(a.id, b.id));
  const rows = ordered.map(({ id, title, area }) => ({
    id,
    title,
    area,
    verdicts: byId.map((results) => results.get(id)?.verdict),
  }));
  const areas = [...new Set(ordered.map(({ area }) => area))];
  return {
    targets,
    selfTests: reports.filter(({ target }) => target.selfTest === true),
    areas: areas.map((area) => ({
      area,
      cells: targets.map(({ results }) => tally(results.filter((result) => result.area === area))),
    })),
    totals: targets.map(({ results }) => tally(results)),
    differing: rows.filter(({ verdicts }) => verdicts.some((one) => one !== undefined && !passing.includes(one))),
  };
}

export function tally(results: readonly Pick<Result, 'verdict' | 'fingerprint'>[]): Tally {
  return {
    passed: results.filter(({ verdict }) => passing.includes(verdict)).length,
    judged: results.filter(({ verdict }) => !unjudged.includes(verdict)).length,
    skipped: results.filter(({ verdict }) => verdict === 'skip').length,
    unreached: results.filter(isUnreached).length,
  };
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
