import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { packageRoot } from '../../package.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { startTarget, type StartedTarget } from '../../targets/start.ts';

/** Where workers ask for their target: a URL whose path nobody can guess. */
export const TARGET_SERVER = 'COGNITO_CONFORMANCE_TARGETS';

/**
 * Playwright's global set-up. A target lives as long as the process that started it, and workers come and go: so the
 * main process starts it, when a worker first asks, and only those asked for. Returns the teardown.
 */
export default async function openTargetServer(): Promise<() => Promise<void>> {
  const running = new Map<string, Promise<StartedTarget>>();
  const told: string[] = [];

  /** What a worker is answered. */
  async function answer(question: string, request: IncomingMessage): Promise<unknown> {
    const body = JSON.parse(await text(request)) as unknown;
    if (question === 'first')
      return { first: told.push(String(body)) && told.filter((what) => what === body).length === 1 };
    const manifest = body as Manifest;
    const target =
      running.get(manifest.name) ?? startTarget(manifest, { packageRoot, log: (line) => console.error(line) });
    running.set(manifest.name, target);
    const { endpoint, folder, version, functionsUrl, mailsUrl } = await target;
    return { endpoint, folder, version, functionsUrl, mailsUrl };
  }

  const secret = randomUUID();
  const server = createServer(async (request, response) => {
    const [, path, question = ''] = (request.url ?? '').split('/');
    if (path !== secret) return response.writeHead(404).end();
    try {
      return response.end(JSON.stringify(await answer(question, request)));
    } catch (error) {
      return response.writeHead(500).end(error instanceof Error ? error.message : String(error));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  process.env[TARGET_SERVER] = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${secret}`;

  return async () => {
    delete process.env[TARGET_SERVER];
    server.close();
    server.closeAllConnections();
    const targets = await Promise.allSettled(running.values());
    await Promise.all(targets.map(async (target) => target.status === 'fulfilled' && target.value.stop()));
  };
}
