import type { RefObject } from 'preact';
import { useRef } from 'preact/hooks';
import type { Level } from '../../../engine/case.ts';
import type { Page } from '../page.ts';
import { Badge } from './badge.tsx';
import { everything, isEverything, toggled, type Filter } from './filter.ts';
import { useHeight } from './use-height.ts';
import { levels, verdictNames } from './words.ts';

interface Props {
  page: Page;
  filter: Filter;
  count: number;
  change: (filter: Filter) => void;
  field: RefObject<HTMLInputElement | null>;
}

/** What to see of the cases, and how many those are. */
export function Filters({ page, filter, count, change, field }: Props) {
  const bar = useRef<HTMLDivElement>(null);
  useHeight(bar, '--bar');
  const { cases } = page;
  const features = [...new Set(cases.flatMap((row) => row.features))].sort();
  const has = (name: string): number =>
    cases.filter(({ cells }) => cells.some((cell) => cell?.verdict === name)).length;
  return (
    <div ref={bar} class="filters" role="search" aria-label="Filter the cases">
      <input
        ref={field}
        type="search"
        aria-label="Text in ids, rules and reasons (press / to get here)"
        placeholder="Text in ids, rules, reasons  /"
        value={filter.text}
        onInput={({ currentTarget }) => change({ ...filter, text: currentTarget.value })}
      />
      <select
        aria-label="Operation or means"
        value={filter.feature}
        onChange={({ currentTarget }) => change({ ...filter, feature: currentTarget.value })}
      >
        <option value="">every operation</option>
        {features.map((feature) => (
          <option key={feature} value={feature}>
            {feature}
          </option>
        ))}
      </select>
      <div class="chips" role="group" aria-label="Verdict">
        {verdictNames
          .filter((verdict) => has(verdict) > 0)
          .map((verdict) => (
            <button
              key={verdict}
              type="button"
              class="chip"
              aria-pressed={filter.verdicts.includes(verdict)}
              onClick={() => change({ ...filter, verdicts: toggled(filter.verdicts, verdict) })}
            >
              <Badge verdict={verdict} /> {has(verdict)}
            </button>
          ))}
      </div>
      <div class="chips" role="group" aria-label="Level">
        {(Object.keys(levels) as Level[]).map((level) => (
          <button
            key={level}
            type="button"
            class="chip"
            title={levels[level]}
            aria-pressed={filter.levels.includes(level)}
            onClick={() => change({ ...filter, levels: toggled(filter.levels, level) })}
          >
            {level}
          </button>
        ))}
      </div>
      {filter.cause !== undefined && (
        <button type="button" class="chip only" onClick={() => change({ ...filter, cause: undefined })}>
          <span class="name">
            only {page.columns[filter.cause.column]?.name}: {filter.cause.link.cause}
          </span>{' '}
          <span aria-hidden="true">✕</span>
          <span class="hidden">, take this filter away</span>
        </button>
      )}
      <p class="status" role="status">
        {count === cases.length ? `${count} cases` : `${count} of ${cases.length} cases`}
      </p>
      {!isEverything(filter) && (
        <button type="button" class="more" onClick={() => change(everything)}>
          show all
        </button>
      )}
    </div>
  );
}
