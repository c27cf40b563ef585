import type { Fault } from '../fault.ts';
import type { MockResponse } from '../mock.ts';

/** How an answer is written. */
export const wire: Record<string, Fault> = {
  'no-request-id': withHeaders({ 'x-amzn-requestid': undefined }),
  'request-id-of-52-letters': withHeaders({ 'x-amzn-requestid': 'R'.repeat(52) }),
  'request-id-under-another-name': withHeaders(({ 'x-amzn-requestid': id }) => ({
    'x-amzn-requestid': undefined,
    'x-amz-request-id': id,
  })),
  'no-date': withHeaders({ date: undefined }),
  'date-as-in-iso': withHeaders(({ date = '' }) => ({ date: new Date(date).toISOString() })),
  'content-type-of-version-1.0': withHeaders({ 'content-type': 'application/x-amz-json-1.0' }),
  'content-type-with-charset': withHeaders({ 'content-type': 'application/x-amz-json-1.1; charset=utf-8' }),
  'refusals-as-plain-json': refusals((answer) => withHeader(answer, 'content-type', 'application/json')),
  'error-type-without-colon': refusals((answer, { __type }) => withHeader(answer, 'x-amzn-errortype', String(__type))),
  'no-error-type-in-a-header': refusals((answer) => withHeader(answer, 'x-amzn-errortype', undefined)),
  'no-text-in-a-header': refusals((answer) => withHeader(answer, 'x-amzn-errormessage', undefined)),
  'error-type-in-a-header-alone': refusals((answer, { __type: _, ...body }) => withBody(answer, body)),
  'error-type-with-its-namespace': refusals((answer, body) =>
    withBody(answer, { ...body, __type: `com.amazonaws.cognito.identity.idp.model#${body['__type']}` }),
  ),
  'refusals-without-text': refusals((answer, { __type }) => withBody(answer, { __type })),
  'a-full-stop-more-for-the-unauthorized': refusals((answer, { __type, message, ...body }) =>
    withBody(answer, { __type, ...body, message: __type === 'NotAuthorizedException' ? `${message}.` : message }),
  ),
  'refusals-answer-403': refusals((answer) => ({ ...answer, status: 403 })),
  'unauthorized-answers-401': refusals((answer, { __type }) => ({
    ...answer,
    status: __type === 'NotAuthorizedException' ? 401 : answer.status,
  })),
  'not-found-answers-404': refusals((answer, { __type }) => ({
    ...answer,
    status: String(__type).includes('NotFound') ? 404 : answer.status,
  })),
  'unknown-operation-is-a-page-of-html': refusals((answer, { __type }) =>
    __type === 'UnknownOperationException'
      ? { ...answer, status: 500, headers: { 'content-type': 'text/html' }, body: '<h1>Internal Server Error</h1>' }
      : answer,
  ),
  'unknown-operation-breaks-it': breaking('UnknownOperationException'),
  'unreadable-body-breaks-it': breaking('SerializationException'),
  'wrong-code-breaks-it': breaking('CodeMismatchException'),
  'unknown-operation-wants-a-signature': refusals((answer, { __type, ...body }) =>
    withBody(answer, {
      ...body,
      ...(__type === 'UnknownOperationException'
        ? { __type: 'MissingAuthenticationTokenException', message: 'Missing Authentication Token' }
        : { __type }),
    }),
  ),
  'unknown-operation-is-an-invalid-action': refusals((answer, { __type, ...body }) =>
    withBody(answer, { __type: __type === 'UnknownOperationException' ? 'InvalidAction' : __type, ...body }),
  ),
  'unknown-operation-has-a-text': refusals((answer, { __type, ...body }) =>
    withBody(answer, {
      __type,
      ...(__type === 'UnknownOperationException' ? { message: 'The operation is unknown.' } : body),
    }),
  ),
  'unreadable-body-is-a-bare-500': refusals((answer, { __type }) =>
    __type === 'SerializationException' ? { ...withBody(answer, {}), status: 500 } : answer,
  ),
  'unreadable-body-is-an-invalid-parameter': refusals((answer, { __type, ...body }) =>
    withBody(answer, { __type: __type === 'SerializationException' ? 'InvalidParameterException' : __type, ...body }),
  ),
  'unreadable-body-in-small-letters': refusals((answer, { Message, ...body }) =>
    withBody(answer, { ...body, ...(Message !== undefined && { message: Message }) }),
  ),
  'malformed-json-has-a-text': refusals((answer, body) =>
    withBody(
      answer,
      body['__type'] === 'SerializationException' ? { Message: 'Unexpected end of JSON input', ...body } : body,
    ),
  ),
  'nothing-to-say-is-null': {
    answer: (answer) => (answer.body === '{}' ? { ...answer, body: 'null' } : answer),
  },
  'no-name-of-who-may-read': withHeaders({ 'access-control-allow-origin': undefined }),
  'origin-is-echoed': {
    answer: (answer, { headers: { origin } }) =>
      answer.headers['access-control-allow-origin']
        ? withHeader(answer, 'access-control-allow-origin', origin)
        : answer,
  },
  'refusals-are-not-for-pages': refusals((answer) => withHeader(answer, 'access-control-allow-origin', undefined)),
  'pages-may-send-credentials': toPages({ 'access-control-allow-credentials': 'true' }),
  'nothing-is-exposed-to-pages': toPages({ 'access-control-expose-headers': undefined }),
  'calls-answer-like-preflights': {
    answer: (answer, { method, headers: { origin } }) =>
      method === 'POST' && origin !== undefined ? withHeader(answer, 'access-control-max-age', '172800') : answer,
  },
  'headers-for-pages-without-origin': {
    answer: (answer, { method }) =>
      method === 'POST' ? withHeader(answer, 'access-control-allow-origin', '*') : answer,
  },
  'preflight-answers-204': preflights((answer) => ({ ...answer, status: 204 })),
  'preflight-answers-404': preflights((answer) => ({ ...answer, status: 404 })),
  'preflight-allows-content-type-alone': preflights((answer) =>
    withHeader(answer, 'access-control-allow-headers', 'content-type'),
  ),
  'preflight-allows-every-header-by-a-star': preflights((answer) =>
    withHeader(answer, 'access-control-allow-headers', '*'),
  ),
  'preflight-allows-all-methods': preflights((answer) =>
    withHeader(answer, 'access-control-allow-methods', 'GET, PUT, POST, DELETE'),
  ),
  'preflight-for-a-day': preflights((answer) => withHeader(answer, 'access-control-max-age', '86400')),
  'preflight-allows-credentials': preflights((answer) =>
    withHeader(answer, 'access-control-allow-credentials', 'true'),
  ),
};

type Headers = Record<string, string | undefined>;

/** Headers that every answer has otherwise; undefined takes one away. */
function withHeaders(change: Headers | ((headers: Headers) => Headers)): Fault {
  return {
    answer: (answer) =>
      Object.entries(typeof change === 'function' ? change(answer.headers) : change).reduce(
        (changed, [name, value]) => withHeader(changed, name, value),
        answer,
      ),
  };
}

function withHeader(answer: MockResponse, name: string, value: string | undefined): MockResponse {
  const { [name]: _, ...headers } = answer.headers;
  return { ...answer, headers: value === undefined ? headers : { ...headers, [name]: value } };
}

const withBody = (answer: MockResponse, body: object): MockResponse => ({ ...answer, body: JSON.stringify(body) });

/** A fault in refusals, with what their body says. */
function refusals(change: (answer: MockResponse, body: Record<string, unknown>) => MockResponse): Fault {
  return {
    answer: (answer) => {
      if (answer.headers['x-amzn-errortype'] === undefined) return answer;
      return change(answer, JSON.parse(answer.body) as Record<string, unknown>);
    },
  };
}

/** What is refused so is a fault of the server. */
function breaking(type: string): Fault {
  return refusals((answer, { __type }) =>
    __type === type
      ? { ...withBody(answer, { __type: 'InternalErrorException', message: 'undefined' }), status: 500 }
      : answer,
  );
}

function toPages(headers: Headers): Fault {
  const { answer: change = (answer) => answer } = withHeaders(headers);
  return { answer: (answer, request) => (request.headers['origin'] === undefined ? answer : change(answer, request)) };
}

function preflights(change: (answer: MockResponse) => MockResponse): Fault {
  return { answer: (answer, { method }) => (method === 'OPTIONS' ? change(answer) : answer) };
}
