/** Columns of the terminal that lines are broken at; a pipe has none, and more than 120 read badly. */
export function terminalWidth(): number {
  return Math.min(120, Math.max(40, process.stdout.columns || 100));
}
