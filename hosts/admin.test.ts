import { once } from 'node:events';
import { createServer, request as open, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { problemOf } from '../engine/preflight.ts';
import { loadSuite } from '../engine/load.ts';
import { runCases } from '../engine/run-cases.ts';
import { closeSession, openSession } from '../engine/session.ts';
import { createMock } from '../mocks/mock.ts';
import { serve, type Served } from '../mocks/serve.ts';
import { about, packageRoot } from '../package.ts';
import type { Manifest } from '../targets/manifest.ts';
import { manifestOf, openTarget } from './open-target.ts';

const suite = loadSuite(packageRoot, about);
const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** Read and written, refused, signed, raw, forged, with a code, and an operation that is not there. */
const CASES = [
  'GetUser/agrees-with-admin-get-user',
  'GetUser/bad-token/expired',
  'UpdateUserAttributes/expired-token',
  'AdminUpdateUserAttributes/longest-value',
  'AdminGetUser/no-such-user',
  'VerifyUserAttribute/wrong-code',
  'cors/preflight',
];

test('signed calls go to another door than those of users, and what is read is read there', async () => {
  const { proxy, mock, passed } = await doors();
  const results = await judge({ start: { url: `${proxy}/` }, admin: mock });
  expect(results).toEqual(CASES.map((id) => [id, 'pass']));
  const operations = passed.map((header) => header?.replace(/.*\./, ''));
  expect([...new Set(operations)].sort()).toEqual([
    'DescribeConformanceUnicorn',
    'GetUser',
    'GetUserAttributeVerificationCode',
    'InitiateAuth',
    'UpdateUserAttributes',
    'VerifyUserAttribute',
    undefined,
  ]);
});

test('a target that refuses signed calls without a type is asked for its other door', async () => {
  const { proxy, mock } = await doors();
  const problem = async (more: Partial<Manifest>): Promise<string | undefined> => {
    const { target, close } = await openTarget({ ...(await manifest()), ...more });
    opened.push(close);
    return problemOf(openSession(target, suite));
  };
  expect(await problem({ start: { url: proxy } })).toBe(
    `${proxy} cannot be judged: it refuses signed calls (403 without a type); name the base URL that takes them as "admin" in the manifest`,
  );
  expect(await problem({ start: { url: proxy }, admin: mock })).toBeUndefined();
  const nowhere = 'http://127.0.0.1:9';
  expect(await problem({ start: { url: proxy }, admin: nowhere })).toContain('nothing listens at 127.0.0.1:9');
});

test('the service is refused behind either door', async () => {
  const admin = 'https://cognito-idp.us-east-1.amazonaws.com';
  await expect(openTarget({ ...(await manifest()), start: { url: 'http://127.0.0.1:9' }, admin })).rejects.toThrow(
    'cognito-idp.us-east-1.amazonaws.com is the service itself',
  );
});

async function manifest(): Promise<Manifest> {
  const { triggers: _, selfTest: __, ...rest } = await manifestOf({ name: 'mock-served' });
  return rest;
}

async function judge(more: Partial<Manifest>): Promise<unknown[]> {
  const { target, close } = await openTarget({ ...(await manifest()), ...more });
  opened.push(close);
  const session = openSession(target, suite);
  const verdicts = new Map<string, string>();
  const cases = suite.cases.filter(({ id }) => CASES.includes(id));
  await runCases(cases, session, { concurrency: 2, onResult: ({ id, verdict }) => void verdicts.set(id, verdict) });
  await closeSession(session);
  return CASES.map((id) => [id, verdicts.get(id)]);
}

/** The mock, and a proxy in front of it that lets through what users call alone; `passed` is what it let. */
async function doors(): Promise<{ proxy: string; mock: string; passed: (string | undefined)[] }> {
  const { url: mock, close }: Served = await serve(createMock());
  opened.push(close);
  const passed: (string | undefined)[] = [];
  const server: Server = createServer((request, response) => {
    if (request.headers.authorization || request.method === 'GET') {
      return void request.resume().on('end', () => response.writeHead(403, { connection: 'close' }).end('no'));
    }
    passed.push(request.headers['x-amz-target'] as string | undefined);
    const { method, headers } = request;
    const onward = open(mock + request.url, { method, headers, agent: false }, (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
      answer.pipe(response);
    });
    request.pipe(onward);
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  opened.push(() => {
    server.close();
    server.closeAllConnections();
  });
  return { proxy: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, mock, passed };
}
