import type { Case, Evidence, JsonObject } from './case.ts';
import type { NamedSchemas } from './pattern.ts';
import type { TokenKind } from './tokens.ts';

/** All data of the suite, loaded and checked. */
export interface Suite {
  name: string;
  version: string;
  /** Of the cases and fixtures: two reports compare only under the same hash. */
  hash: string;
  cases: Case[];
  evidence: ReadonlyMap<string, Evidence>;
  operations: Readonly<Record<string, Operation>>;
  shapes: Readonly<Record<string, JsonObject>>;
  tokenKinds: Readonly<Record<string, TokenKind>>;
  patterns: NamedSchemas;
  pools: Readonly<Record<string, JsonObject>>;
  client: JsonObject;
  retired: Readonly<Record<string, { reason: string; successor?: string }>>;
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
