import { CognitoError, SerializationError } from './errors.ts';
import type { MockRequest, MockResponse } from './mock.ts';

export const contentType = 'application/x-amz-json-1.1';

const service = 'AWSCognitoIdentityProviderService.';

/** What a request asks for, whether there is such an operation or not. */
export function calledOperation({ headers }: MockRequest): string | undefined {
  const target = headers['x-amz-target'] ?? '';
  return target.startsWith(service) ? target.slice(service.length) : undefined;
}

export const answered = (body: unknown): MockResponse => json(200, body);

export const json = (status: number, body: unknown, headers: Record<string, string> = {}): MockResponse => ({
  status,
  headers: { 'content-type': contentType, ...headers },
  body: JSON.stringify(body),
});

export const nothingHere: MockResponse = {
  status: 404,
  headers: { 'content-type': 'application/xml' },
  body: '<UnknownOperationException/>',
};

/** Service faults answer 400 whatever the service model says; only what the mock did not foresee is a 500. */
export function refused(error: unknown): MockResponse {
  if (error instanceof SerializationError) return refusal(400, 'SerializationException', 'Message', error.message);
  if (error instanceof CognitoError) return refusal(400, error.type, 'message', error.message);
  return refusal(500, 'InternalErrorException', 'message', String(error));
}

function refusal(status: number, type: string, member: string, message: string): MockResponse {
  return json(
    status,
    { __type: type, ...(message && { [member]: message }) },
    { 'x-amzn-errortype': `${type}:`, ...(message && { 'x-amzn-errormessage': headerText(message) }) },
  );
}

/** What a header can hold of a message. */
const headerText = (message: string) =>
  message
    .slice(0, 1024)
    .replace(/\s+/g, ' ')
    .replace(/[^ -~]/g, '?')
    .trim();

/** The headers that every answer has, and those that a page on another origin gets. */
export function finished(request: MockRequest, response: MockResponse, now: number): MockResponse {
  return {
    ...response,
    headers: {
      ...response.headers,
      'x-amzn-requestid': crypto.randomUUID(),
      date: new Date(now).toUTCString(),
      'content-length': String(new TextEncoder().encode(response.body).length),
      ...(request.headers['origin'] !== undefined && {
        'access-control-allow-origin': '*',
        'access-control-expose-headers': 'x-amzn-RequestId,x-amzn-ErrorType,x-amzn-ErrorMessage,Date',
      }),
    },
  };
}

/** Allows whatever the browser asks for. */
export function preflight({ headers }: MockRequest): MockResponse {
  const asked = {
    'access-control-allow-headers': headers['access-control-request-headers'],
    'access-control-allow-methods': headers['access-control-request-method'],
    'access-control-max-age': headers['origin'] && '172800',
  };
  const given = Object.entries(asked).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { status: 200, headers: Object.fromEntries(given), body: '' };
}
