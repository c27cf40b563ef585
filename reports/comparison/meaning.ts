import { errorOf, isJson, typeOf, type Response } from './outcome.ts';

/** What a page means that somebody on the way has put in the place of the answer. */
const PAGES: Readonly<Record<number, string>> = {
  301: 'the proxy redirects',
  302: 'the proxy redirects',
  307: 'the proxy redirects',
  308: 'the proxy redirects',
  401: 'the proxy asks for a password of its own',
  403: 'the proxy forbids the request',
  404: 'the proxy knows no such path, or asks the upstream for another one',
  405: 'the method is not allowed: the proxy refuses or rewrites it',
  408: 'the proxy waits too short for the request',
  413: 'the body size limit of the proxy',
  414: 'the limit of the proxy on the length of a URL',
  429: 'the rate limit of the proxy',
  431: 'the limit of the proxy on headers',
  494: 'the limit of the proxy on headers',
  501: 'the method is not implemented: the proxy refuses or rewrites it',
  502: 'the proxy gets no answer from the upstream: it cannot reach it, or the connection was lost',
  503: 'the proxy is overloaded, or limits the rate',
  504: 'the time-out of the proxy: it waits shorter than the upstream takes',
};

const PAGE = 'an error page of the proxy in the place of the answer';

/** What a refusal by the API means where the same request gets another answer without the proxy. */
const REFUSALS: Readonly<Record<string, string>> = {
  UnknownOperationException: 'the operation does not arrive: header x-amz-target is lost or renamed on the way',
  MissingAuthenticationTokenException: 'the signature does not arrive: header authorization is lost on the way',
  InvalidSignatureException: 'what was signed arrives otherwise: the path, header host or the body is rewritten',
  IncompleteSignatureException: 'the signature does not arrive whole: header authorization is rewritten on the way',
  SerializationException: 'the body of the request does not arrive as it was sent',
};

/** Why this answer came instead of the other, as far as the answer itself tells. */
export function meaningOf(came: Response, expected: Response): string | undefined {
  const error = errorOf(came);
  if (error !== undefined) {
    return error !== errorOf(expected) && Object.hasOwn(REFUSALS, error) ? REFUSALS[error] : undefined;
  }
  if (came.status !== expected.status && !isJson(came))
    return PAGES[came.status] ?? (came.status < 400 ? undefined : PAGE);
  return isPage(came, expected) ? `${PAGE} (it intercepts errors)` : undefined;
}

/** Something of another type that is no JSON. */
export function isPage(came: Response, expected: Response): boolean {
  return !isJson(came) && came.body !== '' && typeOf(came) !== typeOf(expected);
}
