import { tally, type Tally } from '../../matrix.ts';
import type { Row } from '../page.ts';

/** Of one column. */
export function tallied(rows: readonly Row[], column: number): Tally {
  return tally(rows.flatMap(({ cells }) => cells[column] ?? []));
}
