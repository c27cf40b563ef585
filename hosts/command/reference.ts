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
  const isEndpoint = /^https?:/i.test(named);
  if (!isEndpoint) await requireKnownTarget(named);
  const reference = await manifestOf(isEndpoint ? { endpoint: named } : { name: named });
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

/** Runs both, the reference first, and holds the answers against each other; undefined where there are none. */
export async function runSides(
  { target, reference }: Sides,
  options: Omit<RunTargetOptions, 'strict' | 'trace'>,
): Promise<{ reports: Report[]; comparison?: Comparison }> {
  // Without its exchanges a pass could not be compared.
  const whole = { ...options, strict: false, trace: true };
  const folder = options.folder && join(options.folder, 'reference');
  const one = await runTarget(reference, { ...whole, folder });
  if (one.run.problem !== undefined || options.signal.aborted) return { reports: [one] };
  const other = await runTarget(target, whole);
  if (options.signal.aborted) return { reports: [other, one] };
  const comparison = compare(one, other);
  if (other.run.problem === undefined) return { reports: [other, one], comparison };
  const differences = await probe(target, reference, options.signal);
  return {
    reports: [other, one],
    comparison: { ...comparison, differences, uncompared: [], problem: other.run.problem },
  };
}

/** Before the same upstream, what a manifest says of one door holds for the other: codes, keys, credentials. */
function withMeans(door: Manifest, { baseline: _, ...other }: Manifest): Manifest {
  return 'url' in door.start && 'url' in other.start ? { ...other, name: door.name, start: door.start } : door;
}

function urlOf({ start }: Manifest): string | undefined {
  return 'url' in start && URL.canParse(start.url) ? new URL(start.url).href.replace(/\/+$/, '') : undefined;
}
