import type { Caller } from './caller.ts';
import type { Redactor } from './redact.ts';
import type { Session } from './session.ts';

/** What one case works with: the run it belongs to, its own records and its own secrets. */
export interface Tools {
  session: Session;
  caller: Caller;
  redactor: Redactor;
}
