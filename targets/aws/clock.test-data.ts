import type { Clock } from './limiter.ts';

/** A clock that stands while somebody is busy, and then goes to where the first who waits is done. */
export function fakeClock(isBusy: () => boolean = () => false): Clock & { run<T>(work: Promise<T>): Promise<T> } {
  let now = 0;
  const waiting: { until: number; wake: () => void }[] = [];
  return {
    now: () => now,
    wait: (ms) => new Promise((wake) => waiting.push({ until: now + ms, wake })),
    async run(work) {
      let done = false;
      void work.finally(() => (done = true)).catch(() => {});
      for (;;) {
        await new Promise((settled) => setImmediate(settled));
        if (done) return work;
        if (isBusy()) continue;
        waiting.sort((one, other) => one.until - other.until);
        const next = waiting.shift();
        if (!next) throw new Error('nothing is waited for');
        now = Math.max(now, next.until);
        next.wake();
      }
    },
  };
}
