import type { Report } from '../engine/result.ts';
import { shortName } from './target-name.ts';

/** Reports with the same one are of parts or dates of the same. */
export function reportName({ target, run }: Pick<Report, 'target' | 'run'>): string {
  return shortName(target, run.via);
}

/** What tells reports apart: the target, through what it was asked, and its date where one target stands there twice. */
export function columnNames(reports: readonly Report[]): string[] {
  const dates = columnDates(reports);
  return reports.map((report, index) => {
    const name = reportName(report);
    return dates[index] ? `${name} ${dates[index]}` : name;
  });
}

/** As much of each date as tells a target that stands there twice from itself; empty of others. */
export function columnDates(reports: readonly Report[]): string[] {
  return reports.map((report) => {
    const same = reports.filter((other) => reportName(other) === reportName(report));
    if (same.length === 1) return '';
    const dates = same.map((other) => other.run.startedAt);
    // Its day, its minute, its second.
    const told = [10, 16, 19].find(
      (length) => new Set(dates.map((date) => date.slice(0, length))).size === dates.length,
    );
    return report.run.startedAt.slice(0, told).replace('T', ' ');
  });
}

/** Names that outlive a version of a target, where it stands there once: for histories and addresses. */
export function lastingNames(reports: readonly Report[]): string[] {
  const names = columnNames(reports);
  const lasting = ({ target, run }: Report): string => shortName({ ...target, version: undefined }, run.via);
  return reports.map((report, index) => {
    const name = lasting(report);
    const isAlone = reports.filter((other) => lasting(other) === name).length === 1;
    return isAlone ? name : (names[index] ?? name);
  });
}

const LONGEST_NAME = 100;

/** A name as a part of the name of a file, and never the folder above. */
export function fileName(name: string): string {
  return name.slice(0, LONGEST_NAME).replaceAll(/[^\w.-]|^\.+/g, '-');
}
