import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import {
  CloudFormationClient,
  CreateStackCommand,
  DeleteStackCommand,
  waitUntilStackCreateComplete,
  waitUntilStackDeleteComplete,
} from '@aws-sdk/client-cloudformation';
import { loadManifest } from '../manifest.ts';
import { whyMissing } from '../missing.test-data.ts';
import { startTarget } from '../start.ts';

const packageRoot = new URL('../../', import.meta.url);

export const REGION = 'us-east-1';

/** moto in the place of an account, or one line that says how to get it. All clients of this process go there. */
export async function standIn(): Promise<{ endpoint: string; close: () => Promise<void> } | string> {
  const moto = await loadManifest('moto', packageRoot);
  const missing = whyMissing(moto, packageRoot);
  if (missing !== undefined) return missing;
  const { endpoint, stop } = await startTarget(moto, { packageRoot });
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_REGION: REGION,
    AWS_ACCESS_KEY_ID: moto.credentials.accessKeyId,
    AWS_SECRET_ACCESS_KEY: moto.credentials.secretAccessKey,
  });
  return { endpoint, close: stop };
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
