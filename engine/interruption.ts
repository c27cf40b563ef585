/** The case cannot go on: what it tests was not reached. */
export class Interruption extends Error {
  readonly verdict: 'skip' | 'blocked' | 'error';
  /** What other cases with the same trouble share. */
  override readonly cause: string;
  /** For the fingerprint of a `blocked`. */
  readonly call: string;

  constructor(verdict: 'skip' | 'blocked' | 'error', cause: string, reason = cause, call = '') {
    super(reason);
    this.verdict = verdict;
    this.cause = cause;
    this.call = call;
  }
}
