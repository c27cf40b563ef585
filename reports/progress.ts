import type { Result, Verdict } from '../engine/result.ts';
import { columns, cut, pad } from './columns.ts';
import { plain } from './plain.ts';
import { totals } from './totals.ts';

export interface Progress {
  add(result: Pick<Result, 'verdict'>): void;
  /** Clears the line, so that a report can follow. */
  stop(): void;
}

/** What of `process.stderr` is used. */
export interface ProgressStream {
  isTTY?: boolean | undefined;
  columns?: number | undefined;
  write(text: string): unknown;
}

const everyMs = 100;
const shown: readonly Verdict[] = [
  'pass',
  'fail',
  'changed',
  'blocked',
  'fixed',
  'error',
  'warn',
  'info',
  'known',
  'skip',
];

/** One line on a terminal that says how far a run is, redrawn ten times a second at most; nothing elsewhere. */
export function progress(name: string, total: number, stream: ProgressStream, now = Date.now): Progress {
  if (stream.isTTY !== true) return { add: () => undefined, stop: () => undefined };
  const counts = totals([]);
  let done = 0;
  let drawn = 0;
  let next = 0;

  function draw(line: string): void {
    const fitting = cut(plain(line), (stream.columns ?? 80) - 1);
    stream.write(`\r${pad(fitting, drawn)}`);
    drawn = columns(fitting);
  }

  return {
    add({ verdict }) {
      counts[verdict] += 1;
      done += 1;
      if (now() < next) return;
      next = now() + everyMs;
      const parts = shown.filter((each) => counts[each] > 0).map((each) => `${counts[each]} ${each}`);
      draw(`${name}  ${done}/${total}  ${parts.join(', ')}`);
    },
    stop() {
      if (drawn === 0) return;
      draw('');
      stream.write('\r');
    },
  };
}
