import { isUtf8 } from 'node:buffer';
import http from 'node:http';
import https from 'node:https';
import { urlToHttpOptions } from 'node:url';
import { decoded } from './content-coding.ts';
import { isDeeper } from './depth.ts';
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

/** What the service says of one user, with 50 attributes of 2,048 letters, is less than half of that. */
export const MAX_BYTES = 1024 * 1024;
const LIMITS: Limits = { connectMs: 4000, headersMs: 8000, bodyMs: 8000, maxBytes: MAX_BYTES };

/** Idle sockets of Node servers die at 5 s; ours are closed before. */
const IDLE_MS = 3000;
const MAX_HEADER_BYTES = 64 * 1024;
/** What is nested deeper ends whoever reads it by recursion. */
const MAX_LEVELS = 1000;

export type NoAnswerKind = 'unreachable' | 'closed' | 'incomplete' | 'timeout' | 'too-large' | 'malformed';

/** No whole answer came. */
export class NoAnswer extends Error {
  readonly kind: NoAnswerKind;
  constructor(kind: NoAnswerKind, message: string) {
    super(message);
    this.name = 'NoAnswer';
    this.kind = kind;
  }

  /** An answer began: that it did not come whole tells of its way, and of our limits. */
  get began(): boolean {
    return ['incomplete', 'too-large', 'malformed'].includes(this.kind);
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

  /** Nearly all requests of a run go to one address. */
  let last: Address | undefined;
  const addressOf = (text: string): Address => {
    if (last?.text === text) return last;
    const url = new URL(text);
    const { protocol, hostname, port, path } = urlToHttpOptions(url);
    last = { text, url, options: { protocol, hostname, port, path } };
    return last;
  };

  const send: Send = async (request, { fresh = false } = {}) => {
    const address = addressOf(request.url);
    const agent = fresh || !keepAlive ? false : agentOf(address.url);
    try {
      return await attempt(request, address, agent, limits);
    } catch (error) {
      if (error instanceof StaleSocket) return { ...(await attempt(request, address, false, limits)), retried: true };
      throw error;
    }
  };
  return { send, close: () => Object.values(agents).forEach((agent) => agent.destroy()) };
}

class StaleSocket extends Error {}

interface Address {
  text: string;
  url: URL;
  options: http.RequestOptions;
}

function attempt(
  request: HttpRequest,
  { url, options }: Address,
  agent: http.Agent | false,
  limits: Limits,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const { request: open } = url.protocol === 'https:' ? https : http;
    const outgoing = open({
      ...options,
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
    const within = (ms: number, waitingFor: string, kind: NoAnswerKind = 'timeout'): void => {
      clearTimeout(timer);
      timer = setTimeout(() => fail(new NoAnswer(kind, `no ${waitingFor} within ${ms / 1000} s`)), ms);
    };

    // Of an agent without a limit a request has its socket at once.
    outgoing.on('socket', (socket) => {
      bytesBefore = socket.bytesRead;
      if (!socket.connecting) return within(limits.headersMs, 'answer');
      within(limits.connectMs, 'connection');
      socket.once('connect', () => within(limits.headersMs, 'answer'));
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      const noByte = (outgoing.socket?.bytesRead ?? 0) === bytesBefore;
      if (outgoing.reusedSocket && noByte && !answered) fail(new StaleSocket());
      else fail(answered ? brokenOff(error) : noAnswerOf(error, url));
    });
    outgoing.on('response', (incoming) => {
      answered = true;
      within(limits.bodyMs, 'end of the answer', 'incomplete');
      const chunks: Buffer[] = [];
      let bytes = 0;
      incoming.on('data', (chunk: Buffer) => {
        bytes += chunk.length;
        if (bytes > limits.maxBytes) fail(tooLarge(limits.maxBytes));
        else chunks.push(chunk);
      });
      incoming.on('error', (error) => fail(brokenOff(error)));
      incoming.on('end', () => {
        clearTimeout(timer);
        const { statusCode: status = 0, rawHeaders, headers } = incoming;
        decoded(Buffer.concat(chunks), headers['content-encoding'], limits.maxBytes)
          .then(
            (body) => resolve({ status, headers: pairs(rawHeaders), body: readable(body) }),
            (error: NodeJS.ErrnoException) => fail(undecodable(error, limits)),
          )
          .catch(fail);
      });
    });
    outgoing.end(request.body);
  });
}

const FRAMING = new Set(['content-length', 'transfer-encoding']);

/** Node frames a body by itself only where it expects one. */
function withLength({ headers, body }: HttpRequest): Record<string, string> {
  const framed = Object.keys(headers).some((name) => FRAMING.has(name.toLowerCase()));
  return body === undefined || framed ? headers : { ...headers, 'content-length': String(Buffer.byteLength(body)) };
}

function noAnswerOf(error: NodeJS.ErrnoException, url: URL): NoAnswer {
  const code = error.code ?? '';
  if (code === 'ECONNRESET' || code === 'EPIPE')
    return new NoAnswer('closed', 'the connection was closed before an answer came');
  if (code === 'HPE_HEADER_OVERFLOW')
    return new NoAnswer('too-large', `the headers of the answer are larger than ${MAX_HEADER_BYTES} bytes`);
  if (code.startsWith('HPE_')) return new NoAnswer('malformed', `the answer is not HTTP (${error.message})`);
  if (CERTIFICATE.test(code)) return new NoAnswer('unreachable', distrust(error, url));
  if (code.startsWith('ERR_')) return new NoAnswer('malformed', `the request cannot be sent: ${error.message}`);
  const reasons: Record<string, string> = {
    ECONNREFUSED: `nothing listens at ${url.host}`,
    ENOTFOUND: `the host ${url.hostname} is not known`,
    EPROTO: `${url.host} speaks no TLS that we do: is it http:// there?`,
  };
  return new NoAnswer('unreachable', reasons[code] ?? `${url.host} cannot be reached (${code || error.message})`);
}

/** Codes of OpenSSL and of Node for a certificate that is not to be trusted. */
const CERTIFICATE = /CERT|SELF_SIGNED|^UNABLE_TO_|^HOSTNAME_MISMATCH$/;

function distrust({ message }: Error, { host }: URL): string {
  return `the certificate of ${host} is not trusted (${message}); name who signed it in NODE_EXTRA_CA_CERTS`;
}

/** What follows an answer on its connection is of no other one: nobody asked for more. */
function brokenOff({ code = '' }: NodeJS.ErrnoException): NoAnswer {
  const why = code.startsWith('HPE_') ? 'does not end where it says' : 'broke off half-way';
  return new NoAnswer('incomplete', `the answer ${why}`);
}

/** Throws a `NoAnswer` where nobody could read it as JSON is written, or by recursion. */
export function readable(body: Buffer): string {
  if (!isUtf8(body)) throw new NoAnswer('malformed', 'the answer is not UTF-8');
  const text = body.toString('utf8');
  if (isDeeper(text, MAX_LEVELS))
    throw new NoAnswer('too-large', `the answer is nested deeper than ${MAX_LEVELS} levels`);
  return text;
}

export const tooLarge = (maxBytes: number): NoAnswer =>
  new NoAnswer('too-large', `the answer is larger than ${maxBytes} bytes`);

function undecodable({ code, message }: NodeJS.ErrnoException, limits: Limits): NoAnswer {
  if (code === 'ERR_BUFFER_TOO_LARGE') return tooLarge(limits.maxBytes);
  return new NoAnswer('malformed', `the answer is not compressed as it says (${message})`);
}

function pairs(raw: string[]): [string, string][] {
  const headers: [string, string][] = [];
  for (let index = 0; index < raw.length; index += 2) headers.push([raw[index] ?? '', raw[index + 1] ?? '']);
  return headers;
}
