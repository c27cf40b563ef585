import type { Case } from './case.ts';
import type { Result } from './result.ts';
import { runCase, type RunOptions } from './run-case.ts';
import { renewSession, type Session } from './session.ts';
import type { Target } from './target.ts';

/** Who started the target lets cases have their turn at it, and starts it again between turns where one ended it. */
export interface Keeper {
  /** Resolves when it is one's turn, beside others or alone. Rejects where the target ended and is not started again. */
  turn(alone: boolean): Promise<Turn>;
}

export interface Turn {
  /** Which start of the target it is: at another one all that was made on it is gone. */
  start: number;
  target: Target;
  /** Says whether the target stopped answering meanwhile. */
  end(stopped: boolean): void;
}

export interface KeptOptions extends RunOptions {
  /** Once aborted, nothing is run again. */
  signal?: AbortSignal | undefined;
}

/**
 * Judges a case on a target that can be started again. Where it stops answering, whatever was under way is run again,
 * one at a time: the case that ends it then is the one that did it.
 */
export async function runKept(
  test: Case,
  session: Session,
  keeper: Keeper,
  { signal, ...options }: KeptOptions,
): Promise<Result> {
  const run = async (alone: boolean): Promise<{ result: Result; stopped: boolean }> => {
    const result = await runCase(test, session, { ...options, alone });
    return { result, stopped: session.down !== undefined };
  };
  const first = await inTurn(session, keeper, false, run);
  if (!first.stopped || session.givenUp || signal?.aborted) return first.result;
  const again = await inTurn(session, keeper, true, run);
  if (again.stopped && !session.givenUp) {
    session.notes.add(`the target stopped answering at ${test.id}, which ran alone`);
  }
  return again.result;
}

/** Works on the start of the target that runs when it is one's turn. Where none does any more, the target is given up. */
export async function inTurn<T extends { stopped: boolean }>(
  session: Session,
  keeper: Keeper,
  alone: boolean,
  work: (alone: boolean) => Promise<T>,
): Promise<T> {
  let turn: Turn;
  try {
    turn = await keeper.turn(alone);
  } catch (error) {
    giveUp(session, error);
    return work(false);
  }
  let stopped = true;
  try {
    if (turn.start !== session.start) {
      session.notes.add('the target stopped answering and was started again');
      renewSession(session, turn);
    }
    const done = await work(alone);
    stopped = done.stopped;
    return done;
  } finally {
    // Its pools are gone with it.
    if (stopped) session.pools.clear();
    turn.end(stopped);
  }
}

function giveUp(session: Session, error: unknown): void {
  if (session.givenUp) return;
  const [why = ''] = (error instanceof Error ? error.message : String(error)).split(/; it wrote last:|\n/);
  session.givenUp = true;
  session.down = `${session.down ?? 'the target stopped answering'}; ${why}`;
}
