import type { Cell, Page, Row } from '../page.ts';
import { Badge } from './badge.tsx';
import { ByHand } from './by-hand.tsx';
import { Differences } from './differences.tsx';
import { Evidence } from './evidence.tsx';
import { Exchanges } from './exchanges.tsx';
import { Linked } from './linked.tsx';
import { hashOf } from './place.ts';
import { levels } from './words.ts';

interface Props {
  page: Page;
  row: Row;
  column: number;
  choose: (column: number) => void;
}

/** All about a case: its rule, what came of it in one column, how we know, and how to see it oneself. */
export function About({ page, row, column, choose }: Props) {
  const { id, level, file, cells } = row;
  const cell = cells[column] ?? null;
  return (
    <section class="details" aria-label={id}>
      <header>
        <p class="facts">
          <a href={hashOf(row)}>{id}</a> · {levels[level]} · {file}
        </p>
        {page.columns.length > 1 && (
          <div class="chips" role="group" aria-label="Target">
            {page.columns.map(({ name, date }, index) => (
              <button
                key={index}
                type="button"
                class="chip"
                aria-pressed={index === column}
                onClick={() => choose(index)}
              >
                {name} <span class="date">{date}</span> <Outcome cell={cells[index] ?? null} />
              </button>
            ))}
          </div>
        )}
      </header>
      <div class="sides">
        <div>
          {cell !== null && <Came cell={cell} />}
          <ByHand row={row} cell={cell} />
          {cell?.exchanges && <Exchanges list={cell.exchanges} />}
        </div>
        <Evidence ids={row.evidence} sources={page.evidence} />
      </div>
    </section>
  );
}

function Outcome({ cell }: { cell: Cell | null }) {
  return cell === null ? <>not run</> : <Badge verdict={cell.verdict} />;
}

function Came({ cell }: { cell: Cell }) {
  const { verdict, reason, issue, differences } = cell;
  return (
    <section>
      <h3>What came of it</h3>
      <p>
        {/* Only a baseline's reason is nothing that the target has said. */}
        <Badge verdict={verdict} /> {verdict === 'known' ? <Linked text={reason ?? ''} /> : reason}
        {issue !== undefined && (
          <>
            {' '}
            (<Linked text={issue} />)
          </>
        )}
      </p>
      {differences && <Differences list={differences} />}
    </section>
  );
}
