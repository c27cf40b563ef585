/** What an AWS client says of a call that failed, in one line. */
export function reasonOf(error: unknown): string {
  const { name, message } = error as Error;
  return `${name}: ${message.replace(/\s+/g, ' ').trim() || 'no text'}`;
}
