import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { loadManifest, type Manifest } from '../../targets/manifest.ts';
import { packageRoot } from '../../package.ts';
import { serveVaried } from './serve-varied.ts';
import type { Sent, Variations } from './variation.ts';

export interface Stage {
  /** The manifest of a target that is varied so. */
  manifest: (name: string) => Manifest;
  close: () => void;
}

/**
 * Serves each variation in this process for as long as a run has started it. What the run starts as its target is a
 * process that only tells us the port that it was given, and where the functions of the run are.
 */
export async function openStage(variations: Variations, onSent?: (name: string, sent: Sent) => void): Promise<Stage> {
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '', 'http://stage');
    const name = pathname.slice(1);
    const variation = variations[name];
    if (!variation) return response.writeHead(404).end();
    const served = await serveVaried(variation, {
      port: Number(searchParams.get('port')),
      functions: searchParams.get('functions') ?? undefined,
      ...(onSent && { onSent: (sent) => onSent(name, sent) }),
    });
    return response.on('close', served.close);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  const mock = await loadManifest('mock-served', packageRoot);
  return {
    manifest: (name) => {
      const call = `http://127.0.0.1:${port}/${name}?port=$PORT&functions=$FUNCTIONS`;
      const args = ['-e', "require('http').get(process.argv[1])", call];
      return { ...mock, name, start: { command: { program: 'node', args } }, ready: { path: '/' } };
    },
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}
