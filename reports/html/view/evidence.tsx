import { TIERS } from '../../explain/evidence.ts';
import type { Source } from '../page.ts';
import { Linked } from './linked.tsx';

/** How we know: what the case rests on, and who says so. */
export function Evidence({ ids, sources }: { ids: readonly string[]; sources: Readonly<Record<string, Source>> }) {
  return (
    <section class="evidence">
      <h3>How we know</h3>
      <ul>
        {ids.map((id) => {
          const { statement, claims, contradictions } = sources[id] ?? {
            statement: id,
            claims: [],
            contradictions: [],
          };
          return (
            <li key={id}>
              <p>{statement}</p>
              <ul>
                {claims.map(({ on, tier, outcome, source, date }, index) => (
                  <li key={index}>
                    <span class={`tier ${tier}`}>{TIERS[tier]}</span>
                    {on !== 'any' && ` on ${on}`}
                    {date !== undefined && `, ${date}`}: {outcome}{' '}
                    <span class="source">
                      <Linked text={source} />
                    </span>
                  </li>
                ))}
                {contradictions.map((text) => (
                  <li key={text}>
                    Sources disagree: <Linked text={text} />
                  </li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
