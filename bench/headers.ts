import type { Exchange } from './list.ts';

/** Headers of all tools alike; nobody but the command signs, and what checks no signature takes any. */
export function headersOf({ operation, signed }: Exchange): Record<string, string> {
  return {
    'content-type': 'application/x-amz-json-1.1',
    'x-amz-target': `AWSCognitoIdentityProviderService.${operation}`,
    ...(signed && {
      'x-amz-date': '20261123T120000Z',
      authorization: `AWS4-HMAC-SHA256 Credential=AKIAIOSFODNN7EXAMPLE/20261123/us-east-1/cognito-idp/aws4_request, SignedHeaders=content-length;content-type;host;x-amz-date;x-amz-target, Signature=${'0'.repeat(64)}`,
    }),
  };
}
