import { http, HttpResponse, type RequestHandler } from 'msw';
import type { Mock } from './mock.ts';

/** Handlers for `setupServer` and `setupWorker`. Without a URL they answer for Cognito in every region. */
export function handlers(mock: Mock, url?: string): RequestHandler[] {
  const origin =
    url === undefined ? /^https:\/\/cognito-idp\.[a-z0-9-]+\.amazonaws\.com\// : `${new URL(url).origin}/*`;
  return [
    http.all(origin, async ({ request }) => {
      const { pathname, search } = new URL(request.url);
      const headers = Object.fromEntries(request.headers);
      const body = await request.text();
      const answer = await mock.answer({ method: request.method, path: pathname + search, headers, body });
      return new HttpResponse(answer.body || null, { status: answer.status, headers: answer.headers });
    }),
  ];
}
