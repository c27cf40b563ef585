import { setupServer } from 'msw/node';
import { afterAll, expect, test } from 'vitest';
import { httpSend } from './engine/exchange.ts';
import { loadSuite } from './engine/load.ts';
import { foldOver, isOverCase } from './engine/over.ts';
import type { Result } from './engine/result.ts';
import { runCases } from './engine/run-cases.ts';
import { openSession } from './engine/session.ts';
import { manifestOf, openTarget } from './hosts/open-target.ts';
import { handlers } from './mocks/handlers.ts';
import { createMock } from './mocks/mock.ts';
import { about, packageRoot } from './package.ts';

const endpoint = 'https://cognito-idp.us-east-1.amazonaws.com';
const mock = createMock();
const server = setupServer(...handlers(mock, endpoint));
server.listen({ onUnhandledRequest: 'error' });
afterAll(() => server.close());

test('the mock passes every case where MSW intercepts the address of the service', async () => {
  const open = await openTarget(await manifestOf({ name: 'mock' }));
  const { send, close } = httpSend();
  const latestCode = async (owner: { UserPoolId: string; Username: string }): Promise<string | undefined> =>
    mock.messages.findLast(({ userPoolId, username }) => userPoolId === owner.UserPoolId && username === owner.Username)
      ?.code;
  const suite = loadSuite(packageRoot, about);
  const session = openSession({ ...open.target, endpoint, send, latestCode }, suite);
  const results: Result[] = [];
  await runCases(suite.cases, session, { concurrency: 8, onResult: (result) => results.push(result) });
  close();
  results.push(...foldOver(suite.cases.filter(isOverCase), results));
  expect(results.filter(({ verdict }) => verdict !== 'pass').map(({ id, reason }) => [id, reason])).toEqual([]);
  expect(results).toHaveLength(suite.cases.length);
});
