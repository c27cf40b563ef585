import { Interruption } from './interruption.ts';
import type { Target } from './target.ts';

/** What besides operations a manifest may claim. */
export const MEANS = ['codes', 'messages', 'triggers', 'forged-tokens'] as const;

/** Ends the case before it calls what the target does not claim to have. Where nothing is declared, all is asked. */
export function requireDeclared(feature: string, { features }: Pick<Target, 'features'>): void {
  if (!features || features.includes(feature)) return;
  throw new Interruption('skip', `${feature} is not declared`);
}

/** What a target claims to have and has not is a finding; what it never claimed is left out. */
export function notServed(feature: string, lacking: string, { features }: Pick<Target, 'features'>): Interruption {
  if (!features?.includes(feature)) return new Interruption('skip', lacking);
  const cause = `${feature} is declared, and not there`;
  return new Interruption(
    'fail',
    cause,
    lacking === `${feature} is not implemented` ? cause : `${cause}: ${lacking}`,
    feature,
  );
}
