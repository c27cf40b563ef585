import { expect, test } from 'vitest';
// First, so that the mock finds it when it is loaded.
import { guards, knockOut, takeSeen, type KnockOut } from './knock-out.ts';
import type { Case } from '../../engine/case.ts';
import { isOverCase } from '../../engine/over.ts';
import type { Result } from '../../engine/result.ts';
import type { Fault } from '../../mocks/fault.ts';
import { faults } from '../../mocks/faults.ts';
import { entries } from '../faults/table.ts';
import { finds, judge, rowsOf, suite } from '../faulty-mock.ts';
import unreached from './unreached.json' with { type: 'json' };

/** Of a condition that is listed as unreached so many cases are looked at again. */
const AGAIN = 64;

/** How many cases are run at a time in search of one that shows the same as a fault does. */
const AT_ONCE = 32;

test('every condition of the mock that is turned round shows in a case as a named fault does, but for those listed', async () => {
  const met = await conditionsByCase();
  const shown = await findingsOfFaults();
  const alone: string[] = [];
  for (const [guard, values] of guards) {
    let reached = false;
    for (const value of values) reached ||= await isReached({ guard, value }, met, shown);
    if (!reached) alone.push(guard);
  }
  console.info(`${guards.size} conditions turned round, ${alone.length} of them shown by no fault`);
  expect(alone.sort()).toEqual(Object.keys(unreached).sort());
});

type Met = ReadonlyMap<string, ReadonlyMap<string, ReadonlySet<boolean>>>;
type Shown = ReadonlyMap<string, ReadonlySet<string>>;

/** What each case, alone with pools of its own, meets on the right mock. */
async function conditionsByCase(): Promise<Met> {
  const met = new Map<string, ReadonlyMap<string, ReadonlySet<boolean>>>();
  takeSeen();
  for (const one of suite.cases.filter((one) => !isOverCase(one))) {
    await judge([one], []);
    met.set(one.id, takeSeen());
  }
  return met;
}

/** How the cases that find a fault differ under it: fingerprints by case, of all faults together. */
async function findingsOfFaults(): Promise<Shown> {
  const shown = new Map<string, Set<string>>();
  for (const [name, fault] of Object.entries(faults)) {
    for (const result of await judgeFew(entries[name]?.cases.flatMap(rowsOf) ?? [], fault)) {
      shown.set(result.id, (shown.get(result.id) ?? new Set()).add(findingOf(result)));
    }
  }
  return shown;
}

/** A check over every answer is left out: what it finds says little of where. */
async function judgeFew(cases: readonly Case[], fault: Fault): Promise<Result[]> {
  return (
    await judge(
      cases.filter((one) => !isOverCase(one)),
      [fault],
    )
  ).filter(finds);
}

async function isReached(knockedOut: KnockOut, met: Met, shown: Shown): Promise<boolean> {
  const wasOtherwise = ({ id }: Case): boolean => met.get(id)?.get(knockedOut.guard)?.has(!knockedOut.value) ?? false;
  const all = suite.cases.filter((one) => shown.has(one.id) && wasOtherwise(one));
  const waiting = knockedOut.guard in unreached ? all.slice(0, AGAIN) : all;
  knockOut(knockedOut);
  try {
    while (waiting.length > 0) {
      const results = await judge(waiting.splice(0, AT_ONCE), [], { concurrency: AT_ONCE });
      if (results.some((result) => finds(result) && shown.get(result.id)?.has(findingOf(result)))) return true;
    }
    return false;
  } finally {
    knockOut(undefined);
  }
}

const findingOf = ({ fingerprint = '' }: Result): string => fingerprint;
