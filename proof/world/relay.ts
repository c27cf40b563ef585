import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';

/** How many bytes of one direction a connection lives for. */
export interface Span {
  of: 'request' | 'answer';
  bytes: number;
}

export interface Relay {
  url: string;
  /** How many connections were reset, and after what. */
  resets: Span[];
  close: () => void;
}

/** Passes bytes on, as they are, and resets each connection at the byte that is told for it. */
export async function serveRelay(upstream: string, spanOf: (nth: number) => Span | undefined): Promise<Relay> {
  const { hostname, port } = new URL(upstream);
  const open = new Set<Socket>();
  const resets: Span[] = [];
  let count = 0;
  const server = createServer((near) => {
    const span = spanOf((count += 1));
    const far = connect(Number(port), hostname);
    const end = (): void => {
      near.destroy();
      far.destroy();
    };
    const pass = (from: Socket, to: Socket, of: Span['of']): void => {
      let left = span?.of === of ? span.bytes : Infinity;
      from.on('data', (chunk: Buffer) => {
        if (left === Infinity) return void to.write(chunk);
        const rest = chunk.subarray(0, left);
        left -= rest.length;
        to.write(rest);
        if (left > 0 || !span) return;
        left = Infinity;
        resets.push(span);
        // What was written leaves first.
        setTimeout(() => {
          near.resetAndDestroy();
          far.destroy();
        }, 5);
      });
    };
    for (const socket of [near, far]) {
      open.add(socket);
      socket.setNoDelay(true).on('error', end).on('close', end);
      socket.on('close', () => open.delete(socket));
    }
    pass(near, far, 'request');
    pass(far, near, 'answer');
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    resets,
    close: () => {
      server.close();
      for (const socket of open) socket.destroy();
    },
  };
}
