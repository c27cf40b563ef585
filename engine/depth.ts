/** Whether brackets of a JSON text are nested deeper than so many levels. */
export function isDeeper(json: string, levels: number): boolean {
  // Each level takes two brackets.
  if (json.length <= 2 * levels) return false;
  let depth = 0;
  for (let at = 0; at < json.length; at += 1) {
    const letter = json[at];
    if (letter === '"') {
      at = endOfText(json, at + 1);
      if (at < 0) return false;
    } else if (letter === ']' || letter === '}') depth -= 1;
    else if ((letter === '[' || letter === '{') && (depth += 1) > levels) return true;
  }
  return false;
}

/** Of a text in JSON, its last quote; -1 where it does not end. */
function endOfText(json: string, from: number): number {
  for (let at = json.indexOf('"', from); at >= 0; at = json.indexOf('"', at + 1)) {
    let slashes = 0;
    while (json[at - 1 - slashes] === '\\') slashes += 1;
    if (slashes % 2 === 0) return at;
  }
  return -1;
}
