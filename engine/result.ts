import type { Level } from './case.ts';

/** `known`, `fixed` and `changed` come from a baseline; the rest from the run itself. */
export type Verdict = 'pass' | 'warn' | 'info' | 'fail' | 'skip' | 'blocked' | 'error' | 'known' | 'fixed' | 'changed';

export type Totals = Record<Verdict, number>;

/** The verdict on one case, with no secret in it. */
export interface Result {
  id: string;
  title: string;
  area: string;
  level: Level;
  verdict: Verdict;
  /** One sentence: why it is not a pass. */
  reason?: string;
  /** Where the owner of the baseline follows a known difference. */
  issue?: string;
  /** What results with the same origin share; reports group by it. */
  cause?: string;
  /** Stable form of how the case differs: no values, no step numbers. */
  fingerprint?: string;
  evidence: string[];
  /** Where the case stands, `specs/...json`, relative to the package. */
  file: string;
  durationMs: number;
  mismatches: Mismatch[];
  /** Exchanges: kept for what did not pass, or for all with a trace. */
  steps: StepRecord[];
  /** Members of answers that AWS does not model: listed, never failed. */
  unmodelled?: string[];
  /** Its part in the checks over every answer of the run, by their ids. */
  over?: Record<string, OverPart>;
  /** A shell script that shows the difference by hand. */
  reproduction?: string;
  /** What a baseline says of a check over every answer, which is judged again where parts of a run are joined. */
  known?: { reason: string; issue?: string; fingerprint: string; versions?: string };
}

/** How many answers of one case a check over every answer was held against, and in what some differed. */
export interface OverPart {
  judged: number;
  /** By the part that they have in a fingerprint. */
  differing?: Record<string, { count: number; example: Mismatch }>;
}

export type Grade = 'must' | 'should' | 'may';

export interface Mismatch {
  /** Index of the step in the case; -1 for what is outside of them. */
  step: number;
  call: string;
  grade: Grade;
  kind:
    | 'status'
    | 'error'
    | 'message'
    | 'header'
    | 'body'
    | 'text'
    | 'shape'
    | 'attributes'
    | 'messages'
    | 'events'
    | 'no-answer'
    | 'client';
  /** Where in the answer: a JSON pointer, a header, or `user.attribute`. */
  path: string;
  message: string;
  expected?: unknown;
  actual?: unknown;
}

export interface StepRecord {
  call: string;
  role: 'fixture' | 'step' | 'control' | 'observation';
  request: { method: string; url: string; headers: Record<string, string>; body?: string | undefined };
  response?: { status: number; headers: [string, string][]; body: string; retried?: boolean };
  /** Why no answer came. */
  failure?: string;
  durationMs: number;
}

/** One run of the suite on one target: the content of `results.json`. */
export interface Report {
  reportVersion: 1;
  suite: { name: string; version: string; cases: number; hash: string };
  target: { name: string; version?: string | undefined; endpoint: string; selfTest?: boolean | undefined };
  results: Result[];
  totals: Totals;
  run: Run;
}

export interface Run {
  id: string;
  startedAt: string;
  durationMs: number;
  host: 'command' | 'playwright';
  via: 'wire' | 'sdk' | 'browser';
  node: string;
  shard?: string;
  /** False while it runs, and for ever if it was interrupted. */
  complete: boolean;
  /** Why nothing could be judged: the target was not reached, or is something else. */
  problem?: string;
  /** What fixtures read back that lacks something asked for. */
  notes?: string[];
  /** What was found out of an endpoint without a manifest, before the first case. */
  discovered?: Inference[];
}

/** Something inferred of a target, and the answer that says so. */
export interface Inference {
  what: string;
  inferred: string;
  from: string;
}
