/** The case cannot go on: what it tests was not reached. */
export class Interruption extends Error {
  readonly verdict: 'skip' | 'blocked' | 'error' | 'fail';
  /** What other cases with the same trouble share. */
  override readonly cause: string;
  /** For the fingerprint of a `blocked` or a `fail`. */
  readonly call: string;

  constructor(verdict: 'skip' | 'blocked' | 'error' | 'fail', cause: string, reason = cause, call = '') {
    super(reason);
    this.verdict = verdict;
    this.cause = cause;
    this.call = call;
  }
}
