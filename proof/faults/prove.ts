import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import type { Case } from '../../engine/case.ts';
import { isOverCase } from '../../engine/over.ts';
import type { Fault } from '../../mocks/fault.ts';
import { casesWithin, finds, judge, rowsOf, withoutRow } from '../faulty-mock.ts';
import { seed } from '../seed.ts';
import type { FaultEntry } from './table.ts';

/** Of the cases that are not said to find a fault one in so many is run; `PROOF_WHOLE=1` runs them all. */
const ONE_IN = process.env['PROOF_WHOLE'] === '1' ? 1 : 5;

/** Holds a theme's faults against its table: each is found, by the cases that are said to find it and by no other. */
export function prove(faults: Readonly<Record<string, Fault>>, table: Readonly<Record<string, FaultEntry>>): void {
  test('the table names every fault, and no other', () => {
    expect(Object.keys(table).sort()).toEqual(Object.keys(faults).sort());
  });
  test.each(Object.entries(faults))('%s is found by the cases that are said to find it', async (name, fault) => {
    const { cases = [] } = table[name] ?? {};
    const results = await judge(drawn(name, cases, await casesWithin(fault)), [fault]);
    const found = compact(results.filter(finds).map(({ id }) => id));
    expect(found.length, 'cases that find it').toBeGreaterThan(0);
    expect(found, `PROOF_SEED=${seed}: "${found.join('", "')}"`).toEqual([...cases].sort());
  });
}

/** Those that find the fault, and others as the seed has it. A check over every answer needs every answer. */
function drawn(fault: string, finders: readonly string[], within: readonly Case[]): readonly Case[] {
  const wanted = new Set(finders.flatMap(rowsOf));
  if ([...wanted].some(isOverCase)) return within;
  const isDrawn = ({ id }: Case): boolean =>
    createHash('sha1').update(`${seed} ${fault} ${id}`).digest().readUInt32BE() % ONE_IN === 0;
  return within.filter((one) => wanted.has(one) || isOverCase(one) || isDrawn(one));
}

/** Ids without their row where all rows are there. */
function compact(ids: readonly string[]): string[] {
  const found = new Set(ids);
  const whole = (id: string): boolean => rowsOf(id).every((one) => found.has(one.id));
  return [...new Set(ids.map((id) => (whole(withoutRow(id)) ? withoutRow(id) : id)))].sort();
}
