import { join } from 'node:path';
import type { Report } from '../../engine/result.ts';
import { compare, type Comparison } from '../../reports/comparison/compare.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { manifestOf } from '../open-target.ts';
import { UsageError } from '../usage-error.ts';
import { requireKnownTarget } from './choose-targets.ts';
import { text, type Flags } from './flags.ts';
import { probe } from './probe.ts';
import { runTarget, type RunTargetOptions } from './run-target.ts';

export interface Sides {
  target: Manifest;
  reference: Manifest;
}

/** What `--reference` names, beside the one target of the run. Throws a `UsageError`. */
export async function sidesOf(flags: Flags, targets: Manifest[]): Promise<Sides | undefined> {
  const named = text(flags['reference']);
  const [target] = targets;
  if (named === undefined || !target) return undefined;
  if (targets.length > 1) throw new UsageError('--reference is for one target; compare the targets one by one');
  for (const flag of ['baseline', 'no-baseline', 'write-baseline', 'prune', 'strict']) {
    if (flags[flag] !== undefined) {
      throw new UsageError(`--${flag} and --reference exclude each other: what is judged is only how answers differ`);
    }
  }
  if (named === 'aws') {
    throw new UsageError('--reference aws: a real account is a target of its own; compare recordings of both');
  }
  const isEndpoint = /^https?:/i.test(named);
  if (!isEndpoint) await requireKnownTarget(named);
  const reference = await manifestOf(isEndpoint ? { endpoint: named, flag: '--reference' } : { name: named });
  const [here, there] = [urlOf(target), urlOf(reference)];
  if (here !== undefined && here === there) {
    throw new UsageError(`--reference ${named} is the endpoint itself: give the address behind the proxy`);
  }
  const bare = flags['endpoint'] !== undefined;
  const sides = {
    target: bare && !isEndpoint ? withMeans(target, reference) : target,
    reference: isEndpoint && !bare ? withMeans(reference, target) : reference,
  };
  if (sides.target.name !== sides.reference.name) return sides;
  return { ...sides, reference: { ...sides.reference, name: `${sides.reference.name}-reference` } };
}

type Options = Omit<RunTargetOptions, 'strict' | 'trace'>;

export interface SidesRun {
  reports: Report[];
  /** Absent where there is nothing to compare: the reference cannot be judged, or the run was interrupted. */
  comparison?: Comparison;
}

/** Runs both, the reference first. */
export async function runSides(sides: Sides, options: Options): Promise<SidesRun> {
  const folder = options.folder && join(options.folder, 'reference');
  const one = await runTarget(sides.reference, traced({ ...options, folder }));
  if (one.run.problem !== undefined || options.signal.aborted) return { reports: [one] };
  return runAgainst(one, sides, options);
}

/** Runs the target, and holds its answers against those of a run on the reference. */
export async function runAgainst(one: Report, { target, reference }: Sides, options: Options): Promise<SidesRun> {
  const other = await runTarget(target, traced(options));
  if (options.signal.aborted) return { reports: [other, one] };
  const comparison = compare(one, other);
  const { problem } = other.run;
  if (problem === undefined) return { reports: [other, one], comparison };
  const differences = await probe(target, reference, options.signal);
  return { reports: [other, one], comparison: { ...comparison, differences, uncompared: [], problem } };
}

/** Without its exchanges a pass could not be compared. */
function traced(options: Options): RunTargetOptions {
  return { ...options, strict: false, trace: true };
}

/** Before the same upstream, what a manifest says of one door holds for the other: codes, keys, credentials. */
function withMeans(door: Manifest, { baseline: _, ...other }: Manifest): Manifest {
  return 'url' in door.start && 'url' in other.start ? { ...other, name: door.name, start: door.start } : door;
}

function urlOf({ start }: Manifest): string | undefined {
  return 'url' in start && URL.canParse(start.url) ? new URL(start.url).href.replace(/\/+$/, '') : undefined;
}
