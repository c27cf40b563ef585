import { Interruption } from './interruption.ts';
import type { Target } from './target.ts';

/** What besides operations a manifest may claim. */
export const MEANS = ['codes', 'messages', 'triggers', 'forged-tokens'] as const;

/** Ends the case before it calls what the target does not claim to have. Where nothing is declared, all is asked. */
export function requireDeclared(feature: string, { features }: Pick<Target, 'features'>): void {
  if (!features || features.includes(feature)) return;
  throw new Interruption('skip', `${feature} is not declared`);
}

/** What a target claims to have and has not is a finding; what it never claimed is left out. `why` says more than that. */
export function notServed(feature: string, { features }: Pick<Target, 'features'>, why?: string): Interruption {
  if (!features?.includes(feature)) return new Interruption('skip', why ?? `${feature} is not implemented`);
  const cause = `${feature} is declared, and not there`;
  return new Interruption('fail', cause, why === undefined ? cause : `${cause}: ${why}`, feature);
}
