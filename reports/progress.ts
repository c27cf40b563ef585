import type { Result, Totals, Verdict } from '../engine/result.ts';
import { columns, cut, pad } from './columns.ts';
import { duration } from './duration.ts';
import type { Detail } from './finding.ts';
import { cases } from './finding.ts';
import { plain } from './plain.ts';
import { totals } from './totals.ts';

export interface Progress {
  add(result: Pick<Result, 'id' | 'verdict' | 'durationMs'>): void;
  /** Clears the line, so that a report can follow. */
  stop(): void;
}

/** What of `process.stderr` is used. */
export interface ProgressStream {
  /** A terminal whose line can be written again. */
  redraws: boolean;
  columns?: number | undefined;
  write(text: string): unknown;
}

export interface ProgressOptions {
  detail?: Detail | undefined;
  /** The case that is being run, the longest under way of several. */
  current?: (() => string | undefined) | undefined;
  now?: () => number;
}

const redrawMs = 100;
const barWidth = 20;
/** Where lines stay there are few of them: one a tenth, or a minute, and never two within seconds. */
const lineMs = 5_000;
const silenceMs = 60_000;
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

/** How far a run is: a bar on a terminal, plain lines elsewhere. `verbose` tells each case as it ends, `quiet` nothing. */
export function progress(
  name: string,
  total: number,
  stream: ProgressStream,
  { detail = 'normal', current = () => undefined, now = Date.now }: ProgressOptions = {},
): Progress {
  if (detail === 'quiet') return { add: () => undefined, stop: () => undefined };
  const state: State = { name, total, done: 0, counts: totals([]), startedAt: now() };
  // A case that takes long is seen to, and the clock goes on.
  const timer = stream.redraws ? setInterval(() => show?.draw(state, now()), redrawMs).unref() : undefined;
  const show = stream.redraws ? bar(stream, current) : detail === 'verbose' ? undefined : lines(stream, state);
  return {
    add({ id, verdict, durationMs }) {
      state.counts[verdict] += 1;
      state.done += 1;
      if (detail === 'verbose') {
        show?.clear();
        stream.write(`${plain(`${verdict.padEnd(7)}  ${id}  ${duration(durationMs)}`)}\n`);
      }
      show?.draw(state, now());
    },
    stop() {
      clearInterval(timer);
      show?.clear();
    },
  };
}

interface State {
  name: string;
  total: number;
  done: number;
  counts: Totals;
  startedAt: number;
}

interface Show {
  draw(state: State, now: number): void;
  clear(): void;
}

/** One line that is written again, ten times a second at most. */
function bar(stream: ProgressStream, current: () => string | undefined): Show {
  let drawn = 0;
  let next = 0;
  const put = (line: string): void => {
    const fitting = cut(plain(line), (stream.columns || 80) - 1);
    stream.write(`\r${pad(fitting, drawn)}`);
    drawn = columns(fitting);
  };
  return {
    draw(state, now) {
      if (now < next) return;
      next = now + redrawMs;
      const { name, done, total } = state;
      const full = Math.floor((barWidth * done) / total);
      const parts = [name, '█'.repeat(full) + '░'.repeat(barWidth - full), `${done}/${total}`, counted(state)].filter(
        Boolean,
      );
      put([...parts, times(state, now), current() ?? ''].filter(Boolean).join('  '));
    },
    clear() {
      if (drawn === 0) return;
      put('');
      stream.write('\r');
      drawn = 0;
      next = 0;
    },
  };
}

function lines(stream: ProgressStream, { startedAt }: State): Show {
  let saidAt = startedAt;
  let said = 0;
  return {
    draw(state, now) {
      const { name, done, total } = state;
      const silence = now - saidAt;
      const due = silence >= silenceMs || (silence >= lineMs && (done - said) * 10 >= total);
      if (!due || done === total) return;
      [saidAt, said] = [now, done];
      stream.write(`${plain(`${name}: ${done} of ${cases(total)}, ${counted(state)}; ${times(state, now)}`)}\n`);
    },
    clear: () => undefined,
  };
}

function counted({ counts }: State): string {
  return shown
    .filter((verdict) => counts[verdict] > 0)
    .map((verdict) => `${counts[verdict]} ${verdict}`)
    .join(', ');
}

/** What is left is told once it can be known: all cases have taken as long as those so far. */
function times({ done, total, startedAt }: State, now: number): string {
  const elapsed = now - startedAt;
  const left = (elapsed / done) * (total - done);
  const words = whole(elapsed);
  return elapsed < 2_000 || done === 0 || done === total ? words : `${words}, about ${whole(left)} left`;
}

function whole(ms: number): string {
  return ms < 59_500 ? `${Math.round(ms / 1000)} s` : duration(ms);
}
