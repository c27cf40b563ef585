import type { Mock } from './mock.ts';

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json };

/** Calls an operation of the mock as a signing client does; what it answers, an error too. */
export async function call(mock: Mock, operation: string, input: Json): Promise<Record<string, unknown>> {
  const headers = {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    authorization: 'AWS4-HMAC-SHA256',
  };
  const { body } = await mock.answer({ method: 'POST', path: '/', headers, body: JSON.stringify(input) });
  return JSON.parse(body) as Record<string, unknown>;
}
