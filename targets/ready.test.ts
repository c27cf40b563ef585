import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { expect, test } from 'vitest';
import { isReady } from './ready.ts';

test.each([
  ['an answer', 'HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n', true],
  ['an answer after interim ones', 'HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n', true],
  ['an answer with a long head', `HTTP/1.1 200 OK\r\nx-a: ${'y'.repeat(40_000)}\r\ncontent-length: 0\r\n\r\n`, true],
  ['half an answer', 'HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n', false],
  ['what is no HTTP', 'SSH-2.0-OpenSSH_9.2\r\n', false],
])('whoever says %s is ready, or is not', async (_, said, ready) => {
  const server = createServer((socket) => {
    socket.on('error', () => {}).once('data', () => socket.end(said));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  expect(await isReady(url, 300, new AbortController().signal)).toBe(ready);
  server.close();
});
