import { useState } from 'preact/hooks';
import type { Column } from '../page.ts';
import { Bar } from './bar.tsx';
import { Causes, type Choice } from './causes.tsx';

const first = 3;

/** How far a target conforms, how much of the contract that covers, and why it differs. */
export function Card({ column, ...choice }: Choice & { column: Column }) {
  const { name, date, endpoint, sentence, coverage, totals, causes, skipped, notes } = column;
  const [all, setAll] = useState(false);
  const rest = causes.length - first;
  return (
    <article class="card">
      <div>
        <h2>
          {name} <span class="date">{date}</span>
        </h2>
        <p class="sentence">{sentence}</p>
        <Bar totals={totals} />
        <p class="coverage">{coverage}</p>
      </div>
      <div>
        {causes.length > 0 && <h3>What differs most often</h3>}
        <Causes list={all ? causes : causes.slice(0, first)} {...choice} />
        {rest > 0 && (
          <button type="button" class="more" aria-expanded={all} onClick={() => setAll(!all)}>
            {all ? 'only the first three' : `${rest} more`}
          </button>
        )}
        <details>
          <summary>Left out, and notes</summary>
          <Causes list={skipped} {...choice} />
          <ul class="notes">
            {endpoint !== '' && <li>judged at {endpoint}</li>}
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </details>
      </div>
    </article>
  );
}
