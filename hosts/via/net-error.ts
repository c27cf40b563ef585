import { NoAnswer } from '../../engine/exchange.ts';

/** What Chromium says where no whole answer came, as the wire tells it. */
export function noAnswerOf(said: string): NoAnswer {
  const error = said.replace(/^net::/, '');
  if (/^ERR_(EMPTY_RESPONSE|CONNECTION_(RESET|CLOSED|ABORTED))$/.test(error)) {
    return new NoAnswer('closed', 'the connection was closed before an answer came');
  }
  if (/^ERR_(CONTENT_LENGTH_MISMATCH|INCOMPLETE_CHUNKED_ENCODING)$/.test(error)) {
    return new NoAnswer('incomplete', 'the answer broke off half-way');
  }
  if (/^ERR_(INVALID_|RESPONSE_HEADERS_|CONTENT_DECODING_)/.test(error)) {
    return new NoAnswer('malformed', `the browser cannot read the answer (${error})`);
  }
  return new NoAnswer('unreachable', `the browser reaches nothing (${error})`);
}
