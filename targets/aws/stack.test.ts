import { ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, expect, test } from 'vitest';
import { deploy, REGION, remove, standIn, template } from './account.test-data.ts';
import { readStack } from './stack.ts';

const account = await standIn(new URL('../../', import.meta.url));
const missing = typeof account === 'string' ? account : undefined;
const why = missing ? ` (${missing})` : '';
const tried = test.skipIf(missing);
afterAll(async () => {
  if (typeof account !== 'string') await account.close();
});

tried(`the template is deployed, read and deleted again${why}`, async () => {
  expect(await readStack(REGION)).toBe(undefined);
  await deploy('cognito-conformance', await template());
  const own = (service: string, rest: string): RegExp =>
    new RegExp(`^arn:aws:${service}:${REGION}:123456789012:${rest}$`);
  expect(await readStack(REGION)).toEqual({
    KeyArn: expect.stringMatching(own('kms', 'key/[0-9a-f-]{36}')),
    QueueUrl: expect.stringMatching(/\/123456789012\/cognito-conformance-Queue-\w+$/),
    QueueArn: expect.stringMatching(own('sqs', 'cognito-conformance-Queue-\\w+')),
    SenderFunctionArn: expect.stringMatching(own('lambda', 'function:cognito-conformance-Sender-\\w+')),
    PreTokenFunctionArn: expect.stringMatching(own('lambda', 'function:cognito-conformance-PreToken-\\w+')),
    CustomMessageFunctionArn: expect.stringMatching(own('lambda', 'function:cognito-conformance-CustomMessage-\\w+')),
    SmsRoleArn: expect.stringMatching(/^arn:aws:iam::123456789012:role\/cognito-conformance-SmsRole-\w+$/),
    SmsExternalId: 'cognito-conformance',
  });
  await remove('cognito-conformance');
  expect(await readStack(REGION)).toBe(undefined);
  const { QueueUrls = [] } = await new SQSClient({}).send(new ListQueuesCommand({}));
  expect(QueueUrls).toEqual([]);
});

tried(`a stack that lacks an output is refused, with what it has${why}`, async () => {
  await deploy(
    'old',
    'Resources: {Queue: {Type: AWS::SQS::Queue}}\nOutputs: {KeyArn: {Value: a}, QueueUrl: {Value: b}}',
  );
  await deploy('bare', 'Resources: {Queue: {Type: AWS::SQS::Queue}}');
  await expect(readStack(REGION, 'old')).rejects.toThrow(
    /^target aws: the stack old in us-east-1 has no output QueueArn, only KeyArn, QueueUrl: deploy targets\/aws\/template.yaml again$/,
  );
  await expect(readStack(REGION, 'bare')).rejects.toThrow(/has no output KeyArn, only none: deploy/);
});

tried(`a stack that cannot be read is told with the permission that reads it${why}`, async () => {
  const endpoint = process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'];
  process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'] = 'http://127.0.0.1:1';
  await expect(readStack(REGION)).rejects.toThrow(
    /^target aws: the stack cognito-conformance in us-east-1 cannot be read \(cloudformation:DescribeStacks\): \w*Error: .*ECONNREFUSED.*$/,
  );
  if (endpoint === undefined) delete process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'];
  else process.env['AWS_ENDPOINT_URL_CLOUDFORMATION'] = endpoint;
});
