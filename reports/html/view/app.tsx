import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Page, Row } from '../page.ts';
import { About } from './about.tsx';
import { everything, isEverything, wanted, type Filter } from './filter.ts';
import { Filters } from './filters.tsx';
import { Matrix } from './matrix.tsx';
import { hashOf, placeIn, type Place } from './place.ts';
import { Summary } from './summary.tsx';

/** So few are shown at once; of more, first their areas. */
const FEW = 40;

export function App({ page }: { page: Page }) {
  const [filter, setFilter] = useState<Filter>(everything);
  const [place, setPlace] = useState(() => placeIn(location.hash));
  /** Areas that are not as they would be. */
  const [turned, setTurned] = useState<ReadonlySet<string>>(new Set());
  const field = useRef<HTMLInputElement>(null);
  const rows = useMemo(() => page.cases.filter((row) => wanted(row, filter)), [page, filter]);
  const unfold = !isEverything(filter) || page.cases.length <= FEW;
  const openArea = page.cases.find(({ id }) => id === place?.id)?.area;
  const isOpen = (area: string): boolean => (unfold || area === openArea) !== turned.has(area);

  const change = (next: Filter): void => {
    setFilter(next);
    setTurned(new Set());
  };
  const go = (next: Place | undefined): void => {
    history.pushState(null, '', next === undefined ? location.href.replace(/#.*/, '#') : hashOf(next));
    setPlace(next);
  };

  useEffect(() => {
    const follow = (): void => {
      const there = placeIn(location.hash);
      setPlace(there);
      // A link leads to its case, whatever was looked for before.
      if (there) change(everything);
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    if (place === undefined) return;
    const button = buttonOf(place);
    button?.closest('tr')?.scrollIntoView({ block: place.linked ? 'start' : 'nearest' });
    button?.focus({ preventScroll: true });
  }, [place?.id]);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      const typing = event.target instanceof HTMLInputElement || event.target instanceof HTMLSelectElement;
      if (event.key === '/' && !typing) {
        event.preventDefault();
        field.current?.focus();
      }
      if (event.key !== 'Escape') return;
      if (typing && filter.text !== '') return change({ ...filter, text: '' });
      if (place) {
        buttonOf(place)?.focus();
        go(undefined);
      }
    };
    addEventListener('keydown', press);
    return () => removeEventListener('keydown', press);
  }, [filter, place]);

  return (
    <>
      <header class="top">
        <h1>Conformance to Amazon Cognito user pools</h1>
        <p>{page.suite}</p>
      </header>
      <main>
        <Summary page={page} cause={filter.cause} pick={(cause) => change({ ...filter, cause })} />
        {page.selfTests.map((text) => (
          <p key={text}>{text}</p>
        ))}
        <section aria-label="Cases">
          <Filters page={page} filter={filter} count={rows.length} change={change} field={field} />
          <Matrix
            columns={page.columns}
            rows={rows}
            isOpen={isOpen}
            toggle={(area) => setTurned(toggledIn(turned, area))}
            place={place}
            go={go}
          >
            {(row) => (
              <About
                page={page}
                row={row}
                column={place?.column ?? firstDiffering(row)}
                choose={(column) => setPlace({ id: row.id, column })}
              />
            )}
          </Matrix>
        </section>
      </main>
    </>
  );
}

function buttonOf({ id }: Place): HTMLElement | null {
  return document.getElementById(id)?.querySelector('button') ?? null;
}

function firstDiffering({ cells }: Row): number {
  const differing = cells.findIndex((cell) => cell !== null && !['pass', 'skip'].includes(cell.verdict));
  return Math.max(0, differing);
}

function toggledIn(areas: ReadonlySet<string>, area: string): ReadonlySet<string> {
  return new Set(areas.has(area) ? [...areas].filter((other) => other !== area) : [...areas, area]);
}
