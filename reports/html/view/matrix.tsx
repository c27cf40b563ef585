import type { Column, Row } from '../page.ts';
import { AreaRow } from './area-row.tsx';
import { CaseRow } from './case-row.tsx';
import type { Place } from './place.ts';

interface Props {
  columns: readonly Column[];
  rows: readonly Row[];
  isOpen: (area: string) => boolean;
  toggle: (area: string) => void;
  place: Place | undefined;
  go: (place: Place | undefined) => void;
  children: (row: Row) => preact.ComponentChildren;
}

/** Areas and their cases by targets. */
export function Matrix({ columns, rows, isOpen, toggle, place, go, children }: Props) {
  const areas = [...new Set(rows.map(({ area }) => area))];
  return (
    <div class="matrix">
      <table>
        <caption class="hidden">Verdicts by area and case, a column a target</caption>
        <thead>
          <tr>
            <th scope="col">area, passed of judged</th>
            {columns.map(({ name, date }, index) => (
              <th key={index} scope="col" class="cell">
                <span class="name">
                  {name} <span class="date">{date}</span>
                </span>
              </th>
            ))}
          </tr>
        </thead>
        {areas.map((area) => {
          const own = rows.filter((row) => row.area === area);
          return (
            <tbody key={area}>
              <AreaRow
                area={area}
                rows={own}
                columns={columns.length}
                open={isOpen(area)}
                toggle={() => toggle(area)}
              />
              {isOpen(area) &&
                own.map((row) => (
                  <CaseRow key={row.id} row={row} columns={columns} open={place?.id === row.id} go={go}>
                    {children}
                  </CaseRow>
                ))}
            </tbody>
          );
        })}
      </table>
      {rows.length === 0 && <p class="nothing">No case is like that.</p>}
    </div>
  );
}
