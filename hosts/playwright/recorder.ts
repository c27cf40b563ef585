import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import type { FullConfig, FullProject, TestCase, TestResult } from '@playwright/test/reporter';
import { applyBaseline } from '../../engine/baseline.ts';
import type { Case } from '../../engine/case.ts';
import { areaOf } from '../../engine/case-files.ts';
import { ordered } from '../../engine/notes.ts';
import { foldOver, isOverCase, type OverCase } from '../../engine/over.ts';
import type { Report, Result, Run } from '../../engine/result.ts';
import { attached, type Judgement, type Problem } from './judgement.ts';
import type { Suite } from '../../engine/suite.ts';
import { openResults, type ResultsWriter } from '../../reports/writer.ts';

/** Writes what the tests found as the command writes it: `conformance/<target>/results.json` in the output folder. */
export interface Recorder {
  add(test: TestCase, result: TestResult): void;
  /** `whole`: the run was not interrupted. Gives a report a target of which anything was found. */
  finish(whole: boolean): Report[];
}

interface Recording {
  project: FullProject;
  planned: number;
  ids: Set<string>;
  notes: Set<string>;
  problem?: string;
  startedAt: number;
  endedAt: number;
  writer?: ResultsWriter;
  found: Result[];
  /** Cases whose worker ended before it told of them, and how. */
  untold: Map<string, string>;
  last?: Judgement;
}

/** Checks over every answer have no tests: they are judged at the end of each project. */
export function recordResults(
  { shard }: Pick<FullConfig, 'shard'>,
  tests: readonly TestCase[],
  suite: Suite,
): Recorder {
  const checks = suite.cases.filter(isOverCase);
  const recordings = new Map<string, Recording>();
  for (const test of tests) {
    const project = projectOf(test);
    const recording = recordings.get(project.name) ?? begin(project);
    if (test.repeatEachIndex === 0) recording.planned += 1;
    recordings.set(project.name, recording);
  }
  const run: Omit<Run, 'startedAt' | 'durationMs'> = {
    id: randomUUID(),
    host: 'playwright',
    via: 'wire',
    node: process.version,
    ...(shard && { shard: `${shard.current}/${shard.total}` }),
    complete: false,
  };

  return {
    add(test, result) {
      const recording = recordings.get(projectOf(test).name);
      if (!recording) return;
      const start = result.startTime.getTime();
      recording.startedAt = Math.min(recording.startedAt, start);
      recording.endedAt = Math.max(recording.endedAt, start + result.duration);
      const found = attached(result);
      if (!found) return void noteUntold(test, result, recording);
      recording.writer ??= open(recording, found, checks.length, { ...run, ...timesOf(recording) });
      if ('problem' in found) recording.problem = found.problem;
      else note(recording, recording.writer, found);
    },
    finish(whole) {
      return [...recordings.values()].flatMap((recording) => {
        const { writer, planned, ids, problem, notes } = recording;
        const untold = suite.cases.flatMap((one) => (ids.has(one.id) ? [] : errorOf(one, recording)));
        for (const result of untold) ids.add(result.id);
        if (writer) [...untold, ...fold(recording, checks, suite.cases.length)].forEach(writer.add);
        const report = writer?.finish({
          ...run,
          ...timesOf(recording),
          complete: whole && (problem !== undefined || ids.size === planned),
          ...(problem !== undefined && { problem }),
          ...(notes.size > 0 && { notes: ordered(notes) }),
        });
        return report ? [report] : [];
      });
    },
  };
}

function begin(project: FullProject): Recording {
  return {
    project,
    planned: 0,
    ids: new Set(),
    notes: new Set(),
    startedAt: Infinity,
    endedAt: 0,
    found: [],
    untold: new Map(),
  };
}

function open(
  { project, planned }: Recording,
  { suite, target }: Judgement | Problem,
  checks: number,
  run: Run,
): ResultsWriter {
  const header = { reportVersion: 1, suite: { ...suite, cases: planned + checks }, target } as const;
  return openResults(join(project.outputDir, 'conformance', project.name), header, run);
}

/** A case that is repeated or retried counts once: as first found. */
function note(recording: Recording, writer: ResultsWriter, judgement: Judgement): void {
  const { ids, notes, found } = recording;
  const { result } = judgement;
  recording.last = judgement;
  for (const each of judgement.notes) notes.add(each);
  if (ids.has(result.id)) return;
  ids.add(result.id);
  found.push(result);
  writer.add(result);
}

function noteUntold({ tags }: TestCase, { status, error }: TestResult, { untold }: Recording): void {
  if (status !== 'failed') return;
  const [message = 'its worker said nothing'] = (error?.message ?? '').replace(/^Error: /, '').split('\n');
  for (const tag of tags) untold.set(tag.slice(1), message);
}

/** A worker that was killed judges nobody. */
function errorOf(test: Case, { untold }: Recording): Result[] {
  const reason = untold.get(test.id);
  if (reason === undefined) return [];
  const { id, title, level, evidence, file } = test;
  const empty = { durationMs: 0, mismatches: [], steps: [] };
  return [{ id, title, area: areaOf(test), level, verdict: 'error', reason, cause: reason, evidence, file, ...empty }];
}

/** The checks over every answer, judged by what all tests were answered. */
function fold({ found, last, planned }: Recording, checks: readonly OverCase[], cases: number): Result[] {
  if (!last) return [];
  const { known: baseline, target } = last;
  const whole = planned + checks.length === cases;
  const against = baseline && { baseline, version: target.version, strict: false, whole };
  return foldOver(checks, found).map((result) => (against ? applyBaseline(result, against) : result));
}

function timesOf({ startedAt, endedAt }: Recording): Pick<Run, 'startedAt' | 'durationMs'> {
  return { startedAt: new Date(startedAt).toISOString(), durationMs: Math.round(endedAt - startedAt) };
}

function projectOf(test: TestCase): FullProject {
  const project = test.parent.project();
  if (!project) throw new Error(`the test "${test.title}" is in no project`);
  return project;
}
