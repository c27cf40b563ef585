import type { Case, JsonObject, Step } from './case.ts';
import type { Finding } from './expectation.ts';
import { Interruption } from './interruption.ts';
import type { Suite } from './suite.ts';
import type { HttpRequest, HttpResponse } from './target.ts';

/** Sends the steps of cases in place of the bare wire: an SDK, a page in a browser. Hosts build one. */
export interface Client {
  /** In sentences: `the SDK`. */
  title: string;
  /** Whether a step goes through it; others stay on the wire, as fixtures and controls do. */
  takes(step: Step, signed: boolean): boolean;
  /** Why a case in which nothing that is judged goes through it is not for it. */
  leaves: string;
  /** Why it cannot send a step that goes through it, whatever its values are. */
  refuses(step: Step, signed: boolean): string | undefined;
  /** Rejects with `NoAnswer`, with `Withheld`, and with what `unsendable` makes. */
  send(call: ClientCall): Promise<ClientAnswer>;
}

export interface ClientCall {
  /** Absent where the request is a raw one. */
  operation?: string | undefined;
  input: JsonObject;
  /** As the wire would send it. */
  request: HttpRequest;
  /** On a connection of its own, where it can choose. */
  fresh: boolean;
}

export interface ClientAnswer {
  /** What went and what came, on the wire. */
  request: HttpRequest;
  response: HttpResponse;
  /** What its caller is shown of the answer, where that is less. */
  seen?: HttpResponse;
  made?: Made;
}

/** Where a client makes something else of an answer than it says. */
export interface Made {
  /** A program on top of it goes wrong. */
  breaks: Finding[];
  /** It has less to tell. */
  details: Finding[];
}

/** An answer came, and the client does not give it to its caller. */
export class Withheld extends Error {
  readonly finding: Finding;
  /** What came on the wire, where enough of it is known to tell a refusal by. */
  readonly response: HttpResponse | undefined;
  constructor(finding: Finding, response?: HttpResponse) {
    super(finding.message);
    this.finding = finding;
    this.response = response;
  }
}

/** Why a case is not for a client: it cannot send a step that goes through it, or nothing that is judged does. */
export function whyNotFor(client: Client, { steps }: Case, { operations }: Suite): string | undefined {
  const taken = steps.filter((step) => client.takes(step, isSigned(step, operations)));
  const whys = taken.flatMap((step) => client.refuses(step, isSigned(step, operations)) ?? []);
  return whys[0] ?? (taken.some(({ expect }) => expect) ? undefined : client.leaves);
}

/** Ends a case that goes otherwise through a client than it says. */
export function unsendable({ title }: Pick<Client, 'title'>, why: string): Interruption {
  return new Interruption('skip', `${title} cannot send it: ${why}`);
}

export function isSigned({ sign, call = '' }: Step, operations: Suite['operations']): boolean {
  return sign ?? operations[call]?.signed ?? false;
}
