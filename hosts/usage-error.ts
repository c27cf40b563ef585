/** Wrong use: one line that says what was found, what is allowed and what to do. Exit code 2. */
export class UsageError extends Error {
  override name = 'UsageError';
}
