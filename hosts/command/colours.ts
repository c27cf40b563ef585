/** Whether to write colours: on a terminal, unless the environment says otherwise. */
export function colours(): boolean {
  const { NO_COLOR, FORCE_COLOR } = process.env;
  return NO_COLOR ? false : Boolean(FORCE_COLOR) || process.stdout.isTTY === true;
}
