import { http, HttpResponse, type RequestHandler } from 'msw';
import type { Mock } from './mock.ts';
import { telling } from './unsupported.ts';

const cognito = /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/;

export interface HandlersOptions {
  /** Where an emulator would be, such as `http://localhost:9229`; Cognito in every region unless given. */
  url?: string;
  /** Told once of each operation that the mock lacks; without it the console warns. */
  onUnsupported?: (operation: string) => void;
}

/** Handlers for `setupServer` and `setupWorker`. */
export function handlers(mock: Pick<Mock, 'answer'>, { url, onUnsupported }: HandlersOptions = {}): RequestHandler[] {
  const own = url === undefined ? undefined : new URL(url).origin;
  const isOurs = (origin: string) => (own === undefined ? cognito.test(origin) : origin === own);
  const answer = telling(mock, onUnsupported);
  return [
    // Not a path: msw would decode it, and fail where it cannot be decoded.
    http.all(
      ({ request }) => isOurs(new URL(request.url).origin),
      async ({ request }) => {
        const { pathname, search } = new URL(request.url);
        const headers = Object.fromEntries(request.headers);
        const body = await request.text();
        const response = await answer({ method: request.method, path: pathname + search, headers, body });
        return new HttpResponse(response.body || null, { status: response.status, headers: response.headers });
      },
    ),
  ];
}
