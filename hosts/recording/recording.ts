import type { JsonObject } from '../../engine/case.ts';
import type { NoAnswerKind } from '../../engine/exchange.ts';
import type { Target } from '../../engine/target.ts';

/** `recording.json`: of what, when and with what a recording was made. */
export interface About {
  recordingVersion: 1;
  startedAt: string;
  endedAt: string;
  /** False where the run was interrupted. */
  complete: boolean;
  target: { name: string; version?: string | undefined; endpoint: string; selfTest?: boolean | undefined };
  region: string;
  suite: { name: string; version: string; hash: string };
  /** Of the AWS SDK whose service model the suite is held against; absent where it is not installed. */
  sdk?: string | undefined;
  node: string;
  means: Means;
}

/** What of a target is known beside its answers. */
export interface Means {
  admin?: string | undefined;
  values: Readonly<Record<string, string>>;
  features?: readonly string[] | undefined;
  fixedCode?: string | undefined;
  onlyMails?: readonly ('codes' | 'messages')[] | undefined;
  lateMs?: number | undefined;
  issues?: Target['issues'];
  /** With `<run.id>` for the id of the run. */
  poolSettings?: JsonObject | undefined;
  /** Cases that it was not asked for, and why. */
  leftOut?: Readonly<Record<string, string>> | undefined;
  /** Readings that there were. */
  reads: ('codes' | 'messages' | 'mails' | 'functions' | 'signingKey')[];
}

/** `<area>/<slug>[.row].json` or `fixtures/...`: all that was asked of the target for one case, or for all. */
export interface Journal {
  recordingVersion: 1;
  /** The id of the case, or what is shared. */
  of: string;
  /** What stands as `<name>` in it. */
  labels: Record<string, Label>;
  entries: Entry[];
}

/** A text of this form, `#` a digit; or a token that says this. */
export type Label = { form: string } | { header: JsonObject; claims: JsonObject };

export type Entry = Exchange | Reading;

/** A request, and what came. */
export interface Exchange {
  call: string;
  at: string;
  durationMs: number;
  request: { method: string; path: string; headers: Record<string, string>; body?: string | undefined };
  response?: { status: number; headers: [name: string, value: string][]; body: string; retried?: boolean | undefined };
  /** Why no answer came. */
  failure?: { kind: NoAnswerKind; message: string };
}

/** Something read beside the answers. */
export interface Reading {
  read: 'codes' | 'messages' | 'mails' | 'events';
  at: string;
  found?: unknown;
  /** Why it could not be read. */
  failure?: { message: string };
}

/** In the place of the id of a run. */
export const RUN_ID = '<run.id>';

/** Journals that are asked of by whatever case comes first: what they hold has no order. */
export const UNORDERED: ReadonlySet<string> = new Set(['fixtures/support', 'fixtures/end']);

/** `UpdateUserAttributes/expired-token/row` → `UpdateUserAttributes/expired-token.row.json` */
export function fileOf(of: string): string {
  const [folder = '', slug = '', ...row] = of.split('/');
  return `${folder}/${slug}${folder === 'fixtures' ? row.map((part) => `/${part}`).join('') : row.map((part) => `.${part}`).join('')}.json`;
}
