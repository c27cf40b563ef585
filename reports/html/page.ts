import type { Claim, Level } from '../../engine/case.ts';
import type { Totals, Verdict } from '../../engine/result.ts';

/** Everything that the page shows, computed where the report is written. All texts are safe to print. */
export interface Page {
  /** `cognito-conformance 0.1.0`. */
  suite: string;
  columns: Column[];
  /** What judges the suite and not Cognito, a sentence each. */
  selfTests: string[];
  /** By area, those with most that needs action first; in an area too. */
  cases: Row[];
  /** What the cases cite. */
  evidence: Record<string, Source>;
}

/** One run on one target. */
export interface Column {
  /** `moto 5.2.1`. */
  name: string;
  /** `2026-11-23`, with the time where that alone does not tell it from another column. */
  date: string;
  endpoint: string;
  /** How far it conforms. */
  sentence: string;
  /** How much of the contract that covers. */
  coverage: string;
  totals: Totals;
  /** Why it differs, most frequent first. */
  causes: CauseLink[];
  /** Why cases were skipped, likewise. */
  skipped: CauseLink[];
  /** What was found out, what is missing, what fixtures lack. */
  notes: string[];
}

export interface CauseLink {
  cause: string;
  /** The gravest first. */
  verdicts: [Verdict, ...Verdict[]];
  count: number;
}

export interface Row {
  id: string;
  title: string;
  area: string;
  level: Level;
  file: string;
  evidence: string[];
  /** Operations that it calls, and means that it needs. */
  features: string[];
  /** In the order of the columns; none where it was not run. */
  cells: (Cell | null)[];
}

export interface Cell {
  verdict: Verdict;
  reason?: string;
  /** As the first screen names it; none where it passes. */
  cause?: string;
  issue?: string;
  differences?: Difference[];
  exchanges?: Exchange[];
  /** A script that shows it by hand. */
  reproduction?: string;
}

export interface Difference {
  grade: Level;
  /** `UpdateUserAttributes: attribute user.email`. */
  where: string;
  /** Without both, `message` tells it. */
  expected?: string;
  came?: string;
  message: string;
}

export interface Exchange {
  call: string;
  role: string;
  /** Whether it shows a difference. */
  differs?: true;
  request: string;
  /** What came, or why nothing did. */
  response: string;
  /** `200`, `400`, `no answer`. */
  outcome: string;
  durationMs: number;
}

export interface Source {
  statement: string;
  claims: Pick<Claim, 'on' | 'tier' | 'outcome' | 'source' | 'date'>[];
  contradictions: string[];
}
