/** In what two answers differ. */
export interface Difference {
  /** What differences alike share: no value that varies from answer to answer. */
  cause: string;
  /** What the reference answered; absent where it said nothing there. */
  expected?: string | undefined;
  came?: string | undefined;
}
