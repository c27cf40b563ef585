import type { Source } from '../page.ts';
import { SourceLink } from './source-link.tsx';
import { tiers } from './words.ts';

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
                    <span class={`tier ${tier}`}>{tiers[tier]}</span>
                    {on !== 'any' && ` on ${on}`}
                    {date !== undefined && `, ${date}`}: {outcome} <SourceLink text={source} />
                  </li>
                ))}
                {contradictions.map((text) => (
                  <li key={text}>Sources disagree: {text}</li>
                ))}
              </ul>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
