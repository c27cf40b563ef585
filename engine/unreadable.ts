import { Interruption } from './interruption.ts';
import type { Session } from './session.ts';

/** What is read beside the answers of a target could not be: perhaps because the target is gone. */
export async function unreadable(what: string, error: unknown, session: Session): Promise<never> {
  const reason = error instanceof Error ? error.message : String(error);
  if (!(await session.support.answers())) session.down ??= `the target stopped answering: ${reason}`;
  throw new Interruption('error', `${what} could not be read`, reason);
}
