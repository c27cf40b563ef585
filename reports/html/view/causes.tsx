import type { CauseLink } from '../page.ts';
import { Badge } from './badge.tsx';

export interface Choice {
  chosen: CauseLink | undefined;
  pick: (link: CauseLink | undefined) => void;
}

/** Causes, each of which shows its cases alone; chosen again, all. */
export function Causes({ list, chosen, pick }: Choice & { list: readonly CauseLink[] }) {
  return (
    <ol class="causes">
      {list.map((link) => (
        <li key={link.verdicts[0] + link.cause}>
          <button type="button" aria-pressed={chosen === link} onClick={() => pick(chosen === link ? undefined : link)}>
            <span class="count">{link.count}</span>
            <Badge verdict={link.verdicts[0]} />
            <span class="cause">{link.cause}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
