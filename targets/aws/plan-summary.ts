import { duration, indent, number, count } from './plan-page.ts';
import type { Plan } from './plan.ts';
import { sweepCommand } from './sweep-command.ts';

export interface PlannedRun {
  account: string;
  region: string;
  /** Who makes it. */
  arn: string;
  runId: string;
  /** How many pools of older runs are deleted first. */
  leftovers: number;
}

/** What a person has to know who is asked whether a run may begin. */
export function planSummary(plan: Plan, run: PlannedRun, width: number): string {
  const { account, region, arn, runId, leftovers } = run;
  const { cases, leftOut, makes, calls, time, cost, messages } = plan;
  const [slowest] = calls.categories;
  const { usersARun, freeUsersAMonth } = cost;
  const lines = [
    `${count(cases, 'case')}, as ${arn}`,
    ...reasonsOf(leftOut).map(([reason, amount]) => `Left out: ${count(amount, 'case')}: ${reason}`),
    ...(leftovers > 0 ? [`Deletes ${count(leftovers, 'pool')} that older runs have left`] : []),
    `Makes ${count(makes.pools, 'pool')}, ${count(makes.clients, 'client')}, ${count(makes.users, 'user')}; deletes them at the end, and when it is interrupted`,
    `Sends ${count(calls.total, 'call')}; the quotas alone take ${duration(time.quotaSeconds)}${slowest ? `, most of it ${slowest.name}` : ''}`,
    ...(time.expirySeconds > 0 ? [`Expired tokens take ${duration(time.expirySeconds)}, beside all else`] : []),
    `Costs ${count(usersARun, 'active user')} of the ${number(freeUsersAMonth)} that are free in a month: nothing, unless your account has other prices`,
    ...(messages.EMAIL + messages.SMS > 0
      ? [
          `Causes ${count(messages.EMAIL, 'e-mail')} and ${number(messages.SMS)} SMS, which the stack keeps from being sent`,
        ]
      : []),
    `Is the run ${runId}; what is left of it, should it be killed, deletes:`,
  ];
  return [
    `A run in account ${account}, region ${region}`,
    ...lines.flatMap((line) => indent(line, width)),
    // To be copied as it stands.
    `    ${sweepCommand(run)}`,
  ].join('\n');
}

function reasonsOf(leftOut: Plan['leftOut']): [reason: string, amount: number][] {
  const amounts = new Map<string, number>();
  for (const { reason } of leftOut) amounts.set(reason, (amounts.get(reason) ?? 0) + 1);
  return [...amounts].sort(([, one], [, other]) => other - one);
}
