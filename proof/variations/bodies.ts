import { inBody, inStyle, isMembers, throughout } from './json.ts';
import type { Variations } from './variation.ts';

const escape = (letter: string, upper: boolean): string => {
  const digits = letter.charCodeAt(0).toString(16).padStart(4, '0');
  return `\\u${upper ? digits.toUpperCase() : digits}`;
};

/** The same JSON in other bytes. */
export const bodies: Variations = {
  'members-in-reverse': {
    about: 'An object is an unordered collection of members (RFC 8259, section 1).',
    ...inBody((body) =>
      throughout(body, (part) => (isMembers(part) ? Object.fromEntries(Object.entries(part).reverse()) : part)),
    ),
    shows: ({ text }) => /\{"message":.*"__type"/i.test(text),
    rare: true,
  },
  indented: {
    about: 'Whitespace stands before and after any token of JSON (RFC 8259, section 2).',
    reply: (reply) => {
      const text = reply.body.toString('utf8');
      return { ...reply, body: Buffer.from(text.startsWith('{') ? JSON.stringify(JSON.parse(text), null, 2) : text) };
    },
    shows: ({ text }) => text.includes('\r\n\r\n{\n  "'),
  },
  'whitespace-around-every-token': {
    about:
      'All four kinds of whitespace are insignificant, also at the ends (RFC 8259, section 2; output-without-members).',
    ...inStyle({ space: ' \t\r\n' }),
    shows: ({ text }) => text.includes('\r\n\r\n \t\r\n{'),
  },
  'letters-beyond-ascii-escaped': {
    about:
      'Any letter may be written by its number; some servers write all beyond ASCII so (RFC 8259, section 7; bodies-are-json).',
    ...inStyle({ text: (plain) => JSON.stringify(plain).replace(/[^ -~]/g, (letter) => escape(letter, false)) }),
    shows: ({ text }) => text.includes('\\u4e2d\\u6587'),
    rare: true,
  },
  'every-letter-escaped': {
    about:
      'Any letter may be written by its number, in digits of either case, names of members too (RFC 8259, section 7).',
    ...inStyle({
      text: (plain) =>
        `"${plain
          .split('')
          .map((letter, nth) => escape(letter, nth % 2 === 0))
          .join('')}"`,
    }),
    shows: ({ text }) => text.includes('\\u0055\\u0073\\u0065\\u0072'),
  },
  'slashes-escaped': {
    about: 'A solidus may be escaped (RFC 8259, section 7).',
    ...inStyle({ text: (plain) => JSON.stringify(plain).replaceAll('/', '\\/') }),
    shows: ({ text }) => text.includes('role\\/sms'),
    rare: true,
  },
  'numbers-with-exponents': {
    about: 'A number may have an exponent, as times of real AWS services have (RFC 8259, section 6).',
    ...inStyle({ number: (number) => number.toExponential().replace('e+', 'E') }),
    shows: ({ text }) => /Date":1\.\d+E9[,}]/.test(text),
  },
  'whole-seconds': {
    about:
      'Times are numbers of seconds; nobody promises parts of one, and a fraction of zero is none (dates-of-a-user).',
    ...inStyle({ number: (number, member) => (member.endsWith('Date') ? `${Math.floor(number)}.0` : String(number)) }),
    shows: ({ text }) => /Date":\d{10}\.0[,}]/.test(text),
  },
};
