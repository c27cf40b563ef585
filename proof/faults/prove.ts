import { expect, test } from 'vitest';
import type { Fault } from '../../mocks/fault.ts';
import { casesWithin, judge, suite } from '../faulty-mock.ts';
import type { Result } from '../../engine/result.ts';

/** What a table says of a fault. */
export interface FaultEntry {
  /** What it does wrong, in a sentence. */
  about: string;
  /** Where it was met: an emulator with its version, or the address of somebody's report. */
  seen?: readonly string[];
  /** Who finds it: ids, without their row where all rows do. */
  cases: readonly string[];
}

/** Holds a theme's faults against its table: each is found, by the cases that are said to find it and by no other. */
export function prove(faults: Readonly<Record<string, Fault>>, table: Readonly<Record<string, FaultEntry>>): void {
  test('the table names every fault, and no other', () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(faults).sort());
  });
  test.each(Object.entries(faults))('%s is found by the cases that are said to find it', async (name, fault) => {
    const results = await judge(await casesWithin(fault), [fault]);
    const found = compact(results.filter(finds).map(({ id }) => id));
    expect(found.length, 'cases that find it').toBeGreaterThan(0);
    expect(found, found.join('", "')).toEqual([...(table[name]?.cases ?? [])].sort());
  });
}

/** A blocked case never got to what it tests, so that it finds nothing. */
const finds = ({ verdict }: Result): boolean => ['fail', 'warn', 'info'].includes(verdict);

/** Ids without their row where all rows are there. */
function compact(ids: readonly string[]): string[] {
  const found = new Set(ids);
  const whole = (id: string): boolean => rowsOf(id).every((row) => found.has(row));
  return [...new Set(ids.map((id) => (whole(withoutRow(id)) ? withoutRow(id) : id)))].sort();
}

const rowsOf = (id: string): string[] => suite.cases.filter((one) => withoutRow(one.id) === id).map((one) => one.id);

const withoutRow = (id: string): string => id.split('/').slice(0, 2).join('/');
