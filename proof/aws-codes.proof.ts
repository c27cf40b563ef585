import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, expect, test } from 'vitest';
import { loadSuite } from '../engine/load.ts';
import type { Result } from '../engine/result.ts';
import { runCases } from '../engine/run-cases.ts';
import { closeSession, openSession } from '../engine/session.ts';
import type { Send } from '../engine/target.ts';
import { manifestOf, sendTo, targetOf } from '../hosts/open-target.ts';
import { createMock } from '../mocks/mock.ts';
import { about, packageRoot } from '../package.ts';
import { codeEvent, encrypted, lambda, makeKey, REGION, standIn } from '../targets/aws/account.test-data.ts';
import { openInbox } from '../targets/aws/codes.ts';
import { startTarget } from '../targets/start.ts';

/** Codes come this late at most; the run waits longer until nothing more can come. */
const LATE_MS = 700;
const QUIET_MS = 2500;

const suite = loadSuite(packageRoot, about);
const cases = suite.cases.filter(
  ({ given, steps }) => given?.triggers || /"\$code"|"messages":/.test(JSON.stringify(steps)),
);

const account = await standIn(packageRoot);
const missing = typeof account === 'string' ? account : undefined;
afterAll(async () => {
  if (typeof account !== 'string') await account.close();
});

test.skipIf(missing)(
  `cases that need codes, messages and events pass where these come late through the stack${missing ? ` (${missing})` : ''}`,
  async () => {
    if (typeof account === 'string') return;
    const sqs = new SQSClient({ region: REGION, useQueueUrlAsEndpoint: false });
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'codes' }));
    const KeyArn = await makeKey(account.endpoint);
    const sender = lambda('sender', { QUEUE_URL: QueueUrl });
    const functions = await serveLambda(lambda('custom-message', { QUEUE_URL: QueueUrl }));
    const mock = createMock({ lambdaEndpoint: functions.url });

    const sending: Promise<unknown>[] = [];
    const handOver = async (message: (typeof mock.messages)[number]): Promise<void> => {
      const { userPoolId, username, to, code, medium } = message;
      const event = codeEvent(userPoolId, username, await encrypted(code, KeyArn), medium === 'SMS' ? 'SMS' : 'Email');
      await sleep(Math.random() * LATE_MS);
      const userAttributes = { email: to, phone_number: to };
      const { request, ...rest } = event as { request: object };
      await sender({ ...rest, request: { ...request, userAttributes } });
    };
    let told = 0;
    const answer: typeof mock.answer = async (request) => {
      const response = await mock.answer(request);
      for (; told < mock.messages.length; told += 1) {
        const message = mock.messages[told];
        if (message) sending.push(handOver(message));
      }
      return response;
    };

    const manifest = await manifestOf({ name: 'mock' });
    const started = await startTarget(manifest, { packageRoot });
    const inbox = await openInbox({
      region: REGION,
      stack: { QueueUrl, KeyArn },
      isOurs: () => true,
      quietMs: QUIET_MS,
    });
    const send: Send = sendTo(answer);
    const target = { ...targetOf(manifest, started, send), ...inbox };
    const session = openSession(target, suite);
    const results: Result[] = [];
    await runCases(cases, session, { concurrency: 64, onResult: (result) => void results.push(result) });
    await closeSession(session);
    await Promise.all(sending);
    await inbox.close();
    await started.stop();
    functions.close();
    sqs.destroy();

    const others = results.filter(({ verdict }) => verdict !== 'pass');
    expect(results.length).toBe(cases.length);
    expect(
      others.filter(({ verdict }) => verdict !== 'skip').map(({ id, verdict, reason }) => [id, verdict, reason]),
    ).toEqual([]);
    expect([...new Set(others.map(({ cause }) => cause))]).toEqual([
      'triggers cannot behave as the case asks: the function of the stack only gives its event back',
    ]);
    expect(others.map(({ id }) => id).sort()).toEqual(
      cases
        .filter(({ given }) => given?.triggers && inbox.functions.cannot(given.triggers))
        .map(({ id }) => id)
        .sort(),
    );
  },
);

/** Lambda, as far as the mock invokes it. */
async function serveLambda(handler: (event: object) => Promise<unknown>): Promise<{ url: string; close: () => void }> {
  const server = createServer((request, response) => {
    void json(request)
      .then((event) => handler(event as object))
      .then((answered) => response.end(JSON.stringify(answered)));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
