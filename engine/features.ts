import type { Case } from './case.ts';
import { Interruption } from './interruption.ts';
import type { Target } from './target.ts';

/** What besides operations a manifest may claim. */
export const MEANS = ['codes', 'messages', 'triggers', 'forged-tokens'] as const;

/** The operations that a case calls, and the means that it needs. */
export function needsOf({ steps = [], given }: Partial<Case>): string[] {
  const text = JSON.stringify(steps);
  const means = {
    codes: text.includes('"$code":'),
    messages: steps.some(({ messages }) => messages !== undefined),
    triggers: given?.triggers !== undefined || steps.some(({ events }) => events !== undefined),
    'forged-tokens': text.includes('"$token":'),
  };
  return [...new Set([...steps.flatMap(({ call }) => call ?? []), ...MEANS.filter((name) => means[name])])];
}

/** Where nothing is declared, all is asked. */
export function mayBeAsked(feature: string, { features }: Pick<Target, 'features'>): boolean {
  return !features || features.includes(feature);
}

/** Ends the case before it calls what the target does not claim to have. */
export function requireDeclared(feature: string, target: Pick<Target, 'features'>): void {
  if (mayBeAsked(feature, target)) return;
  throw new Interruption('skip', `${feature} is not declared`);
}

/** What a target claims to have and has not is a finding; what it never claimed is left out. `why` says more than that. */
export function notServed(feature: string, { features }: Pick<Target, 'features'>, why?: string): Interruption {
  if (!features?.includes(feature)) return new Interruption('skip', why ?? `${feature} is not implemented`);
  const cause = `${feature} is declared, and not there`;
  return new Interruption('fail', cause, why === undefined ? cause : `${cause}: ${why}`, feature);
}
