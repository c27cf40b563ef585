import type { Reply, Variation, Variations } from './variation.ts';

const withHeader = (name: string, value: string): Pick<Variation, 'reply'> => ({
  reply: (reply: Reply) => ({ ...reply, headers: [...reply.headers, [name, value]] }),
});

/** How long connections live. */
export const sockets: Variations = {
  'a-connection-for-every-answer': {
    about: 'A server may end the connection after an answer, and says so (RFC 9112, section 9.6).',
    ...withHeader('connection', 'close'),
    endsAfter: 1,
    shows: ({ text, ended }) => ended && text.includes('\r\nconnection: close\r\n'),
  },
  'a-connection-ended-without-a-word': {
    about:
      'A server may end an idle connection at any time, also at once, and clients try again (RFC 9112, section 9.3.1).',
    endsAfter: 1,
    shows: ({ text, ended }) => ended && !text.includes('\r\nconnection: '),
  },
  'keep-alive-of-one-second': {
    about: 'A server may say how long it keeps a connection (RFC 2068, section 19.7.1.1).',
    ...withHeader('keep-alive', 'timeout=1, max=3'),
    endsAfter: 3,
    shows: ({ text }) => text.includes('\r\nkeep-alive: timeout=1, max=3\r\n'),
  },
};
