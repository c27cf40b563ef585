import type { ComponentChildren } from 'preact';
import type { Column, Row } from '../page.ts';
import { Badge } from './badge.tsx';
import type { Place } from './place.ts';

interface Props {
  row: Row;
  columns: readonly Column[];
  open: boolean;
  go: (place: Place | undefined) => void;
  children: (row: Row) => ComponentChildren;
}

/** A case with its verdicts; below it, where it is open, all about it. */
export function CaseRow({ row, columns, open, go, children }: Props) {
  const { id, title, cells } = row;
  return (
    <>
      <tr class={open ? 'case open' : 'case'} id={id}>
        <th scope="row">
          <button type="button" aria-expanded={open} onClick={() => go(open ? undefined : { id })}>
            <span class="arrow" aria-hidden="true" />
            <span class="rule">{title}</span>
            <span class="id">{id.slice(row.area.length + 1)}</span>
          </button>
        </th>
        {cells.map((cell, column) => (
          // The same as the button of the row, at hand for who points.
          <td key={column} class="cell" onClick={() => go({ id, column })}>
            {cell === null ? <span class="hidden">not run</span> : <Badge verdict={cell.verdict} />}
          </td>
        ))}
      </tr>
      {open && (
        <tr class="about">
          <td colSpan={columns.length + 1}>{children(row)}</td>
        </tr>
      )}
    </>
  );
}
