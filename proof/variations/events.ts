import { isMembers, throughout } from './json.ts';
import type { Variations } from './variation.ts';

/** What functions are invoked with. */
export const events: Variations = {
  'events-with-more-members': {
    about:
      'An event says more as the service grows, in any order, and is sent by any SDK (event-names-its-user; objects are open).',
    event: (event) => {
      if (!isMembers(event)) return event;
      const { callerContext, request } = event;
      const more = {
        ...event,
        callerContext: { ...(isMembers(callerContext) && callerContext), awsSdkVersion: 'aws-sdk-js-3.0.0' },
        request: { linkParameter: '{##Click here##}', ...(isMembers(request) && request) },
        stranger: { deep: [1] },
      };
      return throughout(more, (part) => (isMembers(part) ? Object.fromEntries(Object.entries(part).reverse()) : part));
    },
    shows: (sent) => sent.events.includes('"linkParameter"'),
    rare: true,
  },
};
