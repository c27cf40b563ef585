import { basename } from 'node:path';
import type { Case } from '../../engine/case.ts';
import type { Suite } from '../../engine/suite.ts';
import { packageRoot } from '../../package.ts';
import { loadManifest, targetNames } from '../../targets/manifest.ts';
import { readBaseline } from '../baseline-file.ts';

/** What a shipped target passed when its baseline was drafted. */
export interface Passes {
  target: string;
  /** The name of its baseline. */
  file: string;
  ids: ReadonlySet<string>;
}

/** The passes that the baselines of a package's targets record; our own mock's count for nothing. */
export async function recordedPasses(suite: Suite, root: URL = packageRoot): Promise<Passes[]> {
  const manifests = await Promise.all((await targetNames(root)).map((name) => loadManifest(name, root)));
  return manifests.flatMap(({ name, selfTest, baseline }, index) => {
    if (selfTest || baseline === undefined) return [];
    // One target may be started in two ways.
    if (manifests.some((other, before) => before < index && other.baseline === baseline)) return [];
    const { passes } = readBaseline(baseline, suite);
    return passes === undefined ? [] : [{ target: name, file: basename(baseline), ids: new Set(passes) }];
  });
}

/** The cases that none of them passed: nobody but our own mock has ever agreed. */
export function lonelyCases(cases: readonly Case[], passes: readonly Passes[]): Case[] {
  return cases.filter(({ id, faults }) => faults === undefined && !passes.some(({ ids }) => ids.has(id)));
}

/** The sum in one sentence. */
export function lonelyLine(cases: readonly Case[], passes: readonly Passes[]): string {
  const lonely = lonelyCases(cases, passes).length;
  const by = passes.map(({ target, file }) => `${target} (${file})`);
  if (by.length === 0) return 'No baseline of a shipped target records what passed; draft one with --write-baseline.';
  const verb = lonely === 1 ? 'was' : 'were';
  const record = by.length === 1 ? 'the baseline of' : 'the baselines of';
  const says = by.length === 1 ? 'records' : 'record';
  return `${lonely} of ${cases.length} cases ${verb} passed by no target but our mock, as ${record} ${by.join(' and ')} ${says} it.`;
}
