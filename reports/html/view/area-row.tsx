import type { Row } from '../page.ts';
import { tallied } from './tallied.ts';

interface Props {
  area: string;
  rows: readonly Row[];
  columns: number;
  open: boolean;
  toggle: () => void;
}

/** An area, and how much of it each column passes. */
export function AreaRow({ area, rows, columns, open, toggle }: Props) {
  return (
    <tr class="area">
      <th scope="rowgroup">
        <button type="button" aria-expanded={open} onClick={toggle}>
          <span class="arrow" aria-hidden="true" />
          <span>{area}</span> <span class="date">{rows.length}</span>
        </button>
      </th>
      {Array.from({ length: columns }, (_, column) => {
        const { passed, judged, skipped } = tallied(rows, column);
        const whole = judged > 0 && passed === judged;
        return (
          <td key={column} class={whole ? 'cell whole' : 'cell'} title={skipped > 0 ? `${skipped} skipped` : undefined}>
            {judged === 0 ? '–' : `${passed}/${judged}`}
            {skipped > 0 && <span class="skipped"> {skipped} skipped</span>}
          </td>
        );
      })}
    </tr>
  );
}
