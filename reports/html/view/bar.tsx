import type { Totals } from '../../../engine/result.ts';
import { verdictNames } from './words.ts';

/** Verdicts as parts of one line, what passes first. */
export function Bar({ totals }: { totals: Totals }) {
  const there = verdictNames.filter((verdict) => totals[verdict] > 0);
  const sum = there.reduce((all, verdict) => all + totals[verdict], 0);
  const order = [...there].sort((a, b) => Number(b === 'pass') - Number(a === 'pass'));
  return (
    <div class="bar" role="img" aria-label={order.map((verdict) => `${totals[verdict]} ${verdict}`).join(', ')}>
      {order.map((verdict) => (
        <span
          key={verdict}
          class={verdict}
          style={{ width: `${(totals[verdict] / sum) * 100}%` }}
          title={`${totals[verdict]} ${verdict}`}
        />
      ))}
    </div>
  );
}
