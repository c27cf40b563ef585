import type { Socket } from 'node:net';
import type { MockResponse } from '../../mocks/mock.ts';
import { head } from '../variations/write.ts';

/** What comes in the place of an answer. */
export type Fault = (socket: Socket, honest: MockResponse) => void;

const MEGABYTE = Buffer.alloc(1024 * 1024, 'x');

export const faults = {
  'reset before the answer': (socket) => socket.resetAndDestroy(),
  'reset half-way': (socket, honest) => {
    const bytes = whole(honest);
    socket.write(bytes.subarray(0, bytes.length - 9), () => setTimeout(() => socket.resetAndDestroy(), 20));
  },
  'taken and never answered': () => {},
  'silent for 10 s': (socket, honest) => later(socket, 10_000, () => socket.write(whole(honest))),
  'a byte a tenth of a second': (socket, honest) => {
    const bytes = whole(honest);
    let sent = 0;
    const drip = setInterval(() => socket.write(bytes.subarray(sent, (sent += 1))), 100);
    socket.on('close', () => clearInterval(drip));
  },
  'half of the JSON': (socket, honest) =>
    socket.write(whole({ ...honest, body: honest.body.slice(0, Math.ceil(honest.body.length / 2)) })),
  '200 with HTML': (socket) => socket.write(page(200, '<html><body>Welcome to the Wi-Fi</body></html>')),
  'a length too long': (socket, honest) => socket.write(whole(honest, 7)),
  'a length too long, and the end': (socket, honest) => socket.end(whole(honest, 7)),
  'a length too short': (socket, honest) => socket.write(whole(honest, -7)),
  '100 MB': (socket, honest) => {
    socket.write(framed([...unframed(honest), ['content-length', String(100 * MEGABYTE.length)]]));
    pour(socket, 100);
  },
  'an answer without end': (socket, honest) => {
    socket.write(framed([...unframed(honest), ['transfer-encoding', 'chunked']]));
    pour(socket, Infinity);
  },
  'bytes that are no UTF-8': (socket, honest) => {
    const body = Buffer.from(withMember(honest.body, '"Odd":"?"'));
    body[body.indexOf('?')] = 0xff;
    const headers = [...unframed(honest), ['content-length', String(body.length)]] as [string, string][];
    socket.write(Buffer.concat([framed(headers, honest.status), body]));
  },
  '100,000 levels': (socket, honest) =>
    socket.write(
      whole({
        ...honest,
        body: withMember(honest.body, `"Deep":${'['.repeat(100_000)}${']'.repeat(100_000)}`),
      }),
    ),
  'nearly 1 MB': (socket, honest) =>
    socket.write(whole({ ...honest, body: withMember(honest.body, `"more":"${'x'.repeat(1_000_000)}"`) })),
  'duplicate keys': (socket, honest) =>
    socket.write(whole({ ...honest, body: withMember(honest.body, '"Username":"nobody","UserAttributes":[]') })),
  '__proto__ members': (socket, honest) =>
    socket.write(
      whole({
        ...honest,
        headers: { ...honest.headers, constructor: 'x' },
        body: withMember(honest.body, '"__proto__":{"status":500,"Username":"nobody"}'),
      }),
    ),
  '1,000 headers': (socket, honest) =>
    socket.write(
      whole({
        ...honest,
        headers: { ...honest.headers, ...Object.fromEntries(Array.from({ length: 1000 }, (_, n) => [`x-${n}`, 'y'])) },
      }),
    ),
  'headers of 100 KB': (socket, honest) =>
    socket.write(whole({ ...honest, headers: { ...honest.headers, 'x-long': 'y'.repeat(100_000) } })),
  'a redirect to itself': (socket) => socket.write(page(302, '', [['location', '/']])),
} satisfies Record<string, Fault>;

/** As it would have come, or with a length that is wrong by so much. */
export function whole(honest: MockResponse, wrong = 0): Buffer {
  const { status, body } = honest;
  const length = Math.max(0, Buffer.byteLength(body) + wrong);
  return Buffer.concat([framed([...unframed(honest), ['content-length', String(length)]], status), Buffer.from(body)]);
}

/** All its headers but its length. */
function unframed({ headers: { 'content-length': _, ...others } }: MockResponse): [string, string][] {
  return Object.entries(others);
}

function framed(headers: [string, string][], status = 200): Buffer {
  return head({ version: 'HTTP/1.1', status, reason: '', headers, body: Buffer.alloc(0) });
}

function page(status: number, html: string, more: [string, string][] = []): Buffer {
  const headers: [string, string][] = [
    ['content-type', 'text/html'],
    ['content-length', String(html.length)],
  ];
  return Buffer.concat([framed([...headers, ...more], status), Buffer.from(html)]);
}

/** Before the other members, if it has any. */
function withMember(json: string, member: string): string {
  return json.replace('{', () => (/^\s*\{\s*\}/.test(json) ? `{${member}` : `{${member},`));
}

function later(socket: Socket, ms: number, act: () => void): void {
  const timer = setTimeout(act, ms);
  socket.on('close', () => clearTimeout(timer));
}

/** As fast as the other side takes it. */
function pour(socket: Socket, megabytes: number): void {
  const chunk = megabytes === Infinity ? [`${MEGABYTE.length.toString(16)}\r\n`, MEGABYTE, '\r\n'] : [MEGABYTE];
  let left = megabytes;
  const on = (): void => {
    let room = true;
    while (room && left > 0 && !socket.destroyed) {
      left -= 1;
      for (const part of chunk) room = socket.write(part);
    }
  };
  socket.on('drain', on);
  on();
}
