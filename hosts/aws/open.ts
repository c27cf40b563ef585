import type { Case, JsonObject } from '../../engine/case.ts';
import { mergePatch } from '../../engine/patch.ts';
import type { Suite } from '../../engine/suite.ts';
import type { Target } from '../../engine/target.ts';
import { attachStack, SHORT_LIVED } from '../../targets/aws/attach.ts';
import { deleteLeftovers, findLeftovers, MADE_AT_TAG, RUN_TAG } from '../../targets/aws/leftovers.ts';
import type { PlannedRun } from '../../targets/aws/plan-summary.ts';
import type { Plan } from '../../targets/aws/plan.ts';
import type { Quotas } from '../../targets/aws/quotas.ts';
import type { Stack } from '../../targets/aws/stack.ts';
import type { AwsAccount } from '../../targets/manifest.ts';
import type { OpenTarget } from '../open-target.ts';
import { callOf, connect, paced } from './connection.ts';
import { clear } from './clear.ts';
import { guardRun, type Guard } from './guard.ts';
import { prepareRun } from './prepare.ts';

export interface AwsOptions {
  suite: Suite;
  cases: readonly Case[];
  quotas: Quotas;
  /** Rejects where nobody wants the run. */
  approve: (plan: Plan, run: PlannedRun) => Promise<void>;
  signal: AbortSignal;
}

/** So many cases are under way that the quotas are what a run waits for; with a stack many more wait for messages. */
const CONCURRENCY = { alone: 32, withStack: 160 };
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
    const { plan, stack, reading, leftOut } = await prepareRun(options, region);
    await options.approve(plan, { ...account, arn, leftovers: leftovers.length });
    const kept = await deleteLeftovers(call, leftovers);
    for (const { name, why } of kept) console.error(`${name} of an older run is left: ${why}`);
    const parts = await partsFor(stack, region, guard);
    const madeAt = new Date().toISOString();
    const target: Target = {
      name: 'aws',
      endpoint,
      region,
      credentials,
      values: {},
      ...parts.additions,
      runId,
      leftOut,
      clears: true,
      poolSettings: (id) => mergePatch(parts.additions.poolSettings?.(id), taggedWith(id, madeAt)) as JsonObject,
      send: guard.front(send),
    };
    return {
      target,
      concurrency: stack ? CONCURRENCY.withStack : CONCURRENCY.alone,
      first: reading,
      guard: { ...guard, clear: () => clear(guard, account, call) },
      close: async () => {
        await parts.close();
        close();
      },
    };
  } catch (error) {
    close();
    throw error;
  }
}

/** What the stack adds, where there is one; whoever waits for something of it does so no longer than the run goes on. */
async function partsFor(
  stack: Stack | undefined,
  region: string,
  guard: Guard,
): Promise<{ additions: Partial<Target>; close: () => Promise<void> }> {
  if (!stack) return { additions: { issues: SHORT_LIVED }, close: async () => {} };
  const { additions, close } = await attachStack({ region, stack, isOurs: (id) => guard.made.all.has(id) });
  const { latestCode, messages, functions } = additions;
  return {
    additions: {
      ...additions,
      latestCode: (user, awaited) => guard.reading(latestCode(user, awaited)),
      messages: (user) => guard.reading(messages(user)),
      functions: { ...functions, events: (user) => guard.reading(functions.events(user)) },
    },
    close,
  };
}

/** By what a pool is known as ours, and can be deleted. */
function taggedWith(runId: string, madeAt: string): JsonObject {
  return { UserPoolTags: { [RUN_TAG]: runId, [MADE_AT_TAG]: madeAt }, DeletionProtection: 'INACTIVE' };
}
