import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, expect, test } from 'vitest';
import { ask } from './ask.ts';

const servers: Server[] = [];
afterAll(() => servers.forEach((server) => server.close()));

async function listen(answer: RequestListener): Promise<string> {
  const server = createServer(answer).listen(0, '127.0.0.1');
  servers.push(server);
  await once(server, 'listening');
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test.each([301, 302, 303, 307, 308])('a %i is the answer, and where it points is not asked', async (status) => {
  const asked: string[] = [];
  const elsewhere = await listen(({ url }, response) => response.end(asked.push(url ?? '') && 'secret'));
  const url = await listen((_, response) => response.writeHead(status, { location: `${elsewhere}/x` }).end('moved'));
  expect(await ask(`${url}/codes`)).toEqual({ status, body: 'moved' });
  expect(await ask(`${url}/reset`, { method: 'POST' })).toEqual({ status, body: 'moved' });
  expect(asked).toEqual([]);
});

test('an answer that is larger than any of them is, also unpacked, is not read to its end', async () => {
  const packed = gzipSync(Buffer.alloc(5 * 1024 * 1024));
  const url = await listen((_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(packed));
  await expect(ask(url)).rejects.toThrow('the answer is larger than 4194304 bytes');
});
