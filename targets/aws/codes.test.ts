import { CommitmentPolicy } from '@aws-crypto/client-node';
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { codeEvent, encrypted, lambda, makeKey, REGION, standIn } from './account.test-data.ts';
import { openInbox, type Inbox, type InboxOptions } from './codes.ts';

const account = await standIn(new URL('../../', import.meta.url));
const missing = typeof account === 'string' ? account : undefined;
const why = missing ? ` (${missing})` : '';
const tried = test.skipIf(missing);

const OURS = 'us-east-1_EXAMPLE';
const THEIRS = 'us-east-1_OTHER';
const none = { other: undefined };
const sqs = new SQSClient({ region: REGION, useQueueUrlAsEndpoint: false });
const stack = { QueueUrl: '', KeyArn: '' };
let sender: (event: object) => Promise<unknown>;
let customMessage: (event: object) => Promise<unknown>;
beforeAll(async () => {
  if (typeof account === 'string') return;
  stack.KeyArn = await makeKey(account.endpoint);
  sender = lambda('sender');
  customMessage = lambda('custom-message');
});
afterAll(async () => {
  sqs.destroy();
  if (typeof account !== 'string') await account.close();
});

function owner(Username: string): { UserPoolId: string; Username: string } {
  return { UserPoolId: OURS, Username };
}

let queues = 0;

/** On a queue of its own: a reader that was closed may still be served for a while. */
async function inbox(options: Partial<InboxOptions> = {}): Promise<Inbox> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `codes-${queues++}` }));
  stack.QueueUrl = process.env['QUEUE_URL'] = QueueUrl;
  const isOurs = (pool: string): boolean => pool === OURS;
  const opened = await openInbox({ region: REGION, stack: { ...stack }, isOurs, quietMs: 300, ...options });
  onTestFinished(opened.close);
  return opened;
}

tried(`a code is waited for, decrypted and taken from the queue${why}`, async () => {
  const { latestCode } = await inbox();
  expect(await latestCode(owner('ann'))).toBe(undefined);

  const first = latestCode(owner('ann'), none);
  await sleep(200);
  await sender(codeEvent(OURS, 'ann', await encrypted('111111', stack.KeyArn)));
  expect(await first).toBe('111111');
  expect(await latestCode(owner('ann'))).toBe('111111');

  const second = latestCode(owner('ann'), { other: '111111' });
  const committed = await encrypted('222222', stack.KeyArn, CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT);
  await sender(codeEvent(OURS, 'ann', committed));
  expect(await second).toBe('222222');

  const names = ['ApproximateNumberOfMessages', 'ApproximateNumberOfMessagesNotVisible'] as const;
  const count = new GetQueueAttributesCommand({ QueueUrl: stack.QueueUrl, AttributeNames: [...names] });
  await expect
    .poll(async () => (await sqs.send(count)).Attributes, { timeout: 20_000 })
    .toEqual({ ApproximateNumberOfMessages: '0', ApproximateNumberOfMessagesNotVisible: '0' });
});

tried(`all cases share one reader, and each gets its own code${why}`, async () => {
  const { latestCode } = await inbox();
  const users = Array.from({ length: 12 }, (_, index) => ({ name: `user-${index}`, code: String(100_000 + index) }));
  const codes = users.map(({ name }) => latestCode(owner(name), none));
  const sent = users.map(async ({ name, code }) => sender(codeEvent(OURS, name, await encrypted(code, stack.KeyArn))));
  await Promise.all(sent.reverse());
  expect(await Promise.all(codes)).toEqual(users.map(({ code }) => code));
});

tried(`a code that never comes is told with what came instead${why}`, async () => {
  const { latestCode } = await inbox({ withinMs: 2000 });
  const told = expect(latestCode(owner('ann'), none)).rejects.toThrow(
    `no code for ann of ${OURS} came within 2 s on the queue ${stack.QueueUrl}; ` +
      `instead came CustomSMSSender_UpdateUserAttribute for bob of ${OURS}, 1 for pools of others`,
  );
  await sender(codeEvent(OURS, 'bob', 'his', 'SMS'));
  await sender(codeEvent(THEIRS, 'ann', 'theirs'));
  await told;
});

tried(`messages are told by their address and medium, once each${why}`, async () => {
  const { messages } = await inbox();
  expect(await messages(owner('sue'))).toEqual([]);
  await sender(codeEvent(OURS, 'sue', 'a'));
  await sender(codeEvent(OURS, 'sue', 'b', 'SMS'));
  await expect
    .poll(() => messages(owner('sue')), { timeout: 20_000 })
    .toEqual([
      { to: 'sue@example.com', medium: 'EMAIL' },
      { to: '+15555550100', medium: 'SMS' },
    ]);
});

tried(`who waits for what does not come waits for a reader that has more to read${why}`, async () => {
  const { messages } = await inbox({ quietMs: 10 });
  const before = Array.from({ length: 60 }, (_, index) => sender(codeEvent(OURS, `user-${index}`, 'a')));
  await Promise.all(before);
  await sender(codeEvent(OURS, 'last', 'b'));
  expect(await messages(owner('last'))).toEqual([{ to: 'last@example.com', medium: 'EMAIL' }]);
});

tried(`nobody waits for a queue that is closed${why}`, async () => {
  const { messages, close } = await inbox({ quietMs: 100 });
  const waited = messages(owner('late'));
  await close();
  expect(await waited).toEqual([]);
});

// The event as https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-message.html shows it.
tried(`the custom message function gives its event back, which is read as it was${why}`, async () => {
  const event = {
    version: 1,
    triggerSource: 'CustomMessage_VerifyUserAttribute',
    region: REGION,
    userPoolId: OURS,
    userName: 'kim',
    callerContext: { awsSdk: 'aws-sdk-unknown-unknown', clientId: 'apps client id' },
    request: { userAttributes: { phone_number_verified: false, email_verified: true }, codeParameter: '####' },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  };
  const { functions, latestCode } = await inbox();
  expect(await customMessage(event)).toEqual(event);
  await expect.poll(() => functions.events(owner('kim')), { timeout: 20_000 }).toEqual([event]);
  expect(await latestCode(owner('kim'))).toBe(undefined);
});

tried(`only functions that give their event back can be had${why}`, async () => {
  const { functions } = await inbox();
  expect(functions.cannot({ CustomMessage: { answers: {} } })).toBe(undefined);
  for (const behaviour of [{ answers: { emailMessage: '' } }, { throws: 'no' }, { returns: null }, { refused: 'x' }]) {
    expect(functions.cannot({ CustomMessage: behaviour })).toBe('the function of the stack only gives its event back');
  }
});

tried(`a queue that cannot be read is named${why}`, async () => {
  const QueueUrl = `${typeof account === 'string' ? '' : account.endpoint}/123456789012/gone`;
  const { latestCode } = await inbox({ stack: { ...stack, QueueUrl } });
  await expect(latestCode(owner('ann'), none)).rejects.toThrow(
    new RegExp(`^the queue ${QueueUrl} cannot be read \\(sqs:ReceiveMessage\\): QueueDoesNotExist: `),
  );
});

tried(`a code under a key that may not be used is told with the key${why}`, async () => {
  const { KeyArn } = stack;
  stack.KeyArn = KeyArn.replace(/.{4}$/, '0000');
  const { latestCode } = await inbox();
  stack.KeyArn = KeyArn;
  await sender(codeEvent(OURS, 'zoe', await encrypted('777777', KeyArn)));
  await expect(latestCode(owner('zoe'), none)).rejects.toThrow(
    /^a code cannot be decrypted with arn:aws:kms:\S+0000 \(kms:Decrypt\): /,
  );
});
