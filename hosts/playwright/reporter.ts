import { fileURLToPath } from 'node:url';
import type { FullConfig, FullResult, Reporter, Suite, TestCase, TestResult } from '@playwright/test/reporter';
import { KEEP_WORKERS } from './outcome.ts';
import { about, packageRoot } from '../../package.ts';
import { loadSuite } from '../../engine/load.ts';
import type { Suite as CaseSuite } from '../../engine/suite.ts';
import type { Report } from '../../engine/result.ts';
import { causes } from '../../reports/causes.ts';
import { exitCode } from '../../reports/exit-code.ts';
import { finding } from '../../reports/finding.ts';
import { colours } from '../command/colours.ts';
import { painter } from '../../reports/paint.ts';
import { summary } from '../../reports/summary.ts';
import { totals } from '../../reports/totals.ts';
import { recordResults, type Recorder } from './recorder.ts';

/**
 * Must stand first among the reporters. A worker ends with every test that fails, and to fail is normal here: so a
 * nonconformance is marked as expected within its test, and set right here, before any other reporter or the exit code
 * sees it. Where another reporter is first, tests fail plainly instead: slower, and as red.
 */
export default class ConformanceReporter implements Reporter {
  #suite: CaseSuite | undefined;
  #recorder: Recorder | undefined;
  #reports: Report[] = [];

  onBegin(config: FullConfig, suite: Suite): void {
    if (config.reporter[0]?.[0] === fileURLToPath(import.meta.url)) process.env[KEEP_WORKERS] = '1';
    else delete process.env[KEEP_WORKERS];
    for (const test of suite.allTests()) test.location = caseLocation(test) ?? test.location;
    this.#suite = loadSuite(packageRoot, about);
    this.#recorder = recordResults(config, suite.allTests().filter(isCase), this.#suite);
  }

  onTestEnd(test: TestCase, result: TestResult): void {
    if (!isCase(test)) return;
    const known = result.annotations.some(({ type }) => type === 'fail');
    if (result.status === 'failed' && test.expectedStatus === 'failed' && !known) test.expectedStatus = 'passed';
    this.#recorder?.add(test, result);
  }

  async onEnd({ status }: FullResult): Promise<{ status: FullResult['status'] }> {
    this.#reports = this.#recorder?.finish(status === 'passed' || status === 'failed') ?? [];
    const differ = this.#reports.some((report) => exitCode([overOnly(report)], { strict: false }) === 1);
    return { status: status === 'passed' && differ ? 'failed' : status };
  }

  /** After every other reporter: Playwright calls a known difference passed and does not know of warnings. */
  async onExit(): Promise<void> {
    const page = {
      paint: painter(colours()),
      width: process.stdout.columns ?? 100,
      evidence: (id: string) => this.#suite?.evidence.get(id),
    };
    const judged = this.#reports.filter(({ run }) => run.problem === undefined);
    for (const report of judged) {
      // No test tells of them.
      const found = causes(overOnly(report).results, ['fail', 'changed', 'fixed']);
      for (const lines of found.map((cause) => finding(cause, page))) console.log(`${lines.join('\n')}\n`);
      console.log(summary(report, false, page).join('\n'));
    }
  }

  printsToStdio(): boolean {
    return false;
  }
}

/** What a report says of checks over every answer. */
function overOnly(report: Report): Report {
  const results = report.results.filter(({ id }) => report.results.some(({ over }) => over && Object.hasOwn(over, id)));
  return { ...report, results, totals: totals(results) };
}

function isCase(test: TestCase): boolean {
  return caseLocation(test) !== undefined;
}

/** The JSON that a test was made of, from its annotation. */
function caseLocation({ annotations }: TestCase): TestCase['location'] | undefined {
  const place = annotations.find(({ type }) => type === 'case')?.description ?? '';
  const [, file, line, column] = /^(specs\/.+\.json):(\d+):(\d+)$/.exec(place) ?? [];
  return file === undefined
    ? undefined
    : { file: fileURLToPath(new URL(file, packageRoot)), line: Number(line), column: Number(column) };
}
