import { buildClient, CommitmentPolicy, KmsKeyringNode } from '@aws-crypto/client-node';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { lambda, REGION, standIn } from './account.test-data.ts';
import { openInbox, type Inbox, type InboxOptions } from './codes.ts';

const account = await standIn();
const missing = typeof account === 'string' ? account : undefined;
const why = missing ? ` (${missing})` : '';
const tried = test.skipIf(missing);

const sqs = new SQSClient({ region: REGION, useQueueUrlAsEndpoint: false });
const stack = { QueueUrl: '', KeyArn: '' };
let sender: (event: object) => Promise<unknown>;
let customMessage: (event: object) => Promise<unknown>;
beforeAll(async () => {
  if (typeof account === 'string') return;
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/${REGION}/kms/aws4_request, SignedHeaders=host, Signature=b`,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'TrentService.CreateKey',
  };
  const made = await fetch(account.endpoint, { method: 'POST', headers, body: '{}' });
  const { KeyMetadata } = (await made.json()) as { KeyMetadata: { Arn: string } };
  stack.KeyArn = KeyMetadata.Arn;
  sender = lambda('sender');
  customMessage = lambda('custom-message');
});
afterAll(async () => {
  if (typeof account !== 'string') await account.close();
});

const OURS = 'us-east-1_EXAMPLE';
const owner = (Username: string): { UserPoolId: string; Username: string } => ({ UserPoolId: OURS, Username });

type Options = Partial<Omit<InboxOptions, 'stack'>> & { stack?: Partial<InboxOptions['stack']> };

let queues = 0;

/** On a queue of its own: a reader that was closed may still be served for a while. */
async function inbox({ stack: other, ...options }: Options = {}): Promise<Inbox> {
  const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `codes-${queues++}` }));
  stack.QueueUrl = process.env['QUEUE_URL'] = QueueUrl;
  const isOurs = (pool: string): boolean => pool === OURS;
  const opened = await openInbox({ region: REGION, stack: { ...stack, ...other }, isOurs, quietMs: 700, ...options });
  onTestFinished(opened.close);
  return opened;
}

/** As Cognito encrypts, in the capture of an event that is public: with a signature, without key commitment. */
async function encrypted(code: string, keyArn = stack.KeyArn, policy = CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT) {
  const { encrypt } = buildClient(policy);
  const { result } = await encrypt(new KmsKeyringNode({ generatorKeyId: keyArn }), code, {
    encryptionContext: { 'userpool-id': OURS },
  });
  return result.toString('base64');
}

// The event as https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-email-sender.html,
// .../user-pool-lambda-custom-sms-sender.html and their common parameters show it.
function codeEvent(userName: string, code: string, { medium = 'Email', userPoolId = OURS } = {}): object {
  return {
    version: '1',
    triggerSource: `Custom${medium}Sender_UpdateUserAttribute`,
    region: REGION,
    userPoolId,
    userName,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: 'apps client id' },
    request: {
      type: `custom${medium}SenderRequestV1`,
      code,
      clientMetadata: null,
      userAttributes: { email: `${userName}@example.com`, phone_number: '+15555550100' },
    },
  };
}

tried(`a code is waited for, decrypted and taken from the queue${why}`, async () => {
  const { latestCode } = await inbox();
  expect(await latestCode(owner('ann'))).toBe(undefined);

  const first = latestCode(owner('ann'), { other: undefined });
  await sleep(200);
  await sender(codeEvent('ann', await encrypted('111111')));
  expect(await first).toBe('111111');
  expect(await latestCode(owner('ann'))).toBe('111111');

  const second = latestCode(owner('ann'), { other: '111111' });
  await sender(
    codeEvent('ann', await encrypted('222222', stack.KeyArn, CommitmentPolicy.REQUIRE_ENCRYPT_ALLOW_DECRYPT)),
  );
  expect(await second).toBe('222222');
});

tried(`all cases share one reader, and each gets its own code${why}`, async () => {
  const { latestCode } = await inbox();
  const names = Array.from({ length: 12 }, (_, index) => `user-${index}`);
  const codes = names.map((name) => latestCode(owner(name), { other: undefined }));
  const sent = names.map(async (name, index) => sender(codeEvent(name, await encrypted(String(100_000 + index)))));
  await Promise.all(sent.reverse());
  expect(await Promise.all(codes)).toEqual(names.map((_, index) => String(100_000 + index)));
});

tried(`a code that never comes is told with what came instead${why}`, async () => {
  const { latestCode } = await inbox({ withinMs: 1500 });
  const waited = latestCode(owner('ann'), { other: undefined });
  const told = expect(waited).rejects.toThrow(
    `no code for ann of ${OURS} came within 1.5 s on the queue ${stack.QueueUrl}; ` +
      `instead came CustomSMSSender_UpdateUserAttribute for bob of ${OURS}, 1 for pools of others`,
  );
  await sender(codeEvent('bob', 'his', { medium: 'SMS' }));
  await sender(codeEvent('ann', 'theirs', { userPoolId: 'us-east-1_OTHER' }));
  await told;
  await expect(latestCode(owner('eve'), { other: undefined })).rejects.toThrow(/; instead came 1 for pools of others$/);
});

tried(`two runs side by side leave each other what is theirs${why}`, async () => {
  const { latestCode } = await inbox();
  const isOurs = (pool: string): boolean => pool === 'us-east-1_THEIRS';
  const theirs = await openInbox({ region: REGION, stack: { ...stack }, isOurs });
  onTestFinished(theirs.close);
  const names = ['ann', 'bob', 'eve'];
  for (const name of names) {
    await sender(codeEvent(name, await encrypted(`${name} of ours`)));
    await sender(codeEvent(name, await encrypted(`${name} of theirs`), { userPoolId: 'us-east-1_THEIRS' }));
  }
  for (const name of names) {
    expect(await latestCode(owner(name), { other: undefined })).toBe(`${name} of ours`);
    const their = { UserPoolId: 'us-east-1_THEIRS', Username: name };
    expect(await theirs.latestCode(their, { other: undefined })).toBe(`${name} of theirs`);
  }
});

tried(`messages are told by their address and medium, once each${why}`, async () => {
  const { messages } = await inbox();
  expect(await messages(owner('sue'))).toEqual([]);
  await sender(codeEvent('sue', 'a'));
  await sender(codeEvent('sue', 'b', { medium: 'SMS' }));
  expect(await messages(owner('sue'))).toEqual([
    { to: 'sue@example.com', medium: 'EMAIL' },
    { to: '+15555550100', medium: 'SMS' },
  ]);
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
  expect(await functions.events(owner('kim'))).toEqual([event]);
  expect(await latestCode(owner('kim'))).toBe(undefined);
});

tried(`only functions that give their event back can be had${why}`, async () => {
  const { functions } = await inbox();
  expect(functions.cannot({ CustomMessage: { answers: {} } })).toBe(undefined);
  for (const behaviour of [{ answers: { emailMessage: '' } }, { throws: 'no' }, { returns: null }, { refused: 'x' }]) {
    expect(functions.cannot({ CustomMessage: behaviour })).toBe('the function of the stack only gives its event back');
  }
});

tried(`a queue or a key that cannot be used is named${why}`, async () => {
  const gone = `${new URL(process.env['AWS_ENDPOINT_URL'] ?? '').href}123456789012/gone`;
  const { latestCode } = await inbox({ stack: { QueueUrl: gone } });
  await expect(latestCode(owner('ann'), { other: undefined })).rejects.toThrow(
    new RegExp(`^the queue ${gone} cannot be read: QueueDoesNotExist: `),
  );
  const { latestCode: undecided } = await inbox({ stack: { KeyArn: stack.KeyArn.replace(/.{4}$/, '0000') } });
  await sender(codeEvent('zoe', await encrypted('777777')));
  await expect(undecided(owner('zoe'), { other: undefined })).rejects.toThrow(
    /^a code cannot be decrypted with arn:aws:kms:\S+0000 \(kms:Decrypt\): /,
  );
});
