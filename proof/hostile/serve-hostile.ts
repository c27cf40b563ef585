import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createMock } from '../../mocks/mock.ts';
import { serve } from '../../mocks/serve.ts';
import { evil } from './payload.ts';
import type { Hostile, Way } from './ways.ts';

/** The mock on a port, saying things in this way, and a host beside it that nobody has a reason to ask. */
export async function serveHostile(way: Way): Promise<{ url: string; asked: string[]; close: () => Promise<void> }> {
  const asked: string[] = [];
  const canary = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end('{}');
  });
  await once(canary.listen(0, '127.0.0.1'), 'listening');
  const shownFor = new Map<string, string>();
  const target: Hostile = {
    canary: `http://127.0.0.1:${(canary.address() as AddressInfo).port}`,
    alias: (real, shown) => void shownFor.set(real, shown),
    count: 0,
  };
  const mock = createMock();
  const { url, close } = await serve(
    {
      answer: async (request) => {
        target.count += 1;
        const pairs = [...shownFor];
        const meant = { ...request };
        for (const [real, shown] of pairs) {
          meant.body = meant.body.replaceAll(inJson(shown), () => real);
          meant.path = meant.path.replaceAll(encoded(shown), () => real);
        }
        const version = { status: 200, headers: {}, body: JSON.stringify({ version: evil(target.canary) }) };
        const answer = request.path === '/version' ? version : await mock.answer(meant);
        const said = way(answer, meant, target);
        const body = [...shownFor].reduce(
          (text, [real, shown]) => text.replaceAll(real, () => inJson(shown)),
          said.body,
        );
        const { 'content-length': _, ...headers } = said.headers;
        return { ...said, headers, body };
      },
    },
    { onUnsupported: () => {} },
  );
  return {
    url,
    asked,
    close: async () => {
      await close();
      canary.close();
      canary.closeAllConnections();
    },
  };
}

function inJson(text: string): string {
  return JSON.stringify(text).slice(1, -1);
}

function encoded(text: string): string {
  return encodeURIComponent(text.replaceAll(/\p{Cs}/gu, '\ufffd'));
}
