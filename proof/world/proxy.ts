import { once } from 'node:events';
import { createServer as createHttpServer, type IncomingMessage } from 'node:http';
import { createServer as createHttpsServer, type ServerOptions } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Mock } from '../../mocks/mock.ts';
import { whole, type Fault } from './faults.ts';

export interface Asked {
  operation: string;
  /** How many requests for this operation came, with this one. */
  nth: number;
  /** How many came at all. */
  total: number;
}

export interface ProxyOptions {
  mock: Pick<Mock, 'answer'>;
  fault?: Fault;
  /** Where it strikes; never, unless told. Reads of codes, messages and keys are left alone. */
  strikes?: (asked: Asked) => boolean;
  /** From this request on nothing listens. */
  gone?: (asked: Asked) => boolean;
  tls?: ServerOptions;
}

export interface Proxy {
  url: string;
  /** How often it struck. */
  struck: () => number;
  close: () => void;
}

/** The mock behind a connection with one fault. */
export async function serveFaulty({ mock, fault, strikes = () => false, gone, tls }: ProxyOptions): Promise<Proxy> {
  const sockets = new Set<Socket>();
  const counts = new Map<string, number>();
  let total = 0;
  let struck = 0;
  const close = (): void => {
    server.close();
    for (const socket of sockets) socket.destroy();
  };
  const respond = async (request: IncomingMessage): Promise<void> => {
    const { method = '', url: path = '', socket } = request;
    const body = await text(request);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    const operation = headers['x-amz-target']?.replace(/^.*\./, '') ?? `${method} ${path}`;
    const isOwn = path.startsWith('/_mock/');
    const nth = (counts.get(operation) ?? 0) + 1;
    counts.set(operation, nth);
    if (!isOwn) total += 1;
    const asked = { operation, nth, total };
    if (gone?.(asked)) return close();
    const honest = await mock.answer({ method, path, headers, body });
    if (isOwn || !fault || !strikes(asked)) return void socket.write(whole(honest));
    struck += 1;
    fault(socket, honest);
  };
  // Answers are written past HTTP.
  const listener = (request: IncomingMessage): void => void respond(request).catch(() => request.socket.destroy());
  const server = tls ? createHttpsServer(tls, listener) : createHttpServer(listener);
  server.keepAliveTimeout = 0;
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.on('secureConnection', (socket: Socket) => socket.on('error', () => {}));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return { url: `${tls ? 'https' : 'http'}://127.0.0.1:${port}`, struck: () => struck, close };
}
