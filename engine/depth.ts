/** Whether brackets of a JSON text are nested deeper than so many levels. */
export function isDeeper(json: string, levels: number): boolean {
  // Each level takes two brackets.
  if (json.length <= 2 * levels) return false;
  let depth = 0;
  let inText = false;
  for (let at = 0; at < json.length; at += 1) {
    const letter = json[at];
    if (letter === '"') inText = !inText;
    else if (inText) at += letter === '\\' ? 1 : 0;
    else if (letter === ']' || letter === '}') depth -= 1;
    else if ((letter === '[' || letter === '{') && (depth += 1) > levels) return true;
  }
  return false;
}
