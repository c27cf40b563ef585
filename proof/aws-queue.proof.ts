import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { packageRoot } from '../package.ts';
import { codeEvent, encrypted, lambda, makeKey, REGION, standIn } from '../targets/aws/account.test-data.ts';
import { openInbox } from '../targets/aws/codes.ts';

const account = await standIn(packageRoot);
const missing = typeof account === 'string' ? account : undefined;

test.skipIf(missing)(
  `two runs beside each other on one queue get each its own codes${missing ? ` (${missing})` : ''}`,
  async () => {
    if (typeof account === 'string') return;
    const KeyArn = await makeKey(account.endpoint);
    const sqs = new SQSClient({ region: REGION, useQueueUrlAsEndpoint: false });
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'codes' }));
    const sender = lambda('sender', { QUEUE_URL: QueueUrl });
    const pools = ['us-east-1_ONE', 'us-east-1_OTHER'];
    const inboxes = await Promise.all(
      pools.map((ours) => openInbox({ region: REGION, stack: { QueueUrl, KeyArn }, isOurs: (pool) => pool === ours })),
    );
    const names = Array.from({ length: 10 }, (_, index) => `user-${index}`);
    for (const name of names) {
      for (const pool of pools) await sender(codeEvent(pool, name, await encrypted(`${name} of ${pool}`, KeyArn)));
    }
    for (const [index, UserPoolId] of pools.entries()) {
      for (const Username of names) {
        const code = await inboxes[index]?.latestCode({ UserPoolId, Username }, { other: undefined });
        expect(code).toBe(`${Username} of ${UserPoolId}`);
      }
    }
    await Promise.all(inboxes.map(({ close }) => close()));
    sqs.destroy();
    await account.close();
  },
);
