/** What an AWS client says of a call that failed, in one line: the AWS Encryption SDK adds the stacks of what failed below it. */
export function reasonOf(error: unknown): string {
  const { name, message } = error as Error;
  const lines = message.split('\n').map((line) => line.trim());
  return `${name}: ${lines.filter((line) => line !== '' && !/^at /.test(line)).join(' ') || 'no text'}`;
}
