import { expect, test } from 'vitest';
import type { Fault } from '../../mocks/fault.ts';
import type { FaultEntry } from './table.ts';
import { casesWithin, finds, judge, rowsOf, withoutRow } from '../faulty-mock.ts';

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

/** Ids without their row where all rows are there. */
function compact(ids: readonly string[]): string[] {
  const found = new Set(ids);
  const whole = (id: string): boolean => rowsOf(id).every((one) => found.has(one.id));
  return [...new Set(ids.map((id) => (whole(withoutRow(id)) ? withoutRow(id) : id)))].sort();
}
