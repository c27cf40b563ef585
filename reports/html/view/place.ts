/** The case that is open, and the column it is looked at in; without one, the first that differs. */
export interface Place {
  id: string;
  column?: number;
}

/** Of an address such as `results.html#GetUser/names-the-user`. */
export function placeIn(hash: string): Place | undefined {
  if (hash.length < 2) return undefined;
  try {
    return { id: decodeURIComponent(hash.slice(1)) };
  } catch {
    return { id: hash.slice(1) };
  }
}

export function hashOf({ id }: Place): string {
  return `#${encodeURI(id)}`;
}
