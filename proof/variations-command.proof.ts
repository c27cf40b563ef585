import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Case } from '../engine/case.ts';
import { areaOf } from '../engine/case-files.ts';
import { loadSuite } from '../engine/load.ts';
import type { Report } from '../engine/result.ts';
import { runTarget } from '../hosts/command/run-target.ts';
import { about, packageRoot } from '../package.ts';
import { shareOf } from './variations/share.ts';
import { openStage, type Stage } from './variations/stage.ts';
import type { Variation } from './variations/variation.ts';
import { forbidden, variations } from './variations/variations.ts';

const suite = loadSuite(packageRoot, about);
/** `PROOF_WHOLE=1` judges all cases under each variation. */
const ONE_IN = process.env['PROOF_WHOLE'] === '1' ? 1 : 3;
const none: Variation = { about: 'The mock itself.', shows: () => false };

/** How many exchanges showed which variation, by what was served. */
const shown = new Map<string, Record<string, number>>();
let stage: Stage;

beforeAll(async () => {
  const all = { ...variations, ...forbidden, none };
  stage = await openStage(all, (served, sent) => {
    const counts = shown.get(served) ?? {};
    shown.set(served, counts);
    for (const [name, { shows }] of Object.entries(all))
      if ((served === name || served === 'none') && shows(sent)) counts[name] = (counts[name] ?? 0) + 1;
  });
});

afterAll(() => stage.close());

test.each(Object.keys(variations))('no false alarm: %s', async (name) => {
  const cases = shareOf(suite.cases, Object.keys(variations).indexOf(name), ONE_IN);
  const { results } = await judge(name, cases);
  const others = results.filter(({ verdict }) => verdict !== 'pass');
  expect(others.map(({ id, verdict, reason }) => `${id}: ${verdict}, ${reason}`)).toEqual([]);
  expect(results.length).toBe(cases.length);
  expect(shown.get(name)?.[name] ?? 0).toBeGreaterThanOrEqual(variations[name]?.rare ? 1 : cases.length);
});

test('where nothing is varied, no variation shows', async () => {
  const { totals } = await judge('none', suite.cases);
  expect(totals.pass).toBe(suite.cases.length);
  expect(shown.get('none')).toEqual({});
});

test.each(Object.keys(forbidden))('what the contract does not allow fails: %s', async (name) => {
  const { results } = await judge(
    name,
    suite.cases.filter((one) => areaOf(one) === 'GetUser'),
  );
  expect(results.find(({ id }) => id === 'GetUser/lists-attributes')?.verdict).toBe('fail');
  expect(shown.get(name)?.[name]).toBeGreaterThan(0);
});

function judge(name: string, cases: readonly Case[]): Promise<Report> {
  const { signal } = new AbortController();
  return runTarget(stage.manifest(name), { suite, cases, strict: true, trace: false, signal });
}
