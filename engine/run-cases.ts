import type { Case } from './case.ts';
import { clockOf } from './clock.ts';
import { Interruption } from './interruption.ts';
import { waitsForTokens } from './issued.ts';
import { runKept, type Keeper } from './kept.ts';
import { isOverCase } from './over.ts';
import type { Result } from './result.ts';
import { runCase, type RunOptions } from './run-case.ts';
import type { Session } from './session.ts';

export interface RunCasesOptions extends Omit<RunOptions, 'pause'> {
  concurrency: number;
  /** Who can start the target again. */
  keeper?: Keeper | undefined;
  /** Called as verdicts come, in no order. */
  onResult: (result: Result) => void;
  /** Once aborted no further case begins, and those that wait have no verdict. */
  signal?: AbortSignal | undefined;
}

/** A case that waits for its tokens. */
interface Paused {
  /** When they are what they are to be. */
  due: number;
  /** Resolves when its place is free again. With an error it is ended instead. */
  goOn(error?: Error): Promise<void>;
}

/**
 * Runs the cases that have steps, so many at a time; resolves when those begun have ended. Cases that wait begin first,
 * take no place while they do, and are judged last.
 */
export async function runCases(cases: readonly Case[], session: Session, options: RunCasesOptions): Promise<void> {
  const { keeper, signal, concurrency, onResult } = options;
  const clock = clockOf(session.target);
  const paused: Paused[] = [];

  /** Resolves when the case has ended or waits: then its place is free. */
  const begin = (test: Case): Promise<void> =>
    new Promise((free, fail) => {
      let place = { free, fail };
      let isEnded = false;
      const pause = (ms: number): Promise<void> =>
        new Promise((resume, end) => {
          const goOn: Paused['goOn'] = (error) =>
            new Promise((freeAgain, failThen) => {
              place = { free: freeAgain, fail: failThen };
              isEnded = error !== undefined;
              if (error) end(error);
              else resume();
            });
          paused.push({ due: clock.now() + ms, goOn });
          place.free();
        });
      const run = keeper
        ? runKept(test, session, keeper, { ...options, pause })
        : runCase(test, session, { ...options, pause });
      run
        .then((result) => void (isEnded || onResult(result)))
        .then(
          () => place.free(),
          (error: unknown) => place.fail(error),
        );
    });

  const sent = cases.filter((test) => !isOverCase(test));
  const waits = new Set(sent.filter((test) => waitsForTokens(test, session)));
  const ordered = [...waits, ...sent.filter((test) => !waits.has(test))];
  await inPlaces(concurrency, ordered, async (test) => {
    if (!signal?.aborted) await begin(test);
  });
  while (paused.length > 0) {
    const next = paused.splice(0).sort((one, other) => one.due - other.due);
    await inPlaces(concurrency, next, async ({ due, goOn }) => {
      const left = session.down === undefined ? Math.max(0, due - clock.now()) : 0;
      await clock.wait(left, signal).then(
        () => goOn(),
        () => goOn(new Interruption('error', 'interrupted while it waited')),
      );
    });
  }
}

async function inPlaces<T>(places: number, items: readonly T[], act: (item: T) => Promise<void>): Promise<void> {
  const waiting = [...items];
  const work = async (): Promise<void> => {
    while (waiting.length > 0) await act(waiting.shift() as T);
  };
  await Promise.all(Array.from({ length: Math.min(places, items.length) }, work));
}
