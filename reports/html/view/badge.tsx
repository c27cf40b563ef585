import type { Verdict } from '../../../engine/result.ts';
import { verdicts } from './words.ts';

/** A verdict by sign, word and colour. */
export function Badge({ verdict }: { verdict: Verdict }) {
  return (
    <span class={`badge ${verdict}`} title={verdicts[verdict].means}>
      <span class="sign" aria-hidden="true">
        {verdicts[verdict].sign}
      </span>
      {verdict}
    </span>
  );
}
