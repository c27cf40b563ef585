import http from 'node:http';
import https from 'node:https';
import { decoded } from './content-coding.ts';
import type { HttpRequest, HttpResponse, Send } from './target.ts';

export interface Limits {
  connectMs: number;
  headersMs: number;
  bodyMs: number;
  maxBytes: number;
}

export interface SendOptions {
  keepAlive?: boolean | undefined;
  limits?: Limits;
}

const LIMITS: Limits = { connectMs: 4000, headersMs: 8000, bodyMs: 8000, maxBytes: 4 * 1024 * 1024 };

/** Idle sockets of Node servers die at 5 s; ours are closed before. */
const IDLE_MS = 3000;
const MAX_HEADER_BYTES = 64 * 1024;

export type NoAnswerKind = 'unreachable' | 'closed' | 'incomplete' | 'timeout' | 'too-large' | 'malformed';

/** No whole answer came. */
export class NoAnswer extends Error {
  readonly kind: NoAnswerKind;
  constructor(kind: NoAnswerKind, message: string) {
    super(message);
    this.name = 'NoAnswer';
    this.kind = kind;
  }
}

/**
 * HTTP over our own keep-alive sockets, or over a socket of its own for every request: no redirects, one retry, and only
 * on a reused socket that brought no byte.
 */
export function httpSend({ keepAlive = true, limits = LIMITS }: SendOptions = {}): { send: Send; close: () => void } {
  const options = { keepAlive: true, timeout: IDLE_MS, scheduling: 'lifo' } as const;
  const agents = { 'http:': new http.Agent(options), 'https:': new https.Agent(options) };
  const agentOf = (url: URL): http.Agent => (url.protocol === 'https:' ? agents['https:'] : agents['http:']);

  const send: Send = async (request, { fresh = false } = {}) => {
    const url = new URL(request.url);
    const agent = fresh || !keepAlive ? false : agentOf(url);
    try {
      return await attempt(request, url, agent, limits);
    } catch (error) {
      if (error instanceof StaleSocket) return { ...(await attempt(request, url, false, limits)), retried: true };
      throw error;
    }
  };
  return { send, close: () => Object.values(agents).forEach((agent) => agent.destroy()) };
}

class StaleSocket extends Error {}

function attempt(request: HttpRequest, url: URL, agent: http.Agent | false, limits: Limits): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const { request: open } = url.protocol === 'https:' ? https : http;
    const outgoing = open(url, {
      method: request.method,
      headers: withLength(request),
      agent,
      maxHeaderSize: MAX_HEADER_BYTES,
    });
    let bytesBefore = 0;
    let timer: NodeJS.Timeout;
    let answered = false;

    const fail = (error: Error): void => {
      clearTimeout(timer);
      outgoing.destroy();
      reject(error);
    };
    const within = (ms: number, waitingFor: string): void => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(new NoAnswer('timeout', `no ${waitingFor} within ${ms / 1000} s`)), ms);
    };

    within(limits.connectMs, 'connection');
    outgoing.on('socket', (socket) => {
      bytesBefore = socket.bytesRead;
      if (socket.connecting) socket.once('connect', () => within(limits.headersMs, 'answer'));
      else within(limits.headersMs, 'answer');
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const noByte = (outgoing.socket?.bytesRead ?? 0) === bytesBefore;
      if (outgoing.reusedSocket && noByte && !answered) fail(new StaleSocket());
      else fail(answered ? new NoAnswer('incomplete', 'the answer broke off half-way') : noAnswerOf(error, url));
    });
    outgoing.on('response', (incoming) => {
      answered = true;
      within(limits.bodyMs, 'end of the answer');
      const chunks: Buffer[] = [];
      let bytes = 0;
      incoming.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > limits.maxBytes) fail(tooLarge(limits));
        else chunks.push(chunk);
      });
      incoming.on('error', () => fail(new NoAnswer('incomplete', 'the answer broke off half-way')));
      incoming.on('end', () => {
        clearTimeout(timer);
        const { statusCode: status = 0, rawHeaders, headers } = incoming;
        decoded(Buffer.concat(chunks), headers['content-encoding'], limits.maxBytes).then(
          (body) => resolve({ status, headers: pairs(rawHeaders), body: body.toString('utf8') }),
          (error: NodeJS.ErrnoException) => fail(undecodable(error, limits)),
        );
      });
    });
    outgoing.end(request.body);
  });
}

/** Node frames a body by itself only where it expects one. */
function withLength({ headers, body }: HttpRequest): Record<string, string> {
  const framed = Object.keys(headers).some((name) => /^(content-length|transfer-encoding)$/i.test(name));
  return body === undefined || framed ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}

function noAnswerOf(error: NodeJS.ErrnoException, url: URL): NoAnswer {
  const code = error.code ?? '';
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return new NoAnswer('closed', 'the connection was closed before an answer came');
  if (code.startsWith('HPE_')) return new NoAnswer('malformed', `the answer is not HTTP (${error.message})`);
  if (code.startsWith('ERR_')) return new NoAnswer('malformed', `the request cannot be sent: ${error.message}`);
  const reasons: Record<string, string> = {
    ECONNREFUSED: `nothing listens at ${url.host}`,
    ENOTFOUND: `the host ${url.hostname} is not known`,
    EPROTO: `${url.host} speaks no TLS that we do: is it http:// there?`,
  };
  return new NoAnswer('unreachable', reasons[code] ?? `${url.host} cannot be reached (${code || error.message})`);
}

const tooLarge = ({ maxBytes }: Limits): NoAnswer =>
  new NoAnswer('too-large', `the answer is larger than ${maxBytes} bytes`);

function undecodable({ code, message }: NodeJS.ErrnoException, limits: Limits): NoAnswer {
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(limits);
  return new NoAnswer('malformed', `the answer is not compressed as it says (${message})`);
}

function pairs(raw: string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) headers.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return headers;
}
