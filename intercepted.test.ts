import { setupServer } from 'msw/node';
import { afterAll, expect, test } from 'vitest';
import { httpSend } from './engine/exchange.ts';
import { loadSuite } from './engine/load.ts';
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
  const sentTo = (owner: { UserPoolId: string; Username: string }) =>
    mock.messages.filter(({ userPoolId, username }) => userPoolId === owner.UserPoolId && username === owner.Username);
  const latestCode = async (owner: Parameters<typeof sentTo>[0]) => sentTo(owner).at(-1)?.code;
  const messages = async (owner: Parameters<typeof sentTo>[0]) =>
    sentTo(owner).map(({ to, medium }) => ({ to, medium }));
  const suite = loadSuite(packageRoot, about);
  const session = openSession({ ...open.target, endpoint, send, latestCode, messages }, suite);
  const results: Result[] = [];
  await runCases(suite.cases, session, { concurrency: 8, onResult: (result) => results.push(result) });
  close();
  expect(results.filter(({ verdict }) => verdict !== 'pass').map(({ id, reason }) => [id, reason])).toEqual([]);
  expect(results).toHaveLength(suite.cases.length);
});
