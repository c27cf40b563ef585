import type { JsonObject, Triggers } from './case.ts';
import type { Client } from './client.ts';
import type { Redactor } from './redact.ts';

/** What the engine needs to know of whom it judges. Hosts build one; the engine never asks how it was started. */
export interface Target {
  name: string;
  version?: string | undefined;
  /** Base URL of the user operations, without a trailing slash. */
  endpoint: string;
  /** Base URL of signed operations, where it is another one, as behind a proxy. */
  admin?: string | undefined;
  /** A check of the suite itself (our mock): proves nothing about Cognito and is no column of a matrix. */
  selfTest?: boolean | undefined;
  region: string;
  credentials: Credentials;
  /** The id of the run on it, where somebody was told it already. */
  runId?: string | undefined;
  /** Cases that it cannot be asked for, by their ids, and why: they are skipped. */
  leftOut?: ReadonlyMap<string, string> | undefined;
  /** Deletes what a run has left of its pools itself, and tells what it could not delete. */
  clears?: true;
  /** What every pool of a run is made with, besides what fixtures ask for. */
  poolSettings?: ((runId: string) => JsonObject) | undefined;
  /** Pools that are there already and are not the run's own, by the names that fixtures give them. */
  pools?: Readonly<Record<string, ExistingPool>> | undefined;
  /** Read by fixtures as `${target.NAME}`. */
  values: Readonly<Record<string, string>>;
  /** Operations and means that it claims to have; absent where all is found out by asking. */
  features?: readonly string[] | undefined;
  send: Send;
  /** What the steps of cases go through, where that is not the bare wire. */
  client?: Client | undefined;
  /**
   * The newest code sent to a user, whose addresses bear the digits of the case; absent where codes cannot be read.
   * Where another than `awaited.other` must come, a target whose codes take their time waits for it.
   */
  latestCode?:
    | ((user: CodeOwner & { unique: string }, awaited?: { other: string | undefined }) => Promise<string | undefined>)
    | undefined;
  /** The code that the target always sends: it tells no two codes apart. */
  fixedCode?: string | undefined;
  /** All messages sent to a user so far; absent where they cannot be read. */
  messages?: ((user: CodeOwner) => Promise<Message[]>) | undefined;
  /** How long messages and events that must come may take, in milliseconds; absent where they are there before the answer. */
  lateMs?: number | undefined;
  /** In place of `messages`, where it is not known to which user of a case they were sent: all of the case's, by its digits. */
  mails?: ((unique: string) => Promise<Message[]>) | undefined;
  /** What is seen of mails alone: what is sent by SMS is not judged then. */
  onlyMails?: readonly ('codes' | 'messages')[] | undefined;
  /** The functions that the target invokes; absent where it invokes none of ours. */
  functions?: Functions | undefined;
  /** The private key that the target signs the tokens of a pool with (PEM or JWK); absent where it is not known. */
  signingKey?: ((UserPoolId: string) => Promise<string | JsonWebKeyLike>) | undefined;
  /** Kinds of tokens that it issues itself, each to whoever signs in through a client of its own. */
  issues?: Readonly<Record<string, Issue>> | undefined;
  /** The time that it lives by; ours unless given. */
  clock?: Clock | undefined;
  /** Told for whom it is asked, where that has to be kept apart: what is recorded, or played again. */
  during?: During | undefined;
}

/** All that is asked of the target within `act` belongs to this work. */
export type During = <T>(work: Work, act: () => Promise<T>) => Promise<T>;

export interface Work {
  /** The id of a case, or `fixtures/...`: what cases share. */
  name: string;
  /** Knows what is secret in it. */
  redactor: Redactor;
}

export function during<T>(target: Pick<Target, 'during'>, work: Work, act: () => Promise<T>): Promise<T> {
  return target.during ? target.during(work, act) : act();
}

export interface Credentials {
  accessKeyId: string;
  secretAccessKey: string;
  /** Of temporary ones. */
  sessionToken?: string;
}

export interface Issue {
  /** Settings of the client besides those that the case asks for. */
  client: JsonObject;
  /** Milliseconds until such a token has expired, which lives less long. */
  after?: number;
}

export interface Clock {
  /** In milliseconds, as `Date.now` gives it. */
  now(): number;
  /** Rejects once aborted. */
  wait(ms: number, signal?: AbortSignal): Promise<void>;
}

export interface ExistingPool {
  UserPoolId: string;
  /** With the settings of `fixtures/client.json`. */
  ClientId: string;
  /** With others beside them. */
  clients?: readonly { ClientId: string; settings: JsonObject }[];
}

/** A message as `messages` shows it: to which address, by which medium. */
export interface Message {
  to: string;
  medium: 'EMAIL' | 'SMS';
}

/** Functions in the place of AWS Lambda's: what they do, and what they were invoked with. */
export interface Functions {
  /** Why they cannot behave so; absent where they can behave in every way. */
  cannot?(triggers: Triggers): string | undefined;
  /** From now on functions that are invoked for this user behave so. For others they give the event back. */
  define(user: CodeOwner, triggers: Triggers): Promise<void>;
  forget(user: CodeOwner): Promise<void>;
  /** The events of this user since they were defined, oldest first. */
  events(user: CodeOwner): Promise<unknown[]>;
}

export interface CodeOwner {
  UserPoolId: string;
  Username: string;
}

export type JsonWebKeyLike = Readonly<Record<string, unknown>>;

/** Sends one HTTP request. Rejects with a `NoAnswer` when no whole answer came. `fresh` asks for a new connection. */
export type Send = (request: HttpRequest, options?: { fresh?: boolean }) => Promise<HttpResponse>;

export interface HttpRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  body?: string | undefined;
}

export interface HttpResponse {
  status: number;
  /** Names as they came, repeated headers one by one. */
  headers: [name: string, value: string][];
  body: string;
  /** A reused socket had been closed by the other side, and the request was sent again on a new one. */
  retried?: boolean;
}
