import { once } from 'node:events';
import { createServer, type ServerResponse } from 'node:http';
import { createServer as createTcpServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { speakSmtp, type Envelope } from './smtp.ts';

/** A mail as it came to one address. */
export interface Mail {
  to: string;
  /** Subject and text, decoded. */
  text: string;
}

const TIMEOUT_MS = 10_000;

/** Receives mails for whatever address, and tells them again by HTTP, also to other processes of the run. */
export async function serveMails(): Promise<{ port: number; url: string; close: () => Promise<void> }> {
  const mails: Promise<Mail[]>[] = [];
  const sockets = new Set<Socket>();
  const smtp = createTcpServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    speakSmtp(socket, (envelope) => void mails.push(opened(envelope)));
  });
  const http = createServer((request, response) => {
    tell(request.url ?? '', response).catch(() => response.writeHead(400).end());
  });
  const tell = async (path: string, response: ServerResponse): Promise<void> => {
    const text = decodeURIComponent(path.slice(1));
    const all = (await Promise.all(mails)).flat();
    response.end(JSON.stringify(all.filter(({ to }) => to.includes(text))));
  };
  return {
    port: await listen(smtp),
    url: `http://127.0.0.1:${await listen(http)}`,
    close: async () => {
      smtp.close();
      http.close();
      http.closeAllConnections();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Mails to addresses that hold a text, the oldest first, as they are told at a URL. */
export async function mailsAt(url: string, address: string): Promise<Mail[]> {
  try {
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    const response = await fetch(`${url}/${encodeURIComponent(address)}`, { headers: { connection: 'close' }, signal });
    return (await response.json()) as Mail[];
  } catch (error) {
    throw new Error(`the mails at ${url} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

async function opened({ recipients, data }: Envelope): Promise<Mail[]> {
  const { default: PostalMime } = await import('postal-mime');
  const { subject = '', text, html = '' } = await PostalMime.parse(data);
  return recipients.map((to) => ({ to, text: `${subject}\n${text ?? html.replace(/<[^<>]*>/g, ' ')}` }));
}

async function listen(server: Server): Promise<number> {
  await once(server.listen(0, '127.0.0.1'), 'listening');
  server.unref();
  return (server.address() as AddressInfo).port;
}
