import { CognitoError } from '../errors.ts';
import type { Permission } from './permissions.ts';

/** An IAM policy, as far as the stand-in reads one: conditions are not looked at. */
export interface Policy {
  Statement: readonly Statement[];
}

export interface Statement {
  Effect: 'Allow' | 'Deny';
  /** `*` stands for any text, `?` for one letter. */
  Action: string | readonly string[];
  Resource: string | readonly string[];
}

/** Throws what AWS answers to a caller whose policy does not allow an action. */
export function assertAllowed(policy: Policy, caller: string, wanted: readonly Permission[]): void {
  for (const permission of wanted) assertOne(policy, caller, permission);
}

function assertOne(policy: Policy, caller: string, { action, resource }: Permission): void {
  const matching = policy.Statement.filter(
    ({ Action, Resource }) => isAmong(action, Action, 'i') && isAmong(resource, Resource),
  );
  const isDenied = matching.some(({ Effect }) => Effect === 'Deny');
  if (matching.length > 0 && !isDenied) return;
  // As in github.com/lgallard/terraform-aws-cognito-user-pool/issues/116, of CreateUserPool.
  const why = isDenied
    ? 'with an explicit deny in an identity-based policy'
    : `because no identity-based policy allows the ${action} action`;
  const text = `User: ${caller} is not authorized to perform: ${action} on resource: ${resource} ${why}`;
  throw new CognitoError('AccessDeniedException', text);
}

const isAmong = (text: string, patterns: string | readonly string[], flags = ''): boolean =>
  [patterns].flat().some((pattern) => asRegExp(pattern, flags).test(text));

function asRegExp(pattern: string, flags: string): RegExp {
  const escaped = pattern.replace(/[.+^${}()|[\]\\]/g, String.raw`\$&`);
  return new RegExp(`^${escaped.replaceAll('*', '.*').replaceAll('?', '.')}$`, flags);
}
