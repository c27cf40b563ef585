import { http, HttpResponse, type RequestHandler } from 'msw';
import type { Mock } from './mock.ts';

const cognito = /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com$/;

/** Handlers for `setupServer` and `setupWorker`. Without a URL they answer for Cognito in every region. */
export function handlers(mock: Mock, url?: string): RequestHandler[] {
  const own = url === undefined ? undefined : new URL(url).origin;
  const isOurs = (origin: string) => (own === undefined ? cognito.test(origin) : origin === own);
  return [
    // Not a path: msw would decode it, and fail where it cannot be decoded.
    http.all(
      ({ request }) => isOurs(new URL(request.url).origin),
      async ({ request }) => {
        const { pathname, search } = new URL(request.url);
        const headers = Object.fromEntries(request.headers);
        const body = await request.text();
        const answer = await mock.answer({ method: request.method, path: pathname + search, headers, body });
        return new HttpResponse(answer.body || null, { status: answer.status, headers: answer.headers });
      },
    ),
  ];
}
