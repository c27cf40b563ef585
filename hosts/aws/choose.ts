import { newRunId } from '../../engine/session.ts';
import { planSummary } from '../../targets/aws/plan-summary.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { ask, canAsk } from '../command/ask.ts';
import { texts, type Flags } from '../command/flags.ts';
import { terminalWidth } from '../command/terminal-width.ts';
import { UsageError } from '../usage-error.ts';
import { namedBy } from './named.ts';
import type { AwsOptions } from './open.ts';

/** Flags that say something of a run in a real account alone. */
const OWN = ['account', 'region', 'quota', 'yes'];

/** The manifest of `--target aws`. Throws a `UsageError` where that does not go with the other flags. */
export function awsManifest(flags: Flags): Manifest {
  const account = { ...namedBy(flags, '--target aws'), runId: newRunId() };
  if (texts(flags['target']).length + texts(flags['endpoint']).length > 1) {
    throw new UsageError('--target aws is run alone: run the others by themselves, and join the results with report');
  }
  if (flags['reference'] !== undefined) {
    throw new UsageError('--reference is for proxies, and --target aws is the service: compare recordings of both');
  }
  if (flags['via'] !== undefined && flags['via'] !== 'wire') {
    throw new UsageError(
      `--via ${String(flags['via'])} and --target aws exclude each other: there cases go by the wire`,
    );
  }
  if (flags['yes'] !== true && !canAsk()) {
    throw new UsageError(
      '--target aws asks before it makes anything, and there is nobody to ask: look at "aws plan", and give --yes',
    );
  }
  return {
    formatVersion: 1,
    name: 'aws',
    about: 'A real account.',
    start: { aws: account },
    region: account.region,
    // They are of the environment, and read when it begins.
    credentials: { accessKeyId: '', secretAccessKey: '' },
    values: {},
  };
}

/** Throws a `UsageError` for flags that only `--target aws` has a use for. */
export function refuseAwsFlags(flags: Flags): void {
  const own = OWN.find((flag) => flags[flag] !== undefined);
  if (own !== undefined) throw new UsageError(`--${own} goes with --target aws`);
}

/** Nobody wants the run after all. */
export class Declined extends Error {}

/** Shows the plan, and asks unless `--yes` was given. */
export function approveWith(flags: Flags): AwsOptions['approve'] {
  return async (plan, run) => {
    console.error(planSummary(plan, run, terminalWidth()));
    if (flags['yes'] !== true && !(await ask('Go on?'))) throw new Declined();
  };
}
