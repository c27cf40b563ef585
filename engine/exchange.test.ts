import { once } from 'node:events';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer, Socket, type AddressInfo, type Server } from 'node:net';
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib';
import { afterEach, expect, test, vi } from 'vitest';
import { httpSend, type Limits } from './exchange.ts';
import type { Send } from './target.ts';

const limits: Limits = { connectMs: 300, headersMs: 300, bodyMs: 300, maxBytes: 1000 };
const open: (() => void)[] = [];

afterEach(() => {
  for (const close of open.splice(0)) close();
});

function sender(more: Partial<Limits> = {}): Send {
  const { send, close } = httpSend({ limits: { ...limits, ...more } });
  open.push(close);
  return send;
}

async function listen(server: Server): Promise<string> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  open.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** A server that says what it likes: the handler gets each request as it came, and how many it was on its socket. */
function raw(handler: (socket: Socket, nth: number, total: number, chunk: Buffer) => void): Promise<string> {
  let total = 0;
  return listen(
    createServer((socket) => {
      let nth = 0;
      socket.on('data', (chunk: Buffer) => handler(socket, (nth += 1), (total += 1), chunk));
    }),
  );
}

const post = (url: string, body = '{}') => ({ method: 'POST', url: `${url}/`, headers: { 'x-a': '1' }, body });
const ok = (body: string): string => `HTTP/1.1 200 OK\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
const http = (listener: RequestListener): Promise<string> => listen(createHttpServer(listener));

test('method, path, headers and body arrive as given', async () => {
  const url = await http((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => response.end(JSON.stringify([request.method, request.url, request.headers['x-a'], body])));
  });
  const answer = await sender()({ ...post(url, 'né'), url: `${url}/a?b=c` });
  expect(JSON.parse(answer.body)).toEqual(['POST', '/a?b=c', '1', 'né']);
});

/** Says back the request as it came, once it holds the text that it is to end in. */
const echo = (end: string): Promise<string> => {
  let came = '';
  return raw((socket, _, __, chunk) => {
    came += chunk;
    if (came.endsWith(end)) socket.write(ok(came));
  });
};

test.each(['GET', 'DELETE', 'POST'])('the body of a %s has its length', async (method) => {
  const { body } = await sender()({ ...post(await echo('né'), 'né'), method });
  expect(body.match(/^(content-length|transfer-encoding): .*$/gim)).toEqual(['content-length: 3']);
});

test('a GET without a body has no length', async () => {
  const { body: _, ...request } = post(await echo('\r\n\r\n'));
  const { body } = await sender()({ ...request, method: 'GET' });
  expect(body).not.toMatch(/content-length|transfer-encoding/i);
});

test.each<[header: string, value: string, end: string]>([
  ['Content-Length', '2', '{}'],
  ['Content-Length', '7', '{}'],
  ['Transfer-Encoding', 'chunked', '2\r\n{}\r\n0\r\n\r\n'],
])("a case's own %s of %s is kept", async (header, value, end) => {
  const { body } = await sender()({ ...post(await echo(end)), method: 'GET', headers: { [header]: value } });
  expect(body.match(/^(content-length|transfer-encoding): .*$/gim)).toEqual([`${header}: ${value}`]);
});

test('header names keep their case, and repeated ones come one by one', async () => {
  const url = await raw((socket) => socket.end('HTTP/1.1 299 X\r\nX-One: a\r\nx-one: b\r\nContent-Length: 0\r\n\r\n'));
  expect(await sender()(post(url))).toEqual({
    status: 299,
    headers: [
      ['X-One', 'a'],
      ['x-one', 'b'],
      ['Content-Length', '0'],
    ],
    body: '',
  });
});

test('letters cut by a packet are read whole', async () => {
  const bytes = Buffer.from('é€😀');
  const url = await raw((socket) => {
    socket.write(`HTTP/1.1 200 OK\r\ncontent-length: ${bytes.length}\r\n\r\n`);
    [...bytes].forEach((byte, index) => setTimeout(() => socket.write(Buffer.of(byte)), 5 * index));
  });
  expect((await sender()(post(url))).body).toBe('é€😀');
});

test.each([
  ['gzip', gzipSync],
  ['x-gzip', gzipSync],
  ['GZIP', gzipSync],
  ['deflate', deflateSync],
  ['br', brotliCompressSync],
  ['deflate, gzip', (text: string) => gzipSync(deflateSync(text))],
  ['identity', (text: string) => Buffer.from(text)],
  ['unheard-of', (text: string) => Buffer.from(text)],
])('a body in the coding %s is read, and its header stays', async (coding, encode) => {
  const url = await http((_, response) => response.setHeader('content-encoding', coding).end(encode('Zoë')));
  const { body, headers } = await sender()(post(url));
  expect([body, headers[0]]).toEqual(['Zoë', ['content-encoding', coding]]);
});

test('an empty body in a coding is an empty body', async () => {
  const url = await http((_, response) => response.setHeader('content-encoding', 'gzip').end());
  expect((await sender()(post(url))).body).toBe('');
});

test('a body that is too large only once it is decoded is too large', async () => {
  const bomb = gzipSync('x'.repeat(1001));
  expect(bomb.length).toBeLessThan(100);
  const url = await http((_, response) => response.setHeader('content-encoding', 'gzip').end(bomb));
  await expect(sender()(post(url))).rejects.toMatchObject({
    kind: 'too-large',
    message: 'the answer is larger than 1000 bytes',
  });
});

test('a body that is not in its coding, or only half of it, is no answer', async () => {
  const bodies = [Buffer.from('{}'), gzipSync('{}').subarray(0, -4)];
  const url = await http((_, response) => response.setHeader('content-encoding', 'gzip').end(bodies.shift()));
  const send = sender();
  const said = /^the answer is not compressed as it says \(/;
  await expect(send(post(url))).rejects.toMatchObject({ kind: 'malformed', message: expect.stringMatching(said) });
  await expect(send(post(url))).rejects.toMatchObject({ kind: 'malformed', message: expect.stringMatching(said) });
});

test('a redirect is an answer and is not followed', async () => {
  let requests = 0;
  const url = await http((_, response) => {
    requests += 1;
    response.writeHead(302, { location: '/elsewhere' }).end();
  });
  expect([(await sender()(post(url))).status, requests]).toEqual([302, 1]);
});

test('one connection serves request after request', async () => {
  const url = await raw((socket, nth) => socket.write(ok(`${nth}`)));
  const send = sender();
  const bodies: string[] = [];
  for (let count = 0; count < 3; count += 1) bodies.push((await send(post(url))).body);
  expect(bodies).toEqual(['1', '2', '3']);
});

test('a fresh connection is one of its own', async () => {
  const url = await raw((socket, nth) => socket.write(ok(`${nth}`)));
  const send = sender();
  await send(post(url));
  expect([(await send(post(url), { fresh: true })).body, (await send(post(url))).body]).toEqual(['1', '2']);
});

test('a hundred requests are under way at once', async () => {
  const waiting: (() => void)[] = [];
  const url = await http((_, response) => {
    waiting.push(() => response.end('x'));
    if (waiting.length === 100) for (const answer of waiting) answer();
  });
  const send = sender({ connectMs: 5000, headersMs: 5000 });
  const answers = await Promise.all(Array.from({ length: 100 }, () => send(post(url))));
  expect(answers.map(({ body }) => body).join('')).toBe('x'.repeat(100));
});

test('a reused socket that died without a byte is tried once more, on a new connection', async () => {
  const seen: number[] = [];
  const url = await raw((socket, nth, total) => {
    seen.push(nth);
    if (nth === 2) socket.destroy();
    else socket.write(ok(`${total}`));
  });
  const send = sender();
  const answers = [await send(post(url)), await send(post(url))];
  expect(answers.map(({ body, retried }) => [body, retried])).toEqual([
    ['1', undefined],
    ['3', true],
  ]);
  expect(seen).toEqual([1, 2, 1]);
});

test('a second death is not tried again', async () => {
  const seen: number[] = [];
  const url = await raw((socket, nth, total) => {
    seen.push(nth);
    if (total === 1) socket.write(ok('first'));
    else socket.destroy();
  });
  const send = sender();
  await send(post(url));
  await expect(send(post(url))).rejects.toMatchObject({ kind: 'closed' });
  expect(seen).toEqual([1, 2, 1]);
});

test('a reused socket that brought a byte is not tried again', async () => {
  const seen: number[] = [];
  const url = await raw((socket, nth) => {
    seen.push(nth);
    if (nth === 1) socket.write(ok('first'));
    else socket.write('HTTP/1.1 2', () => socket.destroy());
  });
  const send = sender();
  await send(post(url));
  await expect(send(post(url))).rejects.toMatchObject({ name: 'NoAnswer' });
  expect(seen).toEqual([1, 2]);
});

test('a reused socket that falls silent is not tried again', async () => {
  const seen: number[] = [];
  const url = await raw((socket, nth) => {
    seen.push(nth);
    if (nth === 1) socket.write(ok('first'));
  });
  const send = sender();
  await send(post(url));
  await expect(send(post(url))).rejects.toMatchObject({ kind: 'timeout' });
  expect(seen).toEqual([1, 2]);
});

test('a fresh connection closed before a byte is not tried again', async () => {
  let requests = 0;
  const url = await raw((socket) => {
    requests += 1;
    socket.destroy();
  });
  await expect(sender()(post(url))).rejects.toMatchObject({
    kind: 'closed',
    message: 'the connection was closed before an answer came',
  });
  expect(requests).toBe(1);
});

test.each<[name: string, answers: (socket: Socket) => void, kind: string, message: RegExp]>([
  [
    'closed half-way',
    (socket) => void socket.end('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab'),
    'incomplete',
    /^the answer broke off half-way$/,
  ],
  [
    'reset half-way',
    (socket) =>
      void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab', () =>
        setTimeout(() => socket.resetAndDestroy(), 20),
      ),
    'incomplete',
    /^the answer broke off half-way$/,
  ],
  [
    'a chunk cut off',
    (socket) => void socket.end('HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nab'),
    'incomplete',
    /^the answer broke off half-way$/,
  ],
  ['silence', () => {}, 'timeout', /^no answer within 0\.3 s$/],
  ['half a head', (socket) => void socket.write('HTTP/1.1 200 OK\r\nx-a: '), 'timeout', /^no answer within 0\.3 s$/],
  [
    'no end',
    (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nab'),
    'incomplete',
    /^no end of the answer within 0\.3 s$/,
  ],
  ['a drip', drip, 'incomplete', /^no end of the answer within 0\.3 s$/],
  [
    'too much',
    (socket) => void socket.write(ok('x'.repeat(1001))),
    'too-large',
    /^the answer is larger than 1000 bytes$/,
  ],
  ['no HTTP', (socket) => void socket.end('SSH-2.0-OpenSSH_9.2\r\n'), 'malformed', /^the answer is not HTTP \(/],
  [
    'a head without end',
    (socket) => void socket.write(`HTTP/1.1 200 OK\r\nx-a: ${'y'.repeat(70_000)}\r\n\r\n`),
    'too-large',
    /^the headers of the answer are larger than 65536 bytes$/,
  ],
  [
    'more than its length',
    (socket) => void socket.write('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}and more'),
    'incomplete',
    /^the answer does not end where it says$/,
  ],
  [
    'what is no UTF-8',
    (socket) => void socket.write(Buffer.from('HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n\xff"', 'latin1')),
    'malformed',
    /^the answer is not UTF-8$/,
  ],
])('%s is no answer', async (_, answers, kind, message) => {
  const clock = performance.now();
  const failure: unknown = await sender()(post(await raw(answers))).catch((error: unknown) => error);
  expect(failure).toMatchObject({ name: 'NoAnswer', kind, message: expect.stringMatching(message) });
  expect(performance.now() - clock).toBeLessThan(1000);
});

test('an answer of 1000 levels is one, and one of more is none', async () => {
  const depths = [1000, 1001];
  const url = await http((_, response) => {
    const depth = depths.shift() ?? 0;
    response.end('['.repeat(depth) + ']'.repeat(depth));
  });
  const send = sender({ maxBytes: 5000 });
  expect((await send(post(url))).body).toHaveLength(2000);
  await expect(send(post(url))).rejects.toMatchObject({
    kind: 'too-large',
    message: 'the answer is nested deeper than 1000 levels',
  });
});

test('the largest answer allowed is one', async () => {
  const url = await raw((socket) => socket.write(ok('x'.repeat(1000))));
  expect((await sender()(post(url))).body).toHaveLength(1000);
});

test('where nothing listens it says so', async () => {
  const server = createServer();
  const url = await listen(server);
  server.close();
  await once(server, 'close');
  await expect(sender()(post(url))).rejects.toMatchObject({
    kind: 'unreachable',
    message: `nothing listens at ${url.replace('http://', '')}`,
  });
});

test('a host that nobody knows is unreachable', async () => {
  await expect(sender({ connectMs: 4000 })(post('http://conformance.invalid'))).rejects.toMatchObject({
    kind: 'unreachable',
  });
});

test('a connection that is never made times out', async () => {
  const connect = vi.spyOn(Socket.prototype, 'connect').mockImplementation(function (this: Socket) {
    return Object.assign(this, { connecting: true });
  });
  const failure: unknown = await sender({ connectMs: 100 })(post('http://127.0.0.1:9')).catch(
    (error: unknown) => error,
  );
  connect.mockRestore();
  expect(failure).toMatchObject({ kind: 'timeout', message: 'no connection within 0.1 s' });
});

test.each<[header: string, kept: string[]]>([
  ['x-content-length', ['x-content-length: 1', 'content-length: 2']],
  ['content-length-x', ['content-length-x: 1', 'content-length: 2']],
])('a header that only looks like a length is none: %s', async (header, kept) => {
  const { body } = await sender()({ ...post(await echo('{}')), headers: { [header]: '1' } });
  expect(body.match(/^\S*content-length\S*: .*$/gim)).toEqual(kept);
});

test("a case's own length is kept among other headers", async () => {
  const headers = { 'x-a': '1', 'Content-Length': '2' };
  const { body } = await sender()({ ...post(await echo('{}')), headers });
  expect(body.match(/content-length/gi)).toHaveLength(1);
});

test('a reused socket has all the time for its answer', async () => {
  const url = await raw((socket, nth) => void setTimeout(() => socket.write(ok(String(nth))), nth === 1 ? 0 : 200));
  const send = sender({ connectMs: 100, headersMs: 2000 });
  expect([(await send(post(url))).body, (await send(post(url))).body]).toEqual(['1', '2']);
});

test('a reused socket that is silent brings no answer in time', async () => {
  const url = await raw((socket, nth) => void (nth === 1 && socket.write(ok(''))));
  const send = sender();
  await send(post(url));
  await expect(send(post(url))).rejects.toMatchObject({ kind: 'timeout', message: 'no answer within 0.3 s' });
});

test('without keep-alive every request comes on a connection of its own, and says so', async () => {
  const came: [nth: number, connection: string | undefined][] = [];
  const url = await raw((socket, nth, _, chunk) => {
    came.push([nth, /^connection: (.*)$/im.exec(String(chunk))?.[1]]);
    socket.write(ok(''));
  });
  for (const keepAlive of [true, false]) {
    const { send, close } = httpSend({ keepAlive, limits });
    open.push(close);
    await send(post(url), { fresh: false });
    await send(post(url));
  }
  expect(came).toEqual([
    [1, 'keep-alive'],
    [2, 'keep-alive'],
    [1, 'close'],
    [1, 'close'],
  ]);
});

test('a closed sender leaves no connection open', async () => {
  const closed: boolean[] = [];
  const url = await raw((socket) => {
    socket.on('close', () => closed.push(true));
    socket.write(ok(''));
  });
  const { send, close } = httpSend({ limits });
  await send(post(url));
  expect(closed).toEqual([]);
  close();
  await vi.waitFor(() => expect(closed).toEqual([true]));
});

test('https speaks TLS', async () => {
  const first: number[] = [];
  const url = await raw((socket, _nth, _total, chunk) => {
    first.push(chunk[0] ?? 0);
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  await expect(sender()(post(url.replace('http:', 'https:')))).rejects.toMatchObject({ name: 'NoAnswer' });
  // A handshake, not a line of HTTP.
  expect(first).toEqual([22]);
});

function drip(socket: Socket): void {
  socket.write('HTTP/1.1 200 OK\r\ncontent-length: 900\r\n\r\n');
  const timer = setInterval(() => socket.write('x'), 20);
  socket.on('close', () => clearInterval(timer));
}
