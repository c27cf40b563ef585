/** Whether brackets of a JSON text are nested deeper than so many levels. */
export function isDeeper(json: string, levels: number): boolean {
  // Each level takes two brackets.
  if (json.length <= 2 * levels) return false;
  let depth = 0;
  for (const [token] of json.matchAll(/"(?:[^"\\]|\\.)*"|[[{\]}]/gs)) {
    if (token === '[' || token === '{') depth += 1;
    else if (token === ']' || token === '}') depth -= 1;
    if (depth > levels) return true;
  }
  return false;
}
