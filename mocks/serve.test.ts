import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createMock } from './mock.ts';
import { serve, type Served } from './serve.ts';

let served: Served;
beforeAll(async () => {
  served = await serve(createMock());
});
afterAll(() => served.close());

test('HEAD answers as GET without a body', async () => {
  const response = await fetch(`${served.url}/_mock/keys`, { method: 'HEAD' });
  expect([response.status, await response.text()]).toEqual([200, '']);
  expect(Number(response.headers.get('content-length'))).toBeGreaterThan(1000);
});

test.each(['TRACE', 'PURGE', 'DELETE'])('%s is answered', async (method) => {
  expect(await raw(`${method} / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n`)).toMatch(/^HTTP\/1.1 404 /);
});

test('a method that HTTP does not know is refused, and the server lives on', async () => {
  expect(await raw('NONSENSE / HTTP/1.1\r\nHost: x\r\n\r\n')).toMatch(/^HTTP\/1.1 400 /);
  expect((await fetch(`${served.url}/_mock/keys`)).status).toBe(200);
});

test('a body that is no UTF-8 is answered', async () => {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'AWSCognitoIdentityProviderService.GetUser',
  };
  const response = await fetch(served.url, { method: 'POST', headers, body: new Uint8Array([0xff, 0xfe, 0xc0]) });
  expect(await response.json()).toEqual({ __type: 'SerializationException' });
});

test('a body beyond 10 MB is refused', async () => {
  const sent = fetch(served.url, { method: 'POST', body: new Uint8Array(11 * 1024 * 1024) });
  const status = await sent.then(
    (response) => response.status,
    () => 'connection closed',
  );
  expect([413, 'connection closed']).toContain(status);
  expect((await fetch(`${served.url}/_mock/keys`)).status).toBe(200);
});

test.each([-1, 65_536, 1.5, NaN])('port %s is refused', async (port) => {
  await expect(serve(createMock(), { port })).rejects.toThrow(`a port is an integer from 0 to 65535, found ${port}`);
});

test('a port in use is named', async () => {
  const port = Number(new URL(served.url).port);
  await expect(serve(createMock(), { port })).rejects.toThrow(`cannot listen on 127.0.0.1:${port}: `);
});

test('closing ends connections that clients keep alive', async () => {
  const other = await serve(createMock());
  const agent = new Agent({ keepAlive: true });
  await new Promise((resolve) =>
    request(`${other.url}/_mock/keys`, { agent }, (response) => response.resume().on('end', resolve)).end(),
  );
  await other.close();
  await expect(fetch(other.url)).rejects.toThrow();
  agent.destroy();
});

function raw(text: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1', () => socket.write(text));
    socket.on('data', (data) => (answer += data.toString())).on('error', reject);
    socket.on('close', () => resolve(answer));
  });
}
