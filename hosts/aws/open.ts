import type { Case } from '../../engine/case.ts';
import type { Suite } from '../../engine/suite.ts';
import type { Target } from '../../engine/target.ts';
import { deleteLeftovers, findLeftovers, MADE_AT_TAG, RUN_TAG } from '../../targets/aws/leftovers.ts';
import type { PlannedRun } from '../../targets/aws/plan-summary.ts';
import type { Plan } from '../../targets/aws/plan.ts';
import type { Quotas } from '../../targets/aws/quotas.ts';
import type { AwsAccount } from '../../targets/manifest.ts';
import type { OpenTarget } from '../open-target.ts';
import { callOf, connect, paced } from './connection.ts';
import { clear } from './clear.ts';
import { guardRun } from './guard.ts';
import { prepareRun } from './prepare.ts';

export interface AwsOptions {
  suite: Suite;
  cases: readonly Case[];
  quotas: Quotas;
  /** Rejects where nobody wants the run. */
  approve: (plan: Plan, run: PlannedRun) => Promise<void>;
  signal: AbortSignal;
}

/** So many cases are under way that the quotas are what a run waits for. */
const CONCURRENCY = 32;
/** No run takes as long. */
const OLD_MS = 3 * 60 * 60_000;

/** A real account as a target, once a person has approved of it. Rejects with a `TargetError` where it cannot be judged. */
export async function openAws(account: AwsAccount, options: AwsOptions): Promise<OpenTarget> {
  const { runId } = account;
  const { quotas, signal } = options;
  const { arn, endpoint, region, credentials, send: wire, close } = await connect(account);
  try {
    const guard = guardRun(credentials.accessKeyId, signal);
    const send = paced(guard.watch(wire), quotas);
    const call = callOf({ endpoint, region, credentials, send });
    const { leftovers } = await findLeftovers(call, { olderThanMs: OLD_MS });
    const { plan, leftOut } = await prepareRun(options, region);
    await options.approve(plan, { ...account, arn, leftovers: leftovers.length });
    const kept = await deleteLeftovers(call, leftovers);
    for (const { name, why } of kept) console.error(`${name} of an older run is left: ${why}`);
    const target: Target = {
      name: 'aws',
      endpoint,
      region,
      credentials,
      values: {},
      runId,
      leftOut,
      clears: true,
      poolSettings: poolSettings(new Date().toISOString()),
      send: (request, more) => guard.unlessStopped(send(request, more)),
    };
    return {
      target,
      concurrency: CONCURRENCY,
      guard: { ...guard, clear: () => clear(guard, account, call) },
      close: async () => close(),
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** By which a pool is known as ours, and can be deleted. */
function poolSettings(madeAt: string): NonNullable<Target['poolSettings']> {
  return (runId) => ({
    UserPoolTags: { [RUN_TAG]: runId, [MADE_AT_TAG]: madeAt },
    DeletionProtection: 'INACTIVE',
  });
}
