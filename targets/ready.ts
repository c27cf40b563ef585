import { setTimeout as sleep } from 'node:timers/promises';

/** True as soon as the URL answers HTTP at all, false when it has not within the time or before the signal. */
export async function isReady(url: string, withinMs: number, signal: AbortSignal): Promise<boolean> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(withinMs)]);
  while (!limit.aborted) {
    try {
      const answer = await fetch(url, { signal: limit, redirect: 'manual', headers: { connection: 'close' } });
      await answer.arrayBuffer();
      return !signal.aborted;
    } catch {
      await sleep(50);
    }
  }
  return false;
}
