import type { Problem } from './problem.ts';

/** The case language as TypeScript sees it. `specs/README.md` is the normative text, `specs/case.schema.json` the check. */

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [member: string]: Json;
}

export type Level = 'must' | 'should' | 'may';

export interface CaseFile {
  $schema?: string;
  formatVersion: 1;
  about: string;
  cases: CaseSource[];
}

/** A case as written; `each` makes one runnable case of every row. */
export interface CaseSource extends Omit<Case, 'row' | 'file' | 'pointer' | 'faults'> {
  each?: Record<string, JsonObject>;
}

/** A case ready to run: one row, and where it was read. */
export interface Case {
  id: string;
  title: string;
  level: Level;
  evidence: string[];
  given?: Given;
  steps: Step[];
  /** In place of `given` and `steps`: a check on every answer of the run. */
  over?: Over;
  /** Of `over` alone. */
  expect?: Expectation;
  row?: JsonObject;
  file: string;
  pointer: string;
  /** What is wrong with it: it is listed and never sent. */
  faults?: readonly Problem[];
}

export interface Given {
  /** A pool of `fixtures/pools.json`. */
  pool: string;
  /** A pool that no other case shares: needed where a step changes the pool. */
  own?: boolean;
  /** Members of CreateUserPoolClient that differ from the default client. */
  client?: JsonObject;
  clients?: Record<string, JsonObject>;
  /** The attributes of `user`. */
  user?: Record<string, string>;
  users?: Record<string, Record<string, string>>;
  /** How the pool's functions behave when they are invoked for one of these users, by trigger: `CustomMessage`. */
  triggers?: Triggers;
}

export type Triggers = Record<string, TriggerFunction>;

/** Gives the event back with these members of its `response`; throws; gives something else back; may not be invoked. */
export type TriggerFunction = { answers: JsonObject } | { throws: string } | { returns: Json } | { refused: string };

/** Which answers to operations a check is held against; all, unless told. */
export interface Over {
  calls?: string[];
  outcome?: 'accepted' | 'refused';
  /** Only answers to requests that bore an Origin header. */
  origin?: true;
}

export interface Step {
  call?: string;
  with?: JsonObject;
  headers?: Record<string, string>;
  sign?: boolean;
  request?: RawRequest;
  expect?: Expectation;
  should?: Expectation;
  control?: JsonObject;
  changes?: JsonObject;
  others?: Record<string, JsonObject>;
  /** A pattern of all that was sent to the users of `given` by the step. */
  messages?: Json;
  /** A pattern of all events that the step caused. */
  events?: Json;
  save?: string;
  eventually?: { withinMs: number };
}

export interface RawRequest {
  method: string;
  path?: string;
  headers?: Record<string, string>;
  body?: string;
}

/** Every member holds a pattern. `text` is the body as it came. */
export interface Expectation {
  status?: Json;
  error?: string | string[];
  message?: Json;
  headers?: JsonObject;
  body?: Json;
  text?: Json;
}

export interface Evidence {
  id: string;
  statement: string;
  claims: Claim[];
  /** Where sources say different things, a sentence each. */
  contradictions?: string[];
  /** Why no case cites it. */
  untested?: string;
}

export type Tier = 'recorded' | 'observed' | 'documented' | 'model' | 'inferred';

export interface Claim {
  /** The operation it was seen on, or `any`. */
  on: string;
  tier: Tier;
  outcome: string;
  status?: number;
  error?: string;
  message?: string;
  source: string;
  /** The file of this repository that holds the exchange, where the tier is `recorded`. */
  recording?: string;
  date?: string;
}
