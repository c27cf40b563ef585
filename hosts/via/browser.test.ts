import { once } from 'node:events';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test, vi } from 'vitest';
import type { Case, Step } from '../../engine/case.ts';
import { isOverCase } from '../../engine/over.ts';
import type { Result } from '../../engine/result.ts';
import { runCase } from '../../engine/run-case.ts';
import { closeSession, openSession } from '../../engine/session.ts';
import { createMock, type MockRequest, type MockResponse } from '../../mocks/mock.ts';
import { CHROMIUM_ADVICE, chromiumPath } from '../chromium.ts';
import { manifestOf, openTarget } from '../open-target.ts';
import { lying, read, refused, some, view, written } from '../verdicts.test-data.ts';
import { openBrowser } from './browser.ts';
import type { Via } from './via.ts';

const installed = chromiumPath() !== undefined;
if (!installed) console.warn(`no Chromium: cases are not sent through one; ${CHROMIUM_ADVICE}`);

const { suite } = lying().session;
const closers: (() => unknown)[] = [];
let opened: Promise<Via> | undefined;
const via = (): Promise<Via> => (opened ??= openBrowser());
afterAll(async () => {
  for (const close of closers) await close();
  await (await opened)?.close();
});

type Says = (request: MockRequest, answer: MockResponse) => MockResponse | 'nothing';

/** The mock on a port, which says something else where it is told to. */
async function served(says: Says): Promise<string> {
  const mock = createMock();
  const server: Server = createServer(async (incoming, outgoing) => {
    const chunks: Buffer[] = [];
    for await (const chunk of incoming) chunks.push(chunk as Buffer);
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]));
    const request = {
      method: incoming.method ?? '',
      path: incoming.url ?? '',
      headers,
      body: Buffer.concat(chunks).toString(),
    };
    const answer = says(request, await mock.answer(request));
    if (answer === 'nothing') return void incoming.socket.destroy();
    // Of the body that it had before.
    const { 'content-length': _, ...others } = answer.headers;
    outgoing.writeHead(answer.status, others).end(answer.body);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function judge(steps: Step[], says: Says = (_, answer) => answer, through?: Via): Promise<Result> {
  const manifest = await manifestOf({ endpoint: await served(says) });
  const { target, close } = await openTarget(manifest, { via: through ?? (await via()) });
  const session = openSession(target, suite);
  try {
    return await runCase(some(steps), session, { trace: true });
  } finally {
    await closeSession(session);
    await close();
  }
}

const without =
  (name: string, where: (request: MockRequest) => boolean): Says =>
  (request, answer) => {
    if (!where(request)) return answer;
    const headers = Object.entries(answer.headers).filter(([header]) => header !== name);
    return { ...answer, headers: Object.fromEntries(headers) };
  };
const isPreflight = ({ method }: MockRequest): boolean => method === 'OPTIONS';
const isOfPage = ({ method, headers }: MockRequest): boolean => method === 'POST' && 'origin' in headers;
const kept = (why: string): string => `the browser keeps the answer from the page: ${why}`;

describe.skipIf(!installed)('through a page', () => {
  test('a share of the cases passes on the served mock, or is not for a browser', async () => {
    const open = await openTarget(await manifestOf({ name: 'mock-served' }), { via: await via() });
    const session = openSession(open.target, suite);
    const cases = suite.cases.filter((test: Case, index) => index % 72 === 0 && !isOverCase(test));
    const results = await Promise.all(cases.map((test) => runCase(test, session)));
    await closeSession(session);
    await open.close();
    const other = results.filter(
      ({ verdict, cause = '' }) => verdict !== 'pass' && !(verdict === 'skip' && cause.startsWith('a browser cannot')),
    );
    expect(other.map(view)).toEqual([]);
    expect(results.filter(({ verdict }) => verdict === 'pass').length).toBeGreaterThan(6);
  });

  test('the exchange is kept as it was on the wire, with what the page is not shown', async () => {
    const { verdict, steps } = await judge([written]);
    const [step] = steps.filter(({ role }) => role === 'step');
    expect(verdict).toBe('pass');
    expect(step?.request.headers).toMatchObject({
      Origin: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      'x-amz-target': 'AWSCognitoIdentityProviderService.UpdateUserAttributes',
    });
    expect(step?.request.headers['Origin']).not.toBe(new URL(step?.request.url ?? '').origin);
    const names = step?.response?.headers.map(([name]) => name.toLowerCase());
    expect(names).toContain('access-control-expose-headers');
  });

  test.each<[why: string, keyword: string, says: Says]>([
    [
      'the answer to the preflight has no Access-Control-Allow-Origin',
      'PreflightMissingAllowOriginHeader',
      (request, answer) => (isPreflight(request) ? { status: 404, headers: {}, body: '' } : answer),
    ],
    [
      'the preflight does not allow the header x-amz-target',
      'HeaderDisallowedByPreflightResponse',
      (request, answer) =>
        isPreflight(request)
          ? {
              ...answer,
              headers: {
                ...answer.headers,
                'access-control-allow-origin': '*',
                'access-control-allow-headers': 'content-type',
              },
            }
          : answer,
    ],
    [
      'the answer has no Access-Control-Allow-Origin, though the preflight has',
      'MissingAllowOriginHeader',
      without('access-control-allow-origin', isOfPage),
    ],
    [
      'the answer allows another origin',
      'AllowOriginMismatch',
      (request, answer) =>
        isOfPage(request)
          ? { ...answer, headers: { ...answer.headers, 'access-control-allow-origin': 'https://app.example' } }
          : answer,
    ],
    [
      'the answer is a redirection',
      'Redirected',
      (request, answer) =>
        isOfPage(request) ? { ...answer, status: 302, headers: { ...answer.headers, location: '/else' } } : answer,
    ],
  ])('what lacks is named: %s', async (why, keyword, says) => {
    expect(view(await judge([written], says))).toEqual({
      verdict: 'fail',
      cause: kept(why),
      reason: `UpdateUserAttributes: ${kept(why)}`,
      fingerprint: `1: UpdateUserAttributes#1 must client ${keyword}`,
    });
  });

  test('a type in a header alone is read by a page only where the header is exposed', async () => {
    const typeInHeader: Says = (request, answer) =>
      isOfPage(request) ? { ...answer, body: '{"message":"No."}' } : answer;
    expect((await judge([refused], typeInHeader)).verdict).toBe('pass');
    const hidden: Says = (request, answer) =>
      without('access-control-expose-headers', isOfPage)(request, typeInHeader(request, answer) as MockResponse);
    expect(view(await judge([refused], hidden))).toMatchObject({
      verdict: 'fail',
      fingerprint: '1: UpdateUserAttributes#1 must error 400 application/x-amz-json-1.1',
    });
  });

  test('a page that is not even JSON is told as on the wire, and that it is kept from the page beside', async () => {
    const says: Says = (request, answer) =>
      isOfPage(request) ? { status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>No</h1>' } : answer;
    const result = await judge([refused], says);
    expect(result.fingerprint).toBe('1: UpdateUserAttributes#1 must error 500 text/html');
    expect(result.mismatches.map(({ kind }) => kind)).toEqual(['error', 'client']);
  });

  test('no answer to a page is none, as on the wire', async () => {
    const says: Says = (request, answer) => (isOfPage(request) ? 'nothing' : answer);
    expect(view(await judge([read], says))).toMatchObject({
      verdict: 'fail',
      fingerprint: '1: GetUser#1 must no-answer closed',
    });
  });

  test.each<[step: Step, why: string]>([
    [{ call: 'AdminGetUser', with: {}, expect: { body: {} } }, 'a page has no credentials to sign with'],
    [{ ...read, headers: { Origin: 'https://app.example' } }, 'it sets the header origin itself'],
    [{ request: { method: 'GET', body: '{}' }, expect: { status: 404 } }, 'it sends no body with GET'],
    [
      { request: { method: 'POST', headers: { 'x-amz-target': 'a\u20ac' } }, expect: { status: 400 } },
      'fetch refuses it',
    ],
    [{ request: { method: 'TRACE' }, expect: { status: 404 } }, 'a page may not use the method TRACE'],
    [
      { ...read, should: { headers: { 'access-control-allow-origin': '*' } } },
      'no page is shown the header access-control-allow-origin',
    ],
  ])('what a browser does not send or show is skipped: %#', async (step, why) => {
    expect(view(await judge([step]))).toMatchObject({ verdict: 'skip', cause: `a browser cannot send it: ${why}` });
  });

  test('nothing is left of it when it is closed, and its end is not held against the target', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'browser-test-'));
    closers.push(() => rmSync(folder, { recursive: true }));
    vi.stubEnv('TMPDIR', folder);
    const other = await openBrowser();
    const own = readdirSync(folder).find((name) => name.startsWith('cognito-conformance-')) ?? '';
    expect(readdirSync(join(folder, own))).toContainEqual(expect.stringMatching(/^playwright/));
    await other.close();
    expect(readdirSync(folder)).toEqual([]);
    vi.unstubAllEnvs();
    const result = await judge([read], undefined, other);
    expect(view(result)).toMatchObject({ verdict: 'error', cause: 'the browser is gone' });
  });
});

test('a browser that is not there is named, and how to get one', async () => {
  await expect(openBrowser('/nowhere/chromium')).rejects.toThrow(
    `there is no browser /nowhere/chromium; ${CHROMIUM_ADVICE}`,
  );
});

test('a program that is no browser is told as one that does not start', async () => {
  await expect(openBrowser('/bin/true')).rejects.toThrow(/^\/bin\/true does not start: /);
});
