import type { Case, Evidence, JsonObject } from './case.ts';
import type { NamedSchemas } from './pattern.ts';
import type { Problem } from './problem.ts';
import type { TokenKind } from './tokens.ts';

/** All data of the suite, loaded and checked. */
export interface Suite extends SupportData {
  name: string;
  version: string;
  /** Of the cases and fixtures: two reports compare only under the same hash. */
  hash: string;
  /** Those at fault among them: they are listed and never sent. */
  cases: Case[];
  /** What is wrong with case files. */
  faults: Problem[];
}

/** What cases are written and run with. */
export interface SupportData {
  /** The package: `file` of a case is a path in it. */
  folder: string;
  evidence: ReadonlyMap<string, Evidence>;
  operations: Readonly<Record<string, Operation>>;
  shapes: Readonly<Record<string, JsonObject>>;
  tokenKinds: Readonly<Record<string, TokenKind>>;
  patterns: NamedSchemas;
  pools: Readonly<Record<string, JsonObject>>;
  client: JsonObject;
  retired: Readonly<Record<string, { reason: string; successor?: string }>>;
  statements: readonly Statement[];
  /** Of the input of an operation. */
  constraints: Readonly<Record<string, Constraint[]>>;
  untested: Untested;
}

/** What tests something: cases by id (an id without its row means all rows), or the reason why none can. Neither: open. */
export interface Tested {
  cases?: string[];
  untested?: string;
}

/** A sentence of the API reference in our words: an entry of `specs/statements.json`. */
export interface Statement extends Tested {
  id: string;
  /** The operation on whose page it stands. */
  on: string;
  statement: string;
}

/** What the service model says of one member of an input: an entry of `specs/constraints.json`. */
export interface Constraint extends Tested {
  /** Such as `UserAttributes[].Name`. */
  member: string;
  must: { required: true } | { type: string } | { pattern: string } | { minLength: number } | { maxLength: number };
}

/** Why nothing tests what the suite would otherwise find open: `specs/untested.json`. */
export interface Untested {
  operations: { operations: string[]; reason: string }[];
  /** Without `on`: of every operation that declares the error. */
  errors: { error: string; on?: string[]; reason: string }[];
}

/** An entry of `specs/operations.json`. */
export interface Operation {
  signed: boolean;
  writes: 'attributes' | 'other' | 'nothing';
  /** The members of its input. */
  input: string[];
  /** The errors that the service model declares. */
  errors: string[];
}
