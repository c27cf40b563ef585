import { CognitoIdentityProviderClient } from '@aws-sdk/client-cognito-identity-provider';
import { afterAll } from 'vitest';
import { serveAsAws, type StandInOptions } from './stand-in.ts';

export const credentials = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };

const ends: (() => unknown)[] = [];
afterAll(() => Promise.all(ends.splice(0).map((end) => end())));

/** A stand-in on a port, with a client of AWS's SDK before it that tries everything once. */
export async function standIn(options: Partial<StandInOptions> = {}) {
  const served = await serveAsAws({ credentials, ...options });
  ends.push(served.close);
  return { ...served, client: clientOf(served.url) };
}

export function clientOf(endpoint: string, { region = 'us-east-1', ...given }: Given = {}) {
  const client = new CognitoIdentityProviderClient({
    region,
    endpoint,
    maxAttempts: 1,
    credentials: { ...credentials, ...given },
  });
  ends.push(() => client.destroy());
  return client;
}

interface Given {
  region?: string;
  accessKeyId?: string;
  secretAccessKey?: string;
  sessionToken?: string;
}

/** The class and the text of an error that the SDK throws. */
export async function refusal(sent: Promise<unknown>): Promise<[name: string, message: string, status: number]> {
  return sent.then(
    () => {
      throw new Error('it was answered');
    },
    ({ name, message, $metadata }: Error & { $metadata: { httpStatusCode: number } }) => [
      name,
      message,
      $metadata.httpStatusCode,
    ],
  );
}
