import { useState } from 'preact/hooks';
import type { CauseLink, Column, Page } from '../page.ts';
import { Badge } from './badge.tsx';
import type { Filter } from './filter.ts';
import { verdictNames } from './words.ts';

const first = 3;

/** The first screen: a card a column, how far it conforms, how much that covers, and why it differs. */
export function Summary({
  page,
  cause,
  pick,
}: {
  page: Page;
  cause: Filter['cause'];
  pick: (cause: Filter['cause']) => void;
}) {
  return (
    <section class="cards" aria-label="Summary">
      {page.columns.map((column, index) => (
        <Card
          key={index}
          column={column}
          chosen={cause?.column === index ? cause.cause : undefined}
          pick={(name) => pick(name === undefined ? undefined : { column: index, cause: name })}
        />
      ))}
    </section>
  );
}

interface CardProps {
  column: Column;
  chosen: string | undefined;
  pick: (cause: string | undefined) => void;
}

function Card({ column, chosen, pick }: CardProps) {
  const { name, date, endpoint, sentence, coverage, totals, causes, skipped, notes, via } = column;
  const [all, setAll] = useState(false);
  const rest = causes.length - first;
  return (
    <article class="card">
      <h2>
        {name} <span class="date">{date}</span>
      </h2>
      <p class="sentence">{sentence}</p>
      <Bar totals={totals} />
      <p class="coverage">{coverage}</p>
      {causes.length > 0 && (
        <>
          <h3>What differs most often</h3>
          <Causes list={all ? causes : causes.slice(0, first)} chosen={chosen} pick={pick} />
          {rest > 0 && (
            <button type="button" class="more" aria-expanded={all} onClick={() => setAll(!all)}>
              {all ? 'only the first three' : `${rest} more`}
            </button>
          )}
        </>
      )}
      <details>
        <summary>Left out, and notes</summary>
        <Causes list={skipped} chosen={chosen} pick={pick} />
        <ul class="notes">
          {endpoint !== '' && (
            <li>
              judged at {endpoint}
              {via !== undefined && `, sent by ${via}`}
            </li>
          )}
          {notes.map((note) => (
            <li key={note}>{note}</li>
          ))}
        </ul>
      </details>
    </article>
  );
}

function Causes({ list, chosen, pick }: { list: readonly CauseLink[] } & Omit<CardProps, 'column'>) {
  return (
    <ol class="causes">
      {list.map(({ cause, verdict, count }) => (
        <li key={cause}>
          <button
            type="button"
            aria-pressed={chosen === cause}
            onClick={() => pick(chosen === cause ? undefined : cause)}
          >
            <span class="count">{count}</span>
            <Badge verdict={verdict} />
            <span class="cause">{cause}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}

function Bar({ totals }: { totals: Column['totals'] }) {
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
