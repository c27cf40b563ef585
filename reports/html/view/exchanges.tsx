import type { Exchange } from '../page.ts';

/** Everything that was sent and came, in order; what shows a difference is open. */
export function Exchanges({ list }: { list: readonly Exchange[] }) {
  return (
    <section class="exchanges">
      <h3>What was sent and what came</h3>
      <ol>
        {list.map(({ call, role, differs, request, response, outcome, durationMs }, index) => (
          <li key={index}>
            <details open={differs === true}>
              <summary class={differs ? 'differs' : ''}>
                <span class="call">{call}</span> <span class="date">{role}</span> <span class="outcome">{outcome}</span>{' '}
                <span class="date">{durationMs} ms</span> {differs && <span class="here">differs here</span>}
              </summary>
              <div class="pair">
                <pre tabIndex={0} aria-label={`request ${index + 1}`}>
                  {request}
                </pre>
                <pre tabIndex={0} aria-label={`response ${index + 1}`}>
                  {response}
                </pre>
              </div>
            </details>
          </li>
        ))}
      </ol>
    </section>
  );
}
