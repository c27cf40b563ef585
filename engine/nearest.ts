/** The word that `wanted` was likely meant to be: the fewest edits away, and no more than a third of its length. */
export function nearest(wanted: string, words: readonly string[]): string | undefined {
  let best: string | undefined;
  let fewest = Math.max(1, Math.floor(wanted.length / 3)) + 1;
  for (const word of words) {
    const count = edits(wanted.toLowerCase(), word.toLowerCase());
    if (count < fewest) [best, fewest] = [word, count];
  }
  return best;
}

/** How many letters must be put in, taken out, replaced or swapped with their neighbour. */
function edits(from: string, to: string): number {
  const rows = [Array.from({ length: to.length + 1 }, (_, column) => column)];
  const at = (line: number, column: number): number => rows[line]?.[column] ?? Infinity;
  for (let line = 1; line <= from.length; line += 1) {
    rows.push([line]);
    for (let column = 1; column <= to.length; column += 1) {
      const same = from[line - 1] === to[column - 1];
      const swapped = from[line - 1] === to[column - 2] && from[line - 2] === to[column - 1];
      rows[line]?.push(
        Math.min(
          at(line - 1, column - 1) + (same ? 0 : 1),
          at(line - 1, column) + 1,
          at(line, column - 1) + 1,
          swapped ? at(line - 2, column - 2) + 1 : Infinity,
        ),
      );
    }
  }
  return at(from.length, to.length);
}
