import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import type { Manifest } from '../../targets/manifest.ts';
import { openSharedTarget } from './shared-target.ts';
import openTargetServer from './target-server.ts';

test('a target at a URL is reset once, however many workers ask for it', async () => {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    response.end();
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const manifest: Manifest = {
    formatVersion: 1,
    name: 'some',
    about: 'A target that runs already.',
    start: { url },
    reset: '/reset',
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
    values: {},
  };
  const close = await openTargetServer();
  try {
    const open = [await openSharedTarget(manifest), await openSharedTarget(manifest)];
    expect(open.map(({ target }) => target.endpoint)).toEqual([url, url]);
    expect(asked).toEqual(['POST /reset']);
  } finally {
    await close();
    server.close();
  }
});
