import { bodies } from './bodies.ts';
import { events } from './events.ts';
import { framing } from './framing.ts';
import { headers } from './headers.ts';
import { inBody } from './json.ts';
import { identifiers } from './identifiers.ts';
import { members } from './members.ts';
import { sockets } from './sockets.ts';
import { tokens } from './tokens.ts';
import type { Variations } from './variation.ts';

/** All that must stay green, by name. */
export const variations: Variations = {
  ...bodies,
  ...members,
  ...headers,
  ...framing,
  ...sockets,
  ...identifiers,
  ...tokens,
  ...events,
};

/** What no server may do, to see that it is found: a member under a name of its own. */
export const forbidden: Variations = {
  'a-member-under-another-name': {
    about: 'Names of members are case-sensitive (RFC 8259, section 7; specs/shapes).',
    ...inBody((body, operation) => {
      const { UserAttributes: userAttributes, ...others } = body;
      return operation === 'GetUser' && userAttributes !== undefined ? { ...others, userAttributes } : body;
    }),
    shows: ({ text }) => text.includes('"userAttributes":['),
  },
};
