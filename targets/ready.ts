import http from 'node:http';
import https from 'node:https';
import { setTimeout as sleep } from 'node:timers/promises';

/** True as soon as the URL answers HTTP at all, false when it has not within the time or before the signal. */
export async function isReady(url: string, withinMs: number, signal: AbortSignal): Promise<boolean> {
  // Not AbortSignal.timeout: Node 20 may collect it while only AbortSignal.any refers to it, and it never comes.
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(), withinMs);
  const limit = AbortSignal.any([signal, late.signal]);
  try {
    while (!limit.aborted) {
      if (await answers(url, limit)) return !signal.aborted;
      await sleep(50);
    }
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Not by `fetch`, which breaks off where a server sends 100 without being asked. */
function answers(url: string, signal: AbortSignal): Promise<boolean> {
  const { request } = url.startsWith('https:') ? https : http;
  return new Promise((resolve) => {
    const outgoing = request(url, { agent: false, signal, maxHeaderSize: 64 * 1024 });
    const no = (): void => resolve(false);
    outgoing.on('response', (incoming) =>
      incoming
        .on('end', () => resolve(true))
        .on('error', no)
        .resume(),
    );
    outgoing.on('error', no).end();
  });
}
