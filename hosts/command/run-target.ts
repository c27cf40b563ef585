import { randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { applyBaseline, draftBaseline } from '../../engine/baseline.ts';
import type { Case } from '../../engine/case.ts';
import { problemOf } from '../../engine/preflight.ts';
import type { Report, Result, Run } from '../../engine/result.ts';
import { runCases } from '../../engine/run-cases.ts';
import { closeSession, openSession } from '../../engine/session.ts';
import type { Suite } from '../../engine/suite.ts';
import { openTarget, readBaseline, type OpenTarget } from '../open-target.ts';
import { requireFolder, writeOutput } from '../../reports/output.ts';
import { progress } from '../../reports/progress.ts';
import { totals } from '../../reports/totals.ts';
import { openResults, type ResultsWriter } from '../../reports/writer.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { TargetError } from '../../targets/target-error.ts';

export interface RunTargetOptions {
  suite: Suite;
  cases: readonly Case[];
  /** Where `results.json` goes; nowhere without. */
  out?: string | undefined;
  baseline?: string | undefined;
  writeBaseline?: string | undefined;
  strict: boolean;
  trace: boolean;
  concurrency?: number | undefined;
  signal: AbortSignal;
}

/** Runs cases on one target from start to stop; what cannot be reached becomes the run's `problem`. */
export async function runTarget(manifest: Manifest, options: RunTargetOptions): Promise<Report> {
  const { suite, cases, out } = options;
  // What is drafted anew is not held against the old one.
  const baselineFile = options.writeBaseline === undefined ? (options.baseline ?? manifest.baseline) : undefined;
  const baseline = baselineFile === undefined ? undefined : readBaseline(baselineFile, suite);
  const draft = options.writeBaseline === undefined ? undefined : drafter(options.writeBaseline, suite, options.strict);
  const clock = performance.now();
  const run: Run = {
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    durationMs: 0,
    host: 'command',
    via: 'wire',
    node: process.version,
    complete: false,
  };
  const ended = (end: Partial<Run>): Run => ({ ...run, ...end, durationMs: Math.round(performance.now() - clock) });
  const header = (target: Report['target']): Pick<Report, 'reportVersion' | 'suite' | 'target'> => ({
    reportVersion: 1,
    suite: { name: suite.name, version: suite.version, cases: cases.length, hash: suite.hash },
    target,
  });
  const writerFor = (target: Report['target']): ResultsWriter =>
    out === undefined ? memory(header(target)) : openResults(out, header(target), run);

  const unreached = (problem: string): Report =>
    writerFor({ name: manifest.name, endpoint: urlOf(manifest), selfTest: manifest.selfTest }).finish(
      ended({ complete: true, problem }),
    );

  let open: OpenTarget;
  try {
    open = await openTarget(manifest);
  } catch (error) {
    if (error instanceof TargetError) return unreached(error.message);
    throw error;
  }
  try {
    const { name, version, endpoint, selfTest } = open.target;
    const writer = writerFor({ name, version, endpoint, selfTest });
    const session = openSession(open.target, suite);
    const problem = await problemOf(session);
    if (problem !== undefined) return writer.finish(ended({ complete: true, problem }));

    const line = progress(name, cases.length, process.stderr);
    const onResult = (result: Result): void => {
      const judged = baseline ? applyBaseline(result, { baseline, version, strict: options.strict }) : result;
      writer.add(judged);
      line.add(judged);
    };
    try {
      await runCases(cases, session, {
        concurrency: options.concurrency ?? open.concurrency,
        trace: options.trace,
        signal: options.signal,
        onResult,
      });
    } finally {
      line.stop();
      await closeSession(session);
    }
    const notes = [...session.notes].sort();
    const report = writer.finish(ended({ complete: !options.signal.aborted, ...(notes.length > 0 && { notes }) }));
    draft?.(report);
    return report;
  } finally {
    await open.close();
  }
}

/** Where results go when nobody asked for a file. */
function memory(header: Pick<Report, 'reportVersion' | 'suite' | 'target'>): ResultsWriter {
  const results: Result[] = [];
  return {
    add: (result) => void results.push(result),
    finish: (run) => ({ ...header, results, totals: totals(results), run }),
  };
}

/** Writes the baseline of what differs now. What is there is read, and the folder made, before anything is run. */
function drafter(file: string, suite: Suite, strict: boolean): (report: Report) => void {
  const older = existsSync(file) ? readBaseline(file, suite) : undefined;
  requireFolder(dirname(file));
  return ({ target, results }) => {
    const about = `Known differences of ${target.name}${target.version ? ` ${target.version}` : ''} from Cognito.`;
    const baseline = draftBaseline(results, about, strict, older);
    writeOutput(dirname(file), basename(file), `${JSON.stringify(baseline, null, 2)}\n`);
  };
}

function urlOf({ start }: Manifest): string {
  return 'url' in start ? start.url : '';
}
