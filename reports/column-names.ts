import type { Report } from '../engine/result.ts';
import { shortName } from './target-name.ts';

/** What tells reports apart: the target, and as much of the date as it takes where one target stands there twice. */
export function columnNames(reports: readonly Report[]): string[] {
  const names = reports.map(({ target }) => shortName(target));
  return names.map((name, index) => {
    const dates = reports.filter((_, other) => names[other] === name).map(({ run }) => run.startedAt);
    if (dates.length === 1) return name;
    const own = reports[index]?.run.startedAt ?? '';
    // Its day, its minute, its second.
    const told = [10, 16, 19].find(
      (length) => new Set(dates.map((date) => date.slice(0, length))).size === dates.length,
    );
    return `${name} ${own.slice(0, told).replace('T', ' ')}`;
  });
}

/** Names that outlive a version of a target, where it stands there once: for histories and addresses. */
export function lastingNames(reports: readonly Report[]): string[] {
  const names = columnNames(reports);
  return reports.map(({ target: { name } }, index) => {
    const isAlone = reports.filter(({ target }) => target.name === name).length === 1;
    return isAlone ? name : (names[index] ?? name);
  });
}

/** A name as a part of the name of a file. */
export function fileName(name: string): string {
  return name.replaceAll(/[^\w.-]/g, '-');
}
