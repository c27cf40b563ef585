import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { buildClient, CommitmentPolicy, KmsKeyringNode } from '@aws-crypto/client-node';
import { loadManifest } from '../manifest.ts';
import { whyMissing } from '../missing.test-data.ts';
import { startTarget } from '../start.ts';

export const REGION = 'us-east-1';

/** moto in the place of an account, or one line that says how to get it. All clients of this process go there. */
export async function standIn(packageRoot: URL): Promise<{ endpoint: string; close: () => Promise<void> } | string> {
  const moto = await loadManifest('moto', packageRoot);
  const missing = whyMissing(moto, packageRoot);
  if (missing !== undefined) return missing;
  const { endpoint, stop } = await startTarget(moto, { packageRoot });
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: moto.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: moto.credentials.secretAccessKey,
  });
  const close = async (): Promise<void> => {
    process.env = before;
    await stop();
  };
  return { endpoint, close };
}

export function template(): Promise<string> {
  return readFile(new URL('./template.yaml', import.meta.url), 'utf8');
}

export async function deploy(StackName: string, TemplateBody: string): Promise<void> {
  const client = new CloudFormationClient({});
  await client.send(new CreateStackCommand({ StackName, TemplateBody, Capabilities: ['CAPABILITY_IAM'] }));
  await waitUntilStackCreateComplete({ client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { StackName });
  client.destroy();
}

export async function remove(StackName: string): Promise<void> {
  const client = new CloudFormationClient({});
  await client.send(new DeleteStackCommand({ StackName }));
  await waitUntilStackDeleteComplete({ client, maxWaitTime: 20, minDelay: 1, maxDelay: 1 }, { StackName });
  client.destroy();
}

/** A function as Lambda loads it: with its environment, and anew. */
export function lambda(name: string, environment: Record<string, string> = {}): (event: object) => Promise<unknown> {
  Object.assign(process.env, environment);
  const require = createRequire(import.meta.url);
  const path = require.resolve(`./functions/${name}.cjs`);
  delete require.cache[path];
  return (require(path) as { handler: (event: object) => Promise<unknown> }).handler;
}

/** A key of the account. */
export async function makeKey(endpoint: string): Promise<string> {
  const headers = {
    authorization: `AWS4-HMAC-SHA256 Credential=a/20260101/${REGION}/kms/aws4_request, SignedHeaders=host, Signature=b`,
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': 'TrentService.CreateKey',
  };
  const made = await fetch(endpoint, { method: 'POST', headers, body: '{}' });
  return ((await made.json()) as { KeyMetadata: { Arn: string } }).KeyMetadata.Arn;
}

/** As Cognito encrypts, in the capture of an event that is public: with a signature, without key commitment. */
export async function encrypted(
  code: string,
  generatorKeyId: string,
  policy = CommitmentPolicy.FORBID_ENCRYPT_ALLOW_DECRYPT,
): Promise<string> {
  const encryptionContext = { 'userpool-id': `${REGION}_EXAMPLE` };
  const { result } = await buildClient(policy).encrypt(new KmsKeyringNode({ generatorKeyId }), code, {
    encryptionContext,
  });
  return result.toString('base64');
}

// The event as https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-lambda-custom-email-sender.html,
// .../user-pool-lambda-custom-sms-sender.html and their common parameters show it.
export function codeEvent(userPoolId: string, userName: string, code: string, medium = 'Email'): object {
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
