import { setTimeout as sleep } from 'node:timers/promises';
import type { Clock, Target } from './target.ts';

const ours: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) => sleep(ms, undefined, { signal }),
};

export function clockOf({ clock }: Pick<Target, 'clock'>): Clock {
  return clock ?? ours;
}
