import { brotliCompressSync, constants, deflateSync, gzipSync } from 'node:zlib';
import type { Reply, Variation, Variations } from './variation.ts';
import { chunked, cut, head, whole } from './write.ts';

/** The first bytes of what comes before an answer. */
const interim = (line: string, ...headers: string[]): Buffer =>
  Buffer.from(`HTTP/1.1 ${line}\r\n${headers.map((header) => `${header}\r\n`).join('')}\r\n`);

/** A content coding that the request accepts. */
const coded = (coding: string, encode: (body: Buffer) => Buffer): Pick<Variation, 'reply'> => ({
  reply: (reply, { headers }) =>
    headers['accept-encoding']?.split(/, */).includes(coding)
      ? { ...reply, headers: [...reply.headers, ['content-encoding', coding]], body: encode(reply.body) }
      : reply,
});

const untilClosed = (version: Reply['version']): Pick<Variation, 'write'> => ({
  write: (reply) => [Buffer.concat([head({ ...reply, version }, ['connection', 'close']), reply.body])],
});

/** Where an answer begins, where it ends, and how it is packed. */
export const framing: Variations = {
  'chunks-of-one-byte': {
    about: 'Chunks may end anywhere, also inside a letter (RFC 9112, section 7.1).',
    write: (reply) => [chunked(reply, { sizes: [1] })],
    shows: ({ text }) => text.includes('\r\n\r\n1\r\n{\r\n1\r\n'),
  },
  'elaborate-chunks': {
    about:
      'A chunk may have extensions, its length capitals and leading zeros, and trailers may follow the last (RFC 9112, section 7.1).',
    write: (reply) => [
      chunked(reply, {
        sizes: [1, 13, 200],
        size: (bytes) => `${bytes === 0 ? '000' : `00${bytes.toString(16).toUpperCase()};part;of="a whole"`}`,
        trailers: [
          ['x-checksum', 'abc'],
          ['server-timing', 'total;dur=1'],
        ],
      }),
    ],
    shows: ({ text }) => text.includes(';part;of="a whole"\r\n') && text.includes('\r\n000\r\nx-checksum: '),
  },
  gzip: {
    about: 'A server may compress what the request accepts compressed (RFC 9110, section 8.4; compressed-bodies).',
    ...coded('gzip', gzipSync),
    shows: ({ text }) => text.includes('\r\ncontent-encoding: gzip\r\n'),
  },
  'deflate-in-chunks': {
    about:
      'What is compressed may come in chunks, where its length is not known before (RFC 9110, section 8.4; RFC 9112, section 7.1).',
    ...coded('deflate', deflateSync),
    write: (reply) => [chunked(reply, { sizes: [7, 100] })],
    shows: ({ text }) => text.includes('\r\ncontent-encoding: deflate\r\ntransfer-encoding: chunked\r\n'),
  },
  brotli: {
    about: 'A server may compress what the request accepts compressed (RFC 7932, which registers br).',
    ...coded('br', (body) => brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })),
    shows: ({ text }) => text.includes('\r\ncontent-encoding: br\r\n'),
  },
  'body-until-the-end': {
    about: 'A body without a length ends with its connection (RFC 9112, section 6.3).',
    ...untilClosed('HTTP/1.1'),
    endsAfter: 1,
    shows: ({ text, ended }) => ended && !/\r\n(content-length|transfer-encoding): /.test(text),
  },
  'http-1-0': {
    about: 'A server may speak an older minor version of HTTP (RFC 9110, section 2.5).',
    ...untilClosed('HTTP/1.0'),
    endsAfter: 1,
    shows: ({ text }) => text.startsWith('HTTP/1.0 '),
  },
  'interim-answers-first': {
    about:
      'Interim answers may come first, several of them, also where nobody asked for them (RFC 9110, section 15.2; RFC 8297).',
    write: (reply) => [
      interim('100 Continue'),
      interim('103 Early Hints', 'link: </style.css>; rel=preload'),
      interim('103 Early Hints', 'x-amzn-errortype: Nothing:'),
      ...whole(reply),
    ],
    shows: ({ text }) => text.startsWith('HTTP/1.1 100 Continue\r\n'),
  },
  'packets-of-forty-bytes': {
    about: 'TCP is a stream: a packet may end anywhere, also inside a name or a letter.',
    write: (reply) => cut(whole(reply)[0], 40),
    shows: ({ packets, text }) => packets === Math.ceil(text.length / 40) && packets > 1,
  },
  'slow-packets': {
    about: 'An answer may come in pieces with time between them.',
    write: (reply) => cut(whole(reply)[0], 300, 3),
    shows: ({ packets, pausedMs }) => packets > 1 && pausedMs === (packets - 1) * 3,
  },
  'slow-answers': {
    about: 'No case bounds the time of an answer; some take longer than others, so that they overtake each other.',
    write: (reply) => [5 + (reply.body.length % 30), ...whole(reply)],
    shows: ({ pausedMs }) => pausedMs >= 5,
  },
};
