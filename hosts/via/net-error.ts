import { NoAnswer } from '../../engine/exchange.ts';

/** What Chromium says where no whole answer came, as the wire tells it. `began` where headers of one came. */
export function noAnswerOf(said: string, began: boolean): NoAnswer {
  const error = said.replace(/^net::/, '');
  const isClosed = /^ERR_(EMPTY_RESPONSE|CONNECTION_(RESET|CLOSED|ABORTED))$/.test(error);
  if (isClosed && !began) return new NoAnswer('closed', 'the connection was closed before an answer came');
  if (isClosed || /^ERR_(CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED_ENCODING)$/.test(error)) {
    return new NoAnswer('incomplete', 'the answer broke off half-way');
  }
  if (/^ERR_(INVALID_|RESPONSE_HEADERS_|CONTENT_DECODING_)/.test(error)) {
    return new NoAnswer('malformed', `the browser cannot read the answer (${error})`);
  }
  return new NoAnswer('unreachable', `the browser reaches nothing (${error})`);
}
