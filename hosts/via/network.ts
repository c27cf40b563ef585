import type { Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CorsError } from './cors.ts';

/** What the browser tells of its network beside what the page is told. */
export interface Network {
  /** The URL to ask for in place of the given one, and what was seen of that request in the end. */
  watch(url: string): { url: string; seen: (late: boolean) => Promise<Seen> };
}

interface Seen {
  /** All headers that were sent, and all that came. */
  sent?: Record<string, string>;
  came?: [name: string, value: string][];
  cors?: CorsError;
  /** Chromium's name for what went wrong on the way. */
  net?: string;
}

interface Watched extends Seen {
  ended: boolean;
  wake: () => void;
}

/** What was said last may come after the page has its answer. */
const LAG_MS = 1000;

/** Tells requests apart by the fragment of their URL, which is never sent. */
export async function watchNetwork(page: Page): Promise<Network> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const watched = new Map<string, Watched>();
  /** By the id that the browser gives a request. */
  const known = new Map<string, string>();
  const note = (requestId: string, facts: Partial<Watched>): void => {
    const one = watched.get(known.get(requestId) ?? '');
    if (!one) return;
    Object.assign(one, facts);
    if (one.ended && (one.came ?? one.cors ?? one.net) !== undefined) one.wake();
  };
  session.on('Network.requestWillBeSent', ({ requestId, request, initiator }) => {
    if (initiator.type === 'script' && request.urlFragment !== undefined) known.set(requestId, request.urlFragment);
  });
  session.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => note(requestId, { sent: headers }));
  session.on('Network.responseReceivedExtraInfo', ({ requestId, headers }) =>
    note(requestId, { came: Object.entries(headers) }),
  );
  session.on('Network.loadingFinished', ({ requestId }) => note(requestId, { ended: true }));
  session.on('Network.loadingFailed', ({ requestId, corsErrorStatus, errorText }) =>
    note(requestId, { ended: true, net: errorText, ...(corsErrorStatus && { cors: corsErrorStatus }) }),
  );
  let next = 0;
  return {
    watch: (url) => {
      const fragment = `#${(next += 1)}`;
      let wake = (): void => {};
      const settled = new Promise<void>((resolve) => (wake = resolve));
      const one: Watched = { ended: false, wake };
      watched.set(fragment, one);
      const seen = async (late: boolean): Promise<Seen> => {
        const enough = new AbortController();
        const patience = sleep(LAG_MS, undefined, { signal: enough.signal }).catch(() => {});
        if (!late) await Promise.race([settled, patience]);
        enough.abort();
        watched.delete(fragment);
        return one;
      };
      return { url: url + fragment, seen };
    },
  };
}
