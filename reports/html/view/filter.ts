import type { Level } from '../../../engine/case.ts';
import type { Verdict } from '../../../engine/result.ts';
import type { CauseLink, Row } from '../page.ts';

/** What a reader wants to see; an empty list or text is no wish. */
export interface Filter {
  text: string;
  verdicts: readonly Verdict[];
  levels: readonly Level[];
  feature: string;
  /** Of the column at that index. */
  cause?: { column: number; link: CauseLink } | undefined;
}

export const everything: Filter = { text: '', verdicts: [], levels: [], feature: '' };

export function isEverything({ text, verdicts, levels, feature, cause }: Filter): boolean {
  return text.trim() === '' && verdicts.length === 0 && levels.length === 0 && feature === '' && cause === undefined;
}

/** Whether a case is wanted in every respect. */
export function wanted(row: Row, { text, verdicts, levels, feature, cause }: Filter): boolean {
  return (
    (levels.length === 0 || levels.includes(row.level)) &&
    (feature === '' || row.features.includes(feature)) &&
    (verdicts.length === 0 || row.cells.some((cell) => cell !== null && verdicts.includes(cell.verdict))) &&
    (cause === undefined || isOf(cause, row)) &&
    words(text).every((word) => searched(row).includes(word))
  );
}

/** The same cause may stand behind verdicts that are told elsewhere. */
function isOf({ column, link }: NonNullable<Filter['cause']>, { cells }: Row): boolean {
  const cell = cells[column];
  return cell?.cause === link.cause && link.verdicts.includes(cell.verdict);
}

function words(text: string): string[] {
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
}

function searched({ id, title, cells }: Row): string {
  const said = cells.flatMap((cell) => [cell?.reason ?? '', cell?.cause ?? '']);
  return [id, title, ...said].join('\n').toLowerCase();
}

/** The list with the member, or without it where it was there. */
export function toggled<T>(list: readonly T[], member: T): T[] {
  return list.includes(member) ? list.filter((other) => other !== member) : [...list, member];
}
