/** The case that is open, and the column it is looked at in; without one, the first that differs. */
export interface Place {
  id: string;
  column?: number;
  /** Whether an address named it: then the page has to go there. */
  linked?: true;
}

/** Of an address such as `results.html#GetUser/names-the-user`. */
export function placeIn(hash: string): Place | undefined {
  if (hash.length < 2) return undefined;
  try {
    return { id: decodeURIComponent(hash.slice(1)), linked: true };
  } catch {
    return { id: hash.slice(1), linked: true };
  }
}

export function hashOf({ id }: Place): string {
  return `#${encodeURI(id)}`;
}
