import type { Fault } from '../fault.ts';

/** How an answer is written. */
export const wire: Record<string, Fault> = {
  'no-request-id': {
    answer: ({ headers: { 'x-amzn-requestid': _, ...headers }, ...answer }) => ({ ...answer, headers }),
  },
};
