import { existsSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Browser, Page } from '@playwright/test';
import { unsendable, Withheld, type Client, type ClientAnswer } from '../../engine/client.ts';
import { MAX_BYTES, NoAnswer, readable, tooLarge } from '../../engine/exchange.ts';
import { Interruption } from '../../engine/interruption.ts';
import type { HttpRequest, HttpResponse } from '../../engine/target.ts';
import { makeFolder, removeLeftovers } from '../../targets/leftovers.ts';
import { CHROMIUM_ADVICE, chromiumPath } from '../chromium.ts';
import { UsageError } from '../usage-error.ts';
import { corsFinding } from './cors.ts';
import { noAnswerOf } from './net-error.ts';
import { forbidden, hidden } from './forbidden.ts';
import { watchNetwork, type Network } from './network.ts';
import type { Via } from './via.ts';

const TITLE = 'a browser';
const ANSWER_MS = 12_000;

/** Nothing of its own on the network. */
const ARGUMENTS = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];

/** Cases through `fetch` in a page of a Chromium, whose origin is no target's. */
export async function openBrowser(named?: string): Promise<Via> {
  const { chromium } = await import('@playwright/test').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError('--via browser needs Playwright: npm install --save-dev @playwright/test');
  });
  const executablePath = named ?? chromiumPath();
  if (executablePath === undefined) throw new UsageError(`--via browser finds no Chromium; ${CHROMIUM_ADVICE}`);
  if (!existsSync(executablePath)) throw new UsageError(`there is no browser ${executablePath}; ${CHROMIUM_ADVICE}`);

  removeLeftovers();
  const folder = makeFolder();
  const origin = createServer((_, response) => {
    response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><link rel="icon" href="data:,">');
  }).listen(0, '127.0.0.1');
  let browser: Browser | undefined;
  const close = async (): Promise<void> => {
    await browser?.close();
    origin.close();
    origin.closeAllConnections();
    rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  };
  try {
    await once(origin, 'listening');
    // The path of a socket that it makes there may not grow long.
    const env = { ...process.env } as Record<string, string>;
    browser = await inFolder(folder, () =>
      chromium.launch({
        executablePath,
        env,
        args: [...ARGUMENTS, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])],
        // An interrupted run ends its cases first.
        handleSIGINT: false,
        handleSIGTERM: false,
        handleSIGHUP: false,
      }),
    ).catch((error: Error) => {
      throw new UsageError(`${executablePath} does not start: ${firstLine(error)}`);
    });
    const page = await browser.newPage();
    const network = await watchNetwork(page);
    await page.goto(`http://127.0.0.1:${(origin.address() as AddressInfo).port}/`);
    return { name: 'browser', clientOf: () => clientOf(page, network), close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Playwright, not its browser, keeps its files in this folder: there they are found, and removed, after a run that was killed. */
async function inFolder<T>(folder: string, launch: () => Promise<T>): Promise<T> {
  const names = ['TMPDIR', 'TEMP', 'TMP'];
  const before = names.map((name) => process.env[name]);
  for (const name of names) process.env[name] = folder;
  try {
    return await launch();
  } finally {
    names.forEach((name, index) => {
      if (before[index] === undefined) delete process.env[name];
      else process.env[name] = before[index];
    });
  }
}

function firstLine({ message }: Error): string {
  return message.replace(/^browserType\.launch: /, '').split('\n')[0] ?? '';
}

function clientOf(page: Page, network: Network): Client {
  return {
    title: TITLE,
    leaves: 'a page has no credentials to sign with',
    takes: (_, signed) => !signed,
    refuses: ({ headers = {}, request, expect, should }) =>
      forbidden(request?.method ?? 'POST', { ...headers, ...request?.headers }) ??
      hidden({ ...expect?.headers, ...should?.headers }),
    send: ({ request }) => sendFrom(page, network, request),
  };
}

async function sendFrom(page: Page, network: Network, request: HttpRequest): Promise<ClientAnswer> {
  // Offered by the browser itself, as it likes.
  const { 'accept-encoding': _, ...headers } = request.headers;
  const why = forbidden(request.method, headers, request.body);
  if (why !== undefined) throw unsendable({ title: TITLE }, why);
  const { url, seen } = network.watch(request.url);
  const limits = { ms: ANSWER_MS, maxBytes: MAX_BYTES };
  const got = await page.evaluate(fetched, { ...request, url, headers, ...limits }).catch((error: Error) => {
    // That says nothing of the target.
    throw new Interruption('error', 'the browser is gone', `the browser is gone: ${firstLine(error)}`);
  });
  const { id, cors, net, sent, came, status } = await seen(got === 'late');
  if (typeof got === 'object') {
    const body = readable(Buffer.from(got.body, 'latin1'));
    const answer: HttpResponse = { ...got, headers: got.headers as [string, string][], body };
    return {
      request: { ...request, headers: sent ?? headers },
      response: { ...answer, headers: came ?? answer.headers },
      seen: answer,
    };
  }
  if (id === undefined) throw unsendable({ title: TITLE }, 'fetch refuses it');
  if (cors) throw new Withheld(corsFinding(cors), status && came ? untyped(status, came) : undefined);
  if (got === 'redirected') throw new Withheld(corsFinding({ corsError: 'Redirected', failedParameter: '' }));
  if (got === 'too large') throw tooLarge(MAX_BYTES);
  const within = `within ${ANSWER_MS / 1000} s`;
  if (got === 'late' && came) throw new NoAnswer('incomplete', `no end of the answer ${within}`);
  if (got === 'late') throw new NoAnswer('timeout', `no answer ${within}`);
  throw noAnswerOf(net ?? got, came !== undefined);
}

/** The body is not told: only of what is no JSON it is known that no type stands in it. */
function untyped(status: number, headers: HttpResponse['headers']): HttpResponse | undefined {
  const type = headers.find(([name]) => name.toLowerCase() === 'content-type')?.[1] ?? '';
  return /json/i.test(type) ? undefined : { status, headers, body: '' };
}

interface Fetched {
  status: number;
  headers: string[][];
  /** A letter a byte. */
  body: string;
}

/** Runs in the page: knows nothing of what stands around it here. */
async function fetched(
  of: Pick<HttpRequest, 'method' | 'url' | 'headers' | 'body'> & { ms: number; maxBytes: number },
): Promise<Fetched | string> {
  try {
    const answer = await fetch(of.url, {
      method: of.method,
      headers: of.headers,
      // As bytes it brings no content type along.
      ...(of.body === undefined ? {} : { body: new TextEncoder().encode(of.body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(of.ms),
    });
    if (answer.type === 'opaqueredirect') return 'redirected';
    const reader = answer.body?.getReader();
    let body = '';
    for (let part = await reader?.read(); part?.value; part = await reader?.read()) {
      if (body.length + part.value.length > of.maxBytes) {
        await reader?.cancel();
        return 'too large';
      }
      for (const byte of part.value) body += String.fromCharCode(byte);
    }
    return { status: answer.status, headers: [...answer.headers], body };
  } catch (error) {
    return (error as Error).name === 'TimeoutError' ? 'late' : String(error);
  }
}
