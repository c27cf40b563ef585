import { once } from 'node:events';
import { STATUS_CODES } from 'node:http';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises';
import { createMock, type Mock, type MockRequest, type MockResponse } from '../../mocks/mock.ts';
import type { Packet, Reply, Sent, Variation } from './variation.ts';
import { whole } from './write.ts';

export interface VariedOptions {
  port?: number;
  /** Where the functions are that the mock invokes. */
  functions?: string | undefined;
  onSent?: (sent: Sent) => void;
}

interface Running {
  variation: Variation;
  mock: Mock;
  functions: string | undefined;
  onSent: (sent: Sent) => void;
  /** Events since the last answer. */
  events: string[];
}

/** The mock on a port, every answer varied. Reads of its codes, messages and keys are no part of the API, and left alone. */
export async function serveVaried(
  variation: Variation,
  { port = 0, functions, onSent = () => {} }: VariedOptions = {},
): Promise<{ url: string; close: () => void }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
    void converse(socket, running).catch((error: unknown) => socket.destroy(error as Error));
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const lambdaEndpoint = functions && (variation.event ? url : functions);
  const running: Running = {
    variation,
    mock: createMock({ ...variation.mock, lambdaEndpoint }),
    functions,
    onSent,
    events: [],
  };
  return {
    url,
    close: () => {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

async function converse(socket: Socket, running: Running): Promise<void> {
  const { variation } = running;
  let answered = 0;
  for await (const request of requestsOn(socket)) {
    if (request.path.startsWith('/2015-03-31/')) {
      socket.write(whole(await invoke(request, running))[0]);
      continue;
    }
    const plain = replyOf(await running.mock.answer(request));
    const isVaried = !request.path.startsWith('/_mock/');
    const closes = request.headers['connection'] === 'close';
    if (!isVaried) {
      socket.write(whole({ ...plain, headers: [...plain.headers, ['connection', 'close']] })[0]);
      break;
    }
    answered += 1;
    const ended = closes || answered === variation.endsAfter;
    const reply = variation.reply?.(plain, request) ?? plain;
    const packets = (variation.write ?? whole)(reply);
    await write(socket, packets);
    const events = running.events.splice(0).join('\n');
    running.onSent({ ...told(packets), ended: ended && !closes, asked: request.body, events });
    if (ended) break;
  }
  socket.end();
}

/** Requests as they come. Bodies have a length: no client of ours sends another. */
async function* requestsOn(socket: Socket): AsyncGenerator<MockRequest> {
  let bytes = Buffer.alloc(0);
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    bytes = Buffer.concat([bytes, chunk]);
    for (;;) {
      const end = bytes.indexOf('\r\n\r\n');
      if (end < 0) break;
      const [first = '', ...lines] = bytes.toString('latin1', 0, end).split('\r\n');
      const [method = '', path = ''] = first.split(' ');
      const headers = Object.fromEntries(
        lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
      );
      const bodyEnd = end + 4 + Number(headers['content-length'] ?? 0);
      if (bytes.length < bodyEnd) break;
      const body = bytes.toString('utf8', end + 4, bodyEnd);
      bytes = bytes.subarray(bodyEnd);
      yield { method, path, headers, body };
    }
  }
}

function replyOf({ status, headers, body }: MockResponse): Reply {
  const { 'content-length': _, ...others } = headers;
  const reason = STATUS_CODES[status] ?? '';
  return { version: 'HTTP/1.1', status, reason, headers: Object.entries(others), body: Buffer.from(body) };
}

/** Each packet leaves before the next is written. */
async function write(socket: Socket, packets: readonly Packet[]): Promise<void> {
  for (const packet of packets) {
    if (typeof packet === 'number') await sleep(packet);
    else {
      socket.write(packet);
      if (packets.length > 1) await turn();
    }
  }
}

function told(packets: readonly Packet[]): Pick<Sent, 'text' | 'packets' | 'pausedMs'> {
  const bytes = packets.filter((packet) => typeof packet !== 'number');
  const pauses = packets.filter((packet) => typeof packet === 'number');
  return {
    text: Buffer.concat(bytes).toString('latin1'),
    packets: bytes.length,
    pausedMs: pauses.reduce((sum, pause) => sum + pause, 0),
  };
}

/** Stands in front of the functions. */
async function invoke({ path, body }: MockRequest, { variation, functions, events }: Running): Promise<Reply> {
  const event = JSON.stringify(variation.event?.(JSON.parse(body)));
  events.push(event);
  const answer = await fetch(`${functions}${path}`, { method: 'POST', body: event });
  const text = await answer.text();
  const headers = [...answer.headers].filter(([name]) => /^(content-type|x-amz.*)$/.test(name));
  return { version: 'HTTP/1.1', status: answer.status, reason: '', headers, body: Buffer.from(text) };
}
