import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Mock } from './mock.ts';
import { telling } from './unsupported.ts';

const bodyLimit = 10 * 1024 * 1024;

export interface Served {
  /** Without a trailing slash. */
  url: string;
  close: () => Promise<void>;
}

/** Puts a mock on a port (any free one unless told), for clients in any language. */
export async function serve(
  mock: Pick<Mock, 'answer'>,
  { port = 0, host = '127.0.0.1', onUnsupported }: ServeOptions = {},
): Promise<Served> {
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new RangeError(`a port is an integer from 0 to 65535, found ${port}`);
  }
  const answer = telling(mock, onUnsupported);
  const server = createServer((request, response) => void respond(answer, request, response));
  await listen(server, port, host);
  return { url: urlOf(server, host), close: () => close(server) };
}

export interface ServeOptions {
  port?: number;
  host?: string;
  /** Told once of each operation that the mock lacks; without it the console warns. */
  onUnsupported?: (operation: string) => void;
}

async function respond(answer: Mock['answer'], request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await read(request);
  if (body === undefined) {
    response.writeHead(413, { connection: 'close' }).end();
    return;
  }
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  const {
    status,
    headers: answered,
    body: text,
  } = await answer({
    method: request.method ?? '',
    path: request.url ?? '',
    headers: Object.fromEntries(headers),
    body: new TextDecoder().decode(body),
  });
  response.writeHead(status, answered).end(text);
}

/** Resolves to nothing if the body is too big, and never if the client goes away half-way. */
function read(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size > bodyLimit) resolve(undefined);
      else chunks.push(chunk);
    });
    request.on('end', () => resolve(Buffer.concat(chunks)));
  });
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) => reject(new Error(`cannot listen on ${host}:${port}: ${error.message}`)));
    server.listen(port, host, resolve);
  });
}

function urlOf(server: Server, host: string): string {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

/** Ends idle and busy connections alike: a client that keeps its own alive would keep the process alive. */
function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
