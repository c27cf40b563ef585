import { http, passthrough } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, expect, test } from 'vitest';
import { areaOf } from '../engine/case-files.ts';
import { httpSend } from '../engine/exchange.ts';
import { loadSuite } from '../engine/load.ts';
import { foldOver, isOverCase } from '../engine/over.ts';
import type { Result } from '../engine/result.ts';
import { runCases } from '../engine/run-cases.ts';
import { openSession } from '../engine/session.ts';
import { manifestOf, openTarget } from '../hosts/open-target.ts';
import { handlers } from '../mocks/handlers.ts';
import { createMock } from '../mocks/mock.ts';
import { about, packageRoot } from '../package.ts';
import { functionsAt, serveFunctions } from '../targets/functions.ts';

const endpoint = 'https://cognito-idp.us-east-1.amazonaws.com';
const functions = await serveFunctions();
const mock = createMock({ lambdaEndpoint: functions.url });
const server = setupServer(
  ...handlers(mock, { url: endpoint, onUnsupported: () => {} }),
  http.all(new RegExp(`^${functions.url}/`), () => passthrough()),
);
server.listen({ onUnhandledRequest: 'error' });
afterAll(async () => {
  server.close();
  await functions.close();
});

/** Two other targets pass every case on the mock: what MSW could change is the wire, and some of all the others. */
const suite = loadSuite(packageRoot, about);
const cases = suite.cases.filter(
  (one, index) => isOverCase(one) || ['wire', 'cors', 'triggers'].includes(areaOf(one)) || index % 5 === 0,
);

test('the mock passes cases where MSW intercepts the address of the service', async () => {
  const open = await openTarget(await manifestOf({ name: 'mock' }));
  const { send, close } = httpSend();
  const messages = async ({ UserPoolId, Username }: { UserPoolId: string; Username: string }) =>
    mock.messages
      .filter(({ userPoolId, username }) => userPoolId === UserPoolId && username === Username)
      .map((message) => ({ ...message }));
  const latestCode = async (owner: { UserPoolId: string; Username: string }) => (await messages(owner)).at(-1)?.code;
  const session = openSession(
    { ...open.target, endpoint, send, latestCode, messages, functions: functionsAt(functions.url) },
    suite,
  );
  const results: Result[] = [];
  await runCases(cases, session, { concurrency: 8, onResult: (result) => results.push(result) });
  close();
  results.push(...foldOver(cases.filter(isOverCase), results));
  expect(results.filter(({ verdict }) => verdict !== 'pass').map(({ id, reason }) => [id, reason])).toEqual([]);
  expect(results).toHaveLength(cases.length);
});
