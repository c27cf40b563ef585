import { deleteLeftovers, findLeftovers, type Call } from '../../targets/aws/leftovers.ts';
import { sweepCommand } from '../../targets/aws/sweep-command.ts';
import type { AwsAccount } from '../../targets/manifest.ts';
import type { Guard } from './guard.ts';

/** Deletes the pools that a run has left, the last one first. Says in one line what it could not delete. */
export async function clear({ made, ended }: Guard, account: AwsAccount, call: Call): Promise<string | undefined> {
  const left = await made.left();
  const refusals = new Set<string>();
  await Promise.all(
    left.map(async (UserPoolId) => {
      const why = await call('DeleteUserPool', { UserPoolId }).then(
        ({ status, error, message }) => (status < 300 ? undefined : (message ?? error ?? String(status))),
        (error: Error) => error.message.replace(/^target aws: /, ''),
      );
      if (why !== undefined) refusals.add(why);
    }),
  );
  const still = await made.left();
  const sweep = `: ${sweepCommand(account)}`;
  if (still.length > 0) {
    // Why the run ended is told already.
    const [why] = [...refusals].filter((reason) => !ended()?.includes(reason));
    return `${still.length === 1 ? '1 pool is' : `${still.length} pools are`} left behind${why === undefined ? '' : ` (${why})`}${sweep}`;
  }
  return made.unanswered() > 0 ? unheard(made.unanswered(), account.runId, call, sweep) : undefined;
}

/** Whether there is a pool of a creation that nobody has answered only its name tells. */
async function unheard(count: number, runId: string, call: Call, sweep: string): Promise<string | undefined> {
  const unsure = `${count} times CreateUserPool got no answer, and a pool may be left behind${sweep}`;
  try {
    const { leftovers } = await findLeftovers(call, { run: runId });
    const kept = await deleteLeftovers(call, leftovers);
    // Lists know late of what was made.
    return leftovers.length >= count && kept.length === 0 ? undefined : unsure;
  } catch {
    return unsure;
  }
}
