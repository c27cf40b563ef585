import type { Result } from '../engine/result.ts';

/** Whether a result says nothing of what its case is about, also where the baseline knows of that. */
export function isUnreached({ verdict, fingerprint = '' }: Pick<Result, 'verdict' | 'fingerprint'>): boolean {
  if (verdict === 'blocked') return true;
  return (verdict === 'known' || verdict === 'changed') && /^\d+: (.*; )?blocked /.test(fingerprint);
}
