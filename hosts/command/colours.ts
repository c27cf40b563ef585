type Environment = Readonly<Record<string, string | undefined>>;
type Stream = { isTTY?: boolean | undefined };

/** Whether to write colours: on a terminal that has them, unless the environment says otherwise. */
export function colours(env: Environment = process.env, stream: Stream = process.stdout): boolean {
  const { NO_COLOR, FORCE_COLOR } = env;
  if (NO_COLOR) return false;
  if (FORCE_COLOR) return !['0', 'false'].includes(FORCE_COLOR);
  return redraws(env, stream);
}

/** Whether what is written can be moved about and coloured: a terminal, and not one that says it is dumb. */
export function redraws(env: Environment = process.env, stream: Stream = process.stderr): boolean {
  return stream.isTTY === true && env['TERM'] !== 'dumb';
}
