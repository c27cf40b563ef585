import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { packageRoot } from '../../package.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { startTarget, type Attachment, type StartedTarget } from '../../targets/start.ts';
import { keepTarget, type KeptTarget } from '../keep-target.ts';
import { warn } from '../warn.ts';

/** Where workers ask for their target: a URL whose path nobody can guess. */
export const TARGET_SERVER = 'COGNITO_CONFORMANCE_TARGETS';

/** What a worker says when it asks for a turn. */
export interface TurnRequest {
  name: string;
  alone: boolean;
}

/** What it is answered when it is its turn. */
export interface TurnAnswer {
  start: number;
  attachment: Attachment;
}

/** What it ends its turn with, where the target stopped answering meanwhile. */
export const STOPPED = 'stopped';

/**
 * Playwright's global set-up. A target lives as long as the process that started it, and workers come and go: so the
 * main process starts it, when a worker first asks, and only those asked for. Returns the teardown.
 */
export default async function openTargetServer(): Promise<() => Promise<void>> {
  const running = new Map<string, Promise<KeptTarget>>();
  const told: string[] = [];

  /** What a worker is answered. */
  async function answer(question: string, request: IncomingMessage): Promise<unknown> {
    const body = JSON.parse(await text(request)) as unknown;
    if (question === 'first')
      return { first: told.push(String(body)) && told.filter((what) => what === body).length === 1 };
    const manifest = body as Manifest;
    const target = running.get(manifest.name) ?? start(manifest);
    running.set(manifest.name, target);
    const { started, end } = await (await target).turn(false);
    end(false);
    return attachmentOf(started);
  }

  /** A turn lasts as long as the request for it: however a worker ends, its turn ends with it. */
  async function giveTurn(request: IncomingMessage, response: ServerResponse): Promise<void> {
    let said = '';
    const over = new Promise<void>((resolve) => request.on('close', resolve).on('error', () => resolve()));
    const asked = new Promise<void>((resolve) =>
      request.setEncoding('utf8').on('data', (text: string) => {
        said += text;
        if (said.includes('\n')) resolve();
      }),
    );
    await Promise.race([asked, over]);
    const { name, alone } = JSON.parse(said) as TurnRequest;
    const target = await running.get(name);
    if (!target) throw new Error(`no target "${name}" was started`);
    const { start, started, end } = await target.turn(alone);
    response.write(`${JSON.stringify({ start, attachment: attachmentOf(started) } satisfies TurnAnswer)}\n`);
    await over;
    end(said.endsWith(STOPPED));
    response.end();
  }

  const secret = randomUUID();
  const server = createServer(async (request, response) => {
    const [, path, question = ''] = (request.url ?? '').split('/');
    if (path !== secret) return response.writeHead(404).end();
    try {
      if (question === 'turn') return await giveTurn(request, response);
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

async function start(manifest: Manifest): Promise<KeptTarget> {
  const options = { packageRoot, log: warn };
  const startOne = (): Promise<StartedTarget> => startTarget(manifest, options);
  return keepTarget(await startOne(), startOne);
}

function attachmentOf({ endpoint, folder, version, functionsUrl, mailsUrl }: StartedTarget): Attachment {
  return { endpoint, folder, version, functionsUrl, mailsUrl };
}
