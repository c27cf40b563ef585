import type { Case } from '../../engine/case.ts';
import type { Suite } from '../../engine/suite.ts';
import type { FixedPart } from '../../targets/aws/fixed-parts.ts';
import type { Plan } from '../../targets/aws/plan.ts';
import type { Quotas } from '../../targets/aws/quotas.ts';
import { readStack, STACK_NAME, type Stack } from '../../targets/aws/stack.ts';
import { TargetError } from '../../targets/target-error.ts';
import { rehearse } from '../rehearse.ts';
import { planFor } from './plan.ts';

/** What comes by the queue. */
const READ: readonly FixedPart[] = ['codes', 'messages', 'triggers'];

/** What a run would do with what is there. */
export interface Prepared {
  plan: Plan;
  /** The fixed parts; absent where no case needs them, or they are not there. */
  stack?: Stack | undefined;
  /** Ids of cases that read what the stack's functions put on its queue. */
  reading: ReadonlySet<string>;
  /** Cases that the account cannot show, by their ids, and why. */
  leftOut: ReadonlyMap<string, string>;
}

/** Runs the cases on the mock, and looks for the stack where one of them needs it. Rejects with a `TargetError`. */
export async function prepareRun(
  { cases, suite, quotas }: { cases: readonly Case[]; suite: Suite; quotas: Quotas },
  region: string,
): Promise<Prepared> {
  const rehearsal = await rehearse(cases, suite);
  const needing = rehearsal.cases.filter(({ needs }) => needs.length > 0);
  const stack = needing.length > 0 ? await stackOf(region) : undefined;
  const without = typeof stack === 'string' ? needing.map(({ id }) => ({ id, reason: stack })) : [];
  const out = new Set(without.map(({ id }) => id));
  const kept = {
    ...rehearsal,
    cases: rehearsal.cases.filter(({ id }) => !out.has(id)),
    leftOut: [...rehearsal.leftOut, ...without],
  };
  return {
    plan: planFor(kept, quotas, suite),
    stack: typeof stack === 'string' ? undefined : stack,
    reading: new Set(kept.cases.filter(({ needs }) => needs.some((part) => READ.includes(part))).map(({ id }) => id)),
    leftOut: new Map(kept.leftOut.map(({ id, reason }) => [id, reason])),
  };
}

/** The stack, or why cases that need it cannot be judged. */
async function stackOf(region: string): Promise<Stack | string> {
  try {
    return (await readStack(region)) ?? `it needs the stack ${STACK_NAME}, which is not deployed in ${region}`;
  } catch (error) {
    if (!(error instanceof TargetError) || !isMissingPackage(error.cause)) throw error;
    return `it needs the stack ${STACK_NAME}, which only npm packages that are not installed can read: docs/real-cognito.md names them`;
  }
}

function isMissingPackage(cause: unknown): boolean {
  return (cause as { code?: unknown } | undefined)?.code === 'ERR_MODULE_NOT_FOUND';
}
