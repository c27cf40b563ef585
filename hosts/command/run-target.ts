import { randomUUID } from 'node:crypto';
import { applyBaseline, rangeNote, type Baseline } from '../../engine/baseline.ts';
import type { Case } from '../../engine/case.ts';
import { Interruption } from '../../engine/interruption.ts';
import { ordered } from '../../engine/notes.ts';
import { foldOver, isOverCase } from '../../engine/over.ts';
import { problemOf } from '../../engine/preflight.ts';
import type { Inference, Report, Result, Run } from '../../engine/result.ts';
import { runCases } from '../../engine/run-cases.ts';
import { closeSession, openSession, renewSession, type Session } from '../../engine/session.ts';
import type { Suite } from '../../engine/suite.ts';
import type { Target } from '../../engine/target.ts';
import type { Detail } from '../../reports/finding.ts';
import { progress, type ProgressStream } from '../../reports/progress.ts';
import { totals } from '../../reports/totals.ts';
import { openResults, type ResultsWriter } from '../../reports/writer.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { TargetError } from '../../targets/target-error.ts';
import type { AwsOptions } from '../aws/open.ts';
import type { Pruner } from '../baseline-file.ts';
import { discoverEndpoint } from '../discover-endpoint.ts';
import type { Places } from '../known-places.ts';
import { redraws } from './colours.ts';
import { openTarget, type OpenTarget } from '../open-target.ts';
import { keepRecording } from '../recording/keep-recording.ts';
import { reproduced } from '../reproduction/reproduced.ts';
import type { Via } from '../via/via.ts';

export interface RunTargetOptions {
  suite: Suite;
  cases: readonly Case[];
  /** Where `results.json` goes; nowhere without. */
  folder?: string | undefined;
  baseline?: Baseline | undefined;
  /** In the place of the baseline: takes out of its file what passes now. */
  pruner?: Pruner | undefined;
  /** Gets the report of a run that was judged. */
  draft?: ((report: Report) => void) | undefined;
  strict: boolean;
  trace: boolean;
  concurrency?: number | undefined;
  /** Keeps every exchange in this folder, to be replayed. */
  record?: string | undefined;
  /** Of the progress. */
  detail?: Detail | undefined;
  /** What the steps of cases go through; the bare wire without. */
  via?: Via | undefined;
  /** What goes before a run in a real account. */
  aws?: AwsOptions | undefined;
  signal: AbortSignal;
}

/** Runs cases on one target from start to stop; what cannot be reached becomes the run's `problem`. */
export async function runTarget(manifest: Manifest, options: RunTargetOptions): Promise<Report> {
  const clock = startClock(options.via?.name);
  let open: OpenTarget;
  try {
    open = await openTarget(manifest, { via: options.via, aws: options.aws, signal: options.signal });
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const { name, selfTest, start } = manifest;
    const target = { name, selfTest, endpoint: 'url' in start ? start.url : '' };
    const complete = !options.signal.aborted;
    return writerFor(target, clock.ended(), options).finish(clock.ended({ complete, problem: error.message }));
  }
  try {
    // Until somebody has said yes, a run in a real account has not begun.
    return await judge(manifest, open, open.guard ? startClock() : clock, options);
  } finally {
    await open.close();
  }
}

async function judge(manifest: Manifest, open: OpenTarget, clock: Clock, options: RunTargetOptions): Promise<Report> {
  const { suite, cases, baseline, pruner, strict, trace, detail, signal } = options;
  const { guard } = open;
  const { session, problem, discovered, places } = await prepared(manifest, open.target, suite);
  const { name, version, endpoint, selfTest } = session.target;
  const writer = writerFor({ name, version, endpoint, selfTest }, clock.ended(), options);
  // Fewer answers come through a client than on the wire, for which a baseline is.
  const whole = cases.length === suite.cases.length && !options.via;
  if (problem !== undefined) return writer.finish(clock.ended({ complete: !signal.aborted, problem }));

  const recording = options.record === undefined ? undefined : keepRecording(options.record);
  if (recording) renewSession(session, { start: session.start, target: recording.listenTo(session.target) });
  const keeper = open.keeper && recording ? recording.listenToKeeper(open.keeper) : open.keeper;
  const line = progress(name, cases.length, stderr(), { detail, current: () => [...session.inFlight][0] });
  const byId = new Map(cases.map((test) => [test.id, test]));
  const found: Result[] = [];
  let left: string | undefined;
  const onResult = (result: Result): void => {
    if (session.down !== undefined) guard?.end(session.down);
    // It was not reached any more.
    if (guard?.stopped.aborted && result.verdict === 'error') return;
    const against = { version, strict, whole };
    const known = baseline
      ? applyBaseline(result, { ...against, baseline })
      : (pruner?.judge(result, against) ?? result);
    const judged = reproduced(known, byId.get(known.id), { suite, target: session.target, places });
    found.push(judged);
    writer.add(judged);
    line.add(judged);
  };
  try {
    const concurrency = options.concurrency ?? open.concurrency;
    await runCases(inTurn(cases, open.first), session, {
      concurrency,
      keeper,
      trace: trace || recording !== undefined,
      signal: guard?.stopped ?? signal,
      onResult,
    });
    const judged = new Set(found.map(({ id }) => id));
    for (const { id } of cases) if (!judged.has(id)) recording?.forget(id);
    foldOver(cases.filter(isOverCase), found).forEach(onResult);
  } finally {
    line.stop();
    await closeSession(session);
    left = await guard?.clear();
  }
  const why = guard?.ended();
  if (left !== undefined && why === undefined) session.notes.add(left);
  const outside = baseline && rangeNote(baseline, version);
  const notes = ordered([...session.notes, ...(outside ? [outside] : [])]);
  const said = {
    ...(why !== undefined && { problem: [why, left ?? []].flat().join('; ') }),
    ...(notes.length > 0 && { notes }),
    ...(discovered && { discovered }),
  };
  const report = writer.finish(clock.ended({ complete: !(guard?.stopped ?? signal).aborted, ...said }));
  recording?.end(report, session);
  if (why !== undefined) return report;
  options.draft?.(report);
  pruner?.write();
  return report;
}

function inTurn(cases: readonly Case[], first: ReadonlySet<string> = new Set()): readonly Case[] {
  return [...cases.filter(({ id }) => first.has(id)), ...cases.filter(({ id }) => !first.has(id))];
}

function stderr(): ProgressStream {
  const { columns } = process.stderr;
  return { redraws: redraws(), columns, write: (text) => process.stderr.write(text) };
}

/** A session with a target of which nothing is known but its endpoint begins with finding out. */
async function prepared(
  manifest: Manifest,
  target: Target,
  suite: Suite,
): Promise<{ session: Session; places: Places; problem?: string | undefined; discovered?: Inference[] }> {
  const session = openSession(target, suite);
  if ('replay' in manifest.start) return { session, places: manifest };
  if (!manifest.bare) return { session, places: manifest, problem: await problemOf(session).catch(stopped) };
  const found = await discoverEndpoint(manifest, target, suite);
  if (typeof found === 'string') return { session, places: {}, problem: found };
  return { session: found.session, places: found.places, discovered: found.discovery.inferences };
}

function stopped(error: unknown): string {
  if (error instanceof Interruption) return error.message;
  throw error;
}

interface Clock {
  /** The run as it stands now. */
  ended(end?: Partial<Run>): Run;
}

function startClock(via: Run['via'] = 'wire'): Clock {
  const started = performance.now();
  const run: Run = {
    id: randomUUID(),
    startedAt: new Date().toISOString(),
    durationMs: 0,
    host: 'command',
    via,
    node: process.version,
    complete: false,
  };
  return { ended: (end = {}) => ({ ...run, ...end, durationMs: Math.round(performance.now() - started) }) };
}

function writerFor(target: Report['target'], run: Run, { suite, cases, folder }: RunTargetOptions): ResultsWriter {
  const about = { name: suite.name, version: suite.version, cases: cases.length, hash: suite.hash };
  const header = { reportVersion: 1, suite: about, target } as const;
  return folder === undefined ? memory(header) : openResults(folder, header, run);
}

/** Where results go when nobody asked for a file. */
function memory(header: Pick<Report, 'reportVersion' | 'suite' | 'target'>): ResultsWriter {
  const results: Result[] = [];
  return {
    add: (result) => void results.push(result),
    finish: (run) => ({ ...header, results, totals: totals(results), run }),
  };
}
