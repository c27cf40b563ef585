import type { Claim, Evidence, Tier } from '../engine/case.ts';
import { plain } from './plain.ts';

export type FindEvidence = (id: string) => Pick<Evidence, 'statement' | 'claims' | 'contradictions'> | undefined;

const tiers: readonly Tier[] = ['recorded', 'observed', 'documented', 'model', 'inferred'];

/** The strongest claim among some evidence, in one line; where tiers are equal, one made on the operation itself. */
export function bestClaim(ids: readonly string[], find: FindEvidence, call?: string): string {
  const claims = ids.flatMap((id) => find(id)?.claims ?? []);
  const [best] = claims.sort((a, b) => rank(a, call) - rank(b, call));
  if (best === undefined) return plain(`${ids.join(', ')} (not in this suite)`);
  const on = best.on === 'any' ? '' : ` on ${best.on}`;
  const date = best.date === undefined ? '' : `, ${best.date}`;
  return plain(`${best.tier}${on}${date}: ${best.source}`);
}

function rank({ tier, on }: Claim, call: string | undefined): number {
  return tiers.indexOf(tier) * 2 + (on === call ? 0 : 1);
}
