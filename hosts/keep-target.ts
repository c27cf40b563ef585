import type { Manifest } from '../targets/manifest.ts';
import type { StartedTarget } from '../targets/start.ts';
import { createTurns } from './turns.ts';

/** A started target that is started again, with nothing left of what it held, after a turn in which it stopped answering. */
export interface KeptTarget {
  /** Resolves when it is one's turn, beside others or alone. Rejects where the target ended and is not started again. */
  turn(alone: boolean): Promise<TargetTurn>;
  /** Ends the one that runs. */
  stop(): Promise<void>;
}

export interface TargetTurn {
  /** Which start of the target it is, from 0. */
  start: number;
  started: StartedTarget;
  /** Says whether it stopped answering meanwhile. */
  end(stopped: boolean): void;
}

/** A target that ends at every case is not started for ever. */
const MOST_STARTS = 30;

/** Whether its process is one that a run starts; others are started by whoever owns them. */
export function isStartedByUs({ start }: Manifest): boolean {
  return !('url' in start || 'mock' in start);
}

export function keepTarget(first: StartedTarget, startAnother: () => Promise<StartedTarget>): KeptTarget {
  const turns = createTurns();
  let started = first;
  let start = 0;
  /** The last start that is known to have ended. */
  let stopped = -1;
  /** Why it is not started again. */
  let refusal: Error | undefined;

  async function startAgain(): Promise<void> {
    if (start === MOST_STARTS) throw new Error(`it was started again ${MOST_STARTS} times, which is enough`);
    await started.stop();
    started = await startAnother();
    start += 1;
  }

  return {
    turn: async (alone) => {
      for (;;) {
        if (refusal) throw refusal;
        const toStart = stopped === start;
        const end = await turns(alone || toStart);
        if (stopped === start && (alone || toStart)) {
          await startAgain().catch((error: Error) => (refusal ??= error));
        }
        // It may have stopped while this turn was waited for, and where it was started anew others may come along.
        if (refusal || stopped === start || (toStart && !alone)) {
          end();
          continue;
        }
        const ofStart = start;
        return {
          start,
          started,
          end: (hasStopped) => {
            if (hasStopped) stopped = Math.max(stopped, ofStart);
            end();
          },
        };
      }
    },
    stop: () => started.stop(),
  };
}
