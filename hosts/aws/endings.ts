import type { Answer } from '../../engine/answer.ts';

/** Why a run cannot go on after this answer to a call that it signed itself: one line, and what to do. */
export function whyEnded(operation: string, answer: Pick<Answer, 'error' | 'message'>): string | undefined {
  const { error = '', message = '' } = answer;
  switch (error) {
    case 'ExpiredTokenException':
      return `the credentials have expired (at ${operation}): get new ones that last longer than the run`;
    case 'UnrecognizedClientException':
    case 'InvalidSignatureException':
      return `the credentials are not accepted any more (${error} at ${operation}: ${message || 'no text'})`;
    case 'AccessDeniedException':
      return permissionLacking(operation, message);
    case 'LimitExceededException':
      return operation === 'CreateUserPool'
        ? 'there is no room for another pool (LimitExceededException of CreateUserPool): delete pools of this account and region that nobody needs, or ask for a higher quota'
        : undefined;
    default:
      return undefined;
  }
}

/** As IAM words it; what a function was not allowed to do is said otherwise. */
const REFUSED = /is not authorized to perform: (\S+) on resource: (\S+)/;

function permissionLacking(operation: string, message: string): string | undefined {
  const [, action, resource] = REFUSED.exec(message) ?? [];
  if (action === undefined) return undefined;
  const whatFor = action === `cognito-idp:${operation}` ? '' : `, which ${operation} takes here`;
  return `a permission is missing: ${action} on ${resource}${whatFor}; ${POLICY}`;
}

/** Why a run cannot go on after this failure to read the queue or a code: the message names the permission. */
export function whyUnreadable(error: unknown): string | undefined {
  const { message } = error as Error;
  if (/AccessDenied|is not authorized/.test(message)) return `${message}; ${POLICY}`;
  return /ExpiredToken/.test(message) ? `the credentials have expired: ${message}` : undefined;
}

const POLICY = 'npx cognito-conformance aws plan prints the whole policy';
