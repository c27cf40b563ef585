import { headerOf } from './reply.ts';
import type { Reply, Variation, Variations } from './variation.ts';

type Headers = Reply['headers'];

const inHeaders = (change: (headers: Headers) => Headers): Pick<Variation, 'reply'> => ({
  reply: (reply) => ({ ...reply, headers: change(reply.headers) }),
});

const renamed = (change: (name: string) => string): Pick<Variation, 'reply'> =>
  inHeaders((headers) => headers.map(([name, value]) => [change(name), value]));

/** As proxies and load balancers add them; a name may come twice, a value may be empty or hold letters beyond ASCII. */
const ofProxies: Headers = [
  ['server', 'nginx'],
  ['via', '1.1 example.cloudfront.net (CloudFront)'],
  ['x-cache', 'Error from cloudfront'],
  ['x-amzn-trace-id', 'Root=1-5759e988-bd862e3fe1be46a994272793'],
  ['strict-transport-security', 'max-age=47304000; includeSubDomains'],
  ['set-cookie', 'AWSALB=one; Path=/; Expires=Fri, 01 Jan 2100 00:00:00 GMT'],
  ['set-cookie', 'AWSALBCORS=two; Path=/'],
  ['vary', 'accept-encoding'],
  ['vary', 'origin'],
  ['x-empty', ''],
  ['x-letters', Buffer.from('Zoë 中文').toString('latin1')],
  ['alt-svc', 'h3=":443"; ma=86400'],
];

/** The head of an answer. */
export const headers: Variations = {
  'header-names-in-capitals': {
    about: 'Names of headers are case-insensitive (RFC 9110, section 5.1).',
    ...renamed((name) => name.toUpperCase()),
    shows: ({ text }) => text.includes('\r\nX-AMZN-REQUESTID: '),
  },
  'headers-in-reverse': {
    about: 'The order of headers of different names means nothing (RFC 9110, section 5.3).',
    ...inHeaders((found) => [...found].reverse()),
    shows: ({ text }) => /^HTTP\/1\.1 \d+ [\w ]*\r\ndate: /.test(text),
  },
  'headers-of-proxies': {
    about:
      'Proxies add headers of their own, some of them twice, and clients ignore what they do not know (RFC 9110, section 5.1).',
    ...inHeaders((found) => [...ofProxies, ...found]),
    shows: ({ text }) => text.includes('\r\nx-cache: '),
  },
  'thirty-thousand-bytes-of-headers': {
    about: 'HTTP sets no bound to headers (RFC 9110, section 5.4).',
    ...inHeaders((found) => [
      ...Array.from({ length: 30 }, (_, nth) => [`x-filler-${nth}`, 'x'.repeat(1000)] as const),
      ...found,
    ]),
    shows: ({ text }) => text.includes('\r\nx-filler-29: '),
  },
  'padded-header-values': {
    about: 'Whitespace around the value of a header is no part of it, and there need be none (RFC 9110, section 5.5).',
    ...inHeaders((found) => found.map(([name, value]) => [name, ` \t${value}\t `])),
    shows: ({ text }) => /\r\nx-amzn-requestid: {2}\t[^\r]+\t \r\n/.test(text),
  },
  'other-reason-phrases': {
    about: 'Clients ignore the reason phrase, which may be empty (RFC 9112, section 4).',
    reply: (reply) => ({ ...reply, reason: reply.status === 200 ? '' : 'OK' }),
    shows: ({ text }) => /^HTTP\/1\.1 (200 |4\d\d OK)\r\n/.test(text),
  },
  'exposed-headers-on-several-lines': {
    about:
      'A list may come as several headers of one name, here in another order (RFC 9110, section 5.3; exposed-headers). Preflights are left as captured.',
    reply: (reply, { method }) => {
      const exposed = method === 'OPTIONS' ? undefined : headerOf(reply, 'access-control-expose-headers');
      if (exposed === undefined) return reply;
      const others = reply.headers.filter(([name]) => name !== 'access-control-expose-headers');
      const lines = exposed.split(',').reverse();
      return {
        ...reply,
        headers: [...others, ...lines.map((name) => ['access-control-expose-headers', name] as const)],
      };
    },
    shows: ({ text }) => text.split('access-control-expose-headers: ').length > 2,
    rare: true,
  },
};
