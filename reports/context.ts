import type { Result } from '../engine/result.ts';
import type { FindEvidence } from './best-claim.ts';
import type { Detail } from './finding.ts';

/** What a format may ask beside the results. */
export interface ReportContext {
  evidence: FindEvidence;
  colour: boolean;
  /** Columns of the terminal; more than 120 are not used. */
  width: number;
  /** `quiet` leaves out what nobody has to act on, `verbose` nothing. */
  detail?: Detail | undefined;
  /** Whether warnings count as differences. */
  strict: boolean;
  /** The file that holds a target's known differences. */
  baseline?: ((target: string) => string | undefined) | undefined;
  /** Where a reader of a result finds it in their own files. */
  place?: ((result: Result, target: string) => Place | undefined) | undefined;
  /** Every case of the suite by its id, and the operations and means that it needs. */
  contract?: ReadonlyMap<string, readonly string[]> | undefined;
}

/** A path from the root of a repository, with slashes; counted from 1. */
export interface Place {
  file: string;
  line: number;
  column: number;
}
