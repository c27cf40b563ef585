import type { Page } from '../page.ts';
import { Card } from './card.tsx';
import type { Filter } from './filter.ts';

interface Props {
  page: Page;
  cause: Filter['cause'];
  pick: (cause: Filter['cause']) => void;
}

/** The first screen: a card a column. */
export function Summary({ page, cause, pick }: Props) {
  return (
    <section class={page.columns.length === 1 ? 'cards alone' : 'cards'} aria-label="Summary">
      {page.columns.map((column, index) => (
        <Card
          key={index}
          column={column}
          chosen={cause?.column === index ? cause.link : undefined}
          pick={(link) => pick(link && { column: index, link })}
        />
      ))}
    </section>
  );
}
