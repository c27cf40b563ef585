import type { TestInfo } from '@playwright/test';
import { locationOf } from './hosts/playwright/location.ts';
import { conclude, KEEP_WORKERS, throwExpected } from './hosts/playwright/outcome.ts';
import { applyBaseline } from './engine/baseline.ts';
import { foldOver, isOverCase } from './engine/over.ts';
import type { Result } from './engine/result.ts';
import { suite, test } from './hosts/playwright/bench.ts';
import { areaOf } from './engine/case-files.ts';
import type { Case } from './engine/case.ts';
import { attach, type Judgement, type Problem } from './hosts/playwright/judgement.ts';
import { bestClaim } from './reports/best-claim.ts';
import { isFirst } from './hosts/playwright/shared-target.ts';
import { sayFaults } from './hosts/say-faults.ts';

/** Tests that one worker takes in a row. One by one, Playwright's own time grows with the square of their number. */
const CHUNK = 50;

/** Playwright refuses two tests of one title: those of a case at fault may be anything. */
const titles = new Set<string>();

// Workers read this file too: once is enough.
if (process.env['TEST_WORKER_INDEX'] === undefined) sayFaults(suite);

// A check over every answer is no test: the reporter judges it by what all tests, of all shards, were answered.
for (const [area, cases] of areas(suite.cases.filter((one) => !isOverCase(one)))) {
  test.describe(area, () => {
    for (let start = 0; start < cases.length; start += CHUNK) {
      test.describe(() => {
        test.describe.configure({ mode: 'default' });
        for (const one of cases.slice(start, start + CHUNK)) declare(one);
      });
    }
  });
}

function declare(one: Case): void {
  const title = titles.has(one.title) ? `${one.title} (${one.id})` : one.title;
  titles.add(title);
  test(title, { tag: [`@${one.id}`, `@${one.level}`], annotation: annotationsOf(one) }, async ({ bench }, info) => {
    if ('problem' in bench) return refuse(bench.problem, info);
    const judgement = await bench.judge(one);
    attach(judgement, info);
    conclude(judgement.result, one, info, (id) => suite.evidence.get(id));
    // Without our reporter nobody joins the parts of checks over every answer: each test answers for its own.
    if (process.env[KEEP_WORKERS]) return;
    for (const [check, result] of ownPart(judgement)) conclude(result, check, info, (id) => suite.evidence.get(id));
  });
}

/** What differs in this test alone of the checks over every answer. */
function ownPart({ result, known: baseline, target }: Judgement): [Case, Result][] {
  return suite.cases.filter(isOverCase).flatMap((check): [Case, Result][] => {
    const against = baseline && { baseline, version: target.version, strict: false, whole: false };
    return foldOver([check], [result])
      .map((one) => (against ? applyBaseline(one, against) : one))
      .filter(({ verdict }) => verdict === 'fail' || verdict === 'changed')
      .map((one) => [check, one]);
  });
}

/** One test fails for all of its project; the others are skipped for the same reason. */
async function refuse(found: Problem, info: TestInfo): Promise<never> {
  info.skip(!(await isFirst(`problem of ${info.project.name}`)), found.problem);
  attach(found, info);
  throwExpected(new Error(`nothing could be judged: ${found.problem}`), info);
}

function annotationsOf(one: Case): { type: string; description: string }[] {
  const { line, column } = locationOf(one);
  const evidence = one.evidence.map((id) => {
    const statement = suite.evidence.get(id)?.statement ?? '';
    return {
      type: 'evidence',
      description: `${id}: ${statement} (${bestClaim([id], (name) => suite.evidence.get(name), areaOf(one))})`,
    };
  });
  return [{ type: 'case', description: `${one.file}:${line}:${column}` }, ...evidence];
}

function areas(cases: readonly Case[]): Map<string, Case[]> {
  const found = new Map<string, Case[]>();
  for (const one of cases) {
    const area = areaOf(one);
    found.set(area, [...(found.get(area) ?? []), one]);
  }
  return found;
}
