import type { Page } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { CorsError } from './cors.ts';

/** What the browser tells of its network beside what the page is told. */
export interface Network {
  /** The URL to ask for in place of the given one, and what was seen of that request in the end. */
  watch(url: string): { url: string; seen: (late: boolean) => Promise<Seen> };
}

interface Seen {
  /** The browser's own; absent where it sent nothing. */
  id?: string;
  /** All headers that were sent, and all that came. */
  sent?: Record<string, string>;
  came?: [name: string, value: string][];
  status?: number;
  cors?: CorsError;
  /** Chromium's name for what went wrong on the way. */
  net?: string;
}

interface Watched extends Seen {
  ended: boolean;
  wake: () => void;
}

/** What is told last may come after the page has its answer. */
const LAG_MS = 1000;

/** Tells requests apart by the fragment of their URL, which is never sent. */
export async function watchNetwork(page: Page): Promise<Network> {
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  const byFragment = new Map<string, Watched>();
  const byId = new Map<string, Watched>();
  // What is told of a request may come before it is told that there is one.
  const note = (id: string, facts: Partial<Watched>): void => {
    const one = byId.get(id) ?? { ended: false, wake: () => {} };
    byId.set(id, one);
    if (isTold(Object.assign(one, facts))) one.wake();
  };
  session.on('Network.requestWillBeSent', ({ requestId, request, initiator }) => {
    const one = byFragment.get(request.urlFragment ?? '');
    // Its preflight bears the same URL.
    if (!one || initiator.type !== 'script') return;
    const { wake } = one;
    byId.set(requestId, Object.assign(one, byId.get(requestId), { id: requestId, wake }));
    if (isTold(one)) wake();
  });
  session.on('Network.requestWillBeSentExtraInfo', ({ requestId, headers }) => note(requestId, { sent: headers }));
  session.on('Network.responseReceivedExtraInfo', ({ requestId, headers, statusCode }) =>
    note(requestId, { status: statusCode, came: Object.entries(headers) }),
  );
  session.on('Network.loadingFinished', ({ requestId }) => note(requestId, { ended: true }));
  session.on('Network.loadingFailed', ({ requestId, corsErrorStatus, errorText }) =>
    note(requestId, { ended: true, net: errorText, ...(corsErrorStatus && { cors: corsErrorStatus }) }),
  );
  let next = 0;
  return {
    watch: (url) => {
      const fragment = `#${(next += 1)}`;
      const one: Watched = { ended: false, wake: () => {} };
      const told = new Promise<void>((resolve) => (one.wake = resolve));
      byFragment.set(fragment, one);
      const seen = async (late: boolean): Promise<Seen> => {
        const enough = new AbortController();
        const patience = sleep(LAG_MS, undefined, { signal: enough.signal }).catch(() => {});
        if (!late) await Promise.race([told, patience]);
        enough.abort();
        byFragment.delete(fragment);
        byId.delete(one.id ?? '');
        return one;
      };
      return { url: url + fragment, seen };
    },
  };
}

/** An answer that came has headers, also one that the page is not given; where only the preflight was answered, none came. */
function isTold({ ended, came, cors, net }: Watched): boolean {
  const answered = net === undefined || (cors !== undefined && !/preflight/i.test(cors.corsError));
  return ended && (came !== undefined || !answered);
}
