const DOTTED = /(?<![\w.-])[\w-]+(?:\.[\w-]*)+/g;
const SHORTEST = 5;

/** What looks like a JWT in a text, each as it stands there. One pass, whatever the text is: it may be a target's. */
export function jwtsIn(text: string): { at: number; token: string }[] {
  return [...text.matchAll(DOTTED)].flatMap(({ 0: run, index }) => {
    const parts = run.split('.');
    let at = index;
    for (const [nth, part] of parts.entries()) {
      const start = /\beyJ/.exec(part)?.index;
      const isHeader = start !== undefined && part.length >= start + 3 + SHORTEST;
      if (isHeader && (parts[nth + 1] ?? '').length >= SHORTEST) {
        return [{ at: at + start, token: text.slice(at + start, index + run.length) }];
      }
      at += part.length + 1;
    }
    return [];
  });
}
