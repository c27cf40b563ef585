/** Names that the Fetch standard keeps to the browser. */
const HEADERS =
  /^(accept-charset|accept-encoding|access-control-request-.*|connection|content-length|cookie2?|date|dnt|expect|host|keep-alive|origin|referer|set-cookie|te|trailer|transfer-encoding|upgrade|via|proxy-.*|sec-.*)$/i;

const METHODS = /^(connect|trace|track)$/i;

/** Why the Fetch standard does not let a page send this, in words that cases share. */
export function forbidden(
  method: string,
  headers: Readonly<Record<string, string>>,
  body?: string,
): string | undefined {
  const header = Object.keys(headers).find((name) => HEADERS.test(name));
  if (header !== undefined) return `it sets the header ${header.toLowerCase()} itself`;
  if (METHODS.test(method)) return `a page may not use the method ${method}`;
  if (/^(get|head)$/i.test(method) && body !== undefined) return `it sends no body with ${method}`;
  return undefined;
}

/** Why a page can say nothing of these headers of an answer: they are the browser's alone, whatever is exposed. */
export function hidden(headers: object): string | undefined {
  const header = Object.keys(headers).find((name) => /^(access-control-.*|set-cookie2?)$/i.test(name));
  return header === undefined ? undefined : `no page is shown the header ${header.toLowerCase()}`;
}
