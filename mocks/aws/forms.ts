import { CognitoError } from '../errors.ts';
import type { MockRequest, MockResponse } from '../mock.ts';

/** What other services are asked for by AWS's query protocol, which sends forms. */
export function formOf({ method, path, headers, body }: MockRequest): URLSearchParams | undefined {
  const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded') ?? false;
  return method === 'POST' && path === '/' && isForm ? new URLSearchParams(body) : undefined;
}

/** `cloudformation:DescribeStacks` where nobody has deployed any. */
export function noStack(name: string): MockResponse {
  return xml(
    400,
    `<ErrorResponse xmlns="http://cloudformation.amazonaws.com/doc/2010-05-15/"><Error><Type>Sender</Type><Code>ValidationError</Code><Message>Stack with id ${escaped(name)} does not exist</Message></Error>${requestId()}</ErrorResponse>`,
  );
}

export function callerIdentity(account: string, arn: string): MockResponse {
  const result = `<Arn>${arn}</Arn><UserId>AIDAEXAMPLE</UserId><Account>${account}</Account>`;
  return xml(
    200,
    `<GetCallerIdentityResponse ${namespace}><GetCallerIdentityResult>${result}</GetCallerIdentityResult><ResponseMetadata>${requestId()}</ResponseMetadata></GetCallerIdentityResponse>`,
  );
}

/** STS has names of its own for what is wrong with a signature. */
export function refusedBySts(error: unknown): MockResponse {
  const { type, message } = error instanceof CognitoError ? error : new CognitoError('InternalFailure', String(error));
  const code = codes[type] ?? type;
  return xml(
    code === 'IncompleteSignature' ? 400 : 403,
    `<ErrorResponse ${namespace}><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error>${requestId()}</ErrorResponse>`,
  );
}

/** AWS's "Common errors" of the query protocol. */
const codes: Readonly<Record<string, string>> = {
  ExpiredTokenException: 'ExpiredToken',
  IncompleteSignatureException: 'IncompleteSignature',
  InvalidSignatureException: 'SignatureDoesNotMatch',
  MissingAuthenticationTokenException: 'MissingAuthenticationToken',
  UnrecognizedClientException: 'InvalidClientTokenId',
};

const namespace = 'xmlns="https://sts.amazonaws.com/doc/2011-06-15/"';
const requestId = () => `<RequestId>${crypto.randomUUID()}</RequestId>`;

const xml = (status: number, body: string): MockResponse => ({ status, headers: { 'content-type': 'text/xml' }, body });

const escaped = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
