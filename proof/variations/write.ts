import type { Packet, Reply } from './variation.ts';

/** In one piece, as long as it says. */
export const whole = (reply: Reply): [Buffer] => [
  Buffer.concat([head(reply, ['content-length', String(reply.body.length)]), reply.body]),
];

/** The head in the bytes of Latin-1, which leaves those of UTF-8 in a value as they are. */
export function head({ version, status, reason, headers }: Reply, ...more: Reply['headers']): Buffer {
  const lines = [...headers, ...more].map(([name, value]) => `${name}: ${value}\r\n`);
  return Buffer.from(`${version} ${status} ${reason}\r\n${lines.join('')}\r\n`, 'latin1');
}

export interface Chunks {
  /** Lengths of chunks, in turn. */
  sizes: readonly number[];
  /** How the length of one is written. */
  size?: (bytes: number) => string;
  trailers?: Reply['headers'];
}

export function chunked(reply: Reply, { sizes, size = (bytes) => bytes.toString(16), trailers = [] }: Chunks): Buffer {
  const parts = [head(reply, ['transfer-encoding', 'chunked'])];
  for (let from = 0, nth = 0; from < reply.body.length; nth += 1) {
    const chunk = reply.body.subarray(from, (from += sizes[nth % sizes.length] ?? 1));
    parts.push(Buffer.from(`${size(chunk.length)}\r\n`), chunk, Buffer.from('\r\n'));
  }
  const last = trailers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
  return Buffer.concat([...parts, Buffer.from(`${size(0)}\r\n${last}\r\n`)]);
}

export function cut(bytes: Buffer, length: number, pauseMs?: number): Packet[] {
  const packets: Packet[] = [];
  for (let from = 0; from < bytes.length; from += length) {
    if (from > 0 && pauseMs !== undefined) packets.push(pauseMs);
    packets.push(bytes.subarray(from, from + length));
  }
  return packets;
}
