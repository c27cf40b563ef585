import type { Case } from './case.ts';
import { runKept, type Keeper } from './kept.ts';
import { isOverCase } from './over.ts';
import type { Result } from './result.ts';
import { runCase, type RunOptions } from './run-case.ts';
import type { Session } from './session.ts';

export interface RunCasesOptions extends RunOptions {
  concurrency: number;
  /** Who can start the target again. */
  keeper?: Keeper | undefined;
  /** Called as verdicts come, in no order. */
  onResult: (result: Result) => void;
  /** Once aborted no further case begins. */
  signal?: AbortSignal | undefined;
}

/** Runs the cases that have steps, so many at a time; resolves when those begun have ended. */
export async function runCases(cases: readonly Case[], session: Session, options: RunCasesOptions): Promise<void> {
  const waiting = cases.filter((test) => !isOverCase(test));
  const { keeper } = options;
  const run = (test: Case): Promise<Result> =>
    keeper ? runKept(test, session, keeper, options) : runCase(test, session, options);
  const work = async (): Promise<void> => {
    for (let test = waiting.shift(); test && !options.signal?.aborted; test = waiting.shift()) {
      options.onResult(await run(test));
    }
  };
  await Promise.all(Array.from({ length: Math.min(options.concurrency, cases.length) }, work));
}
