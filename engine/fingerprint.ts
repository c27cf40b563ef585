/** Grows when fingerprints are made another way: older baselines are then drafted anew. */
const FINGERPRINT_VERSION = 1;

/** How a case differs, in parts that survive other values, orders and steps. */
export function fingerprintOf(parts: string[]): string {
  return `${FINGERPRINT_VERSION}: ${[...new Set(parts)].join('; ')}`;
}

/** What the parts of a check over every answer begin with. */
export const EVERY_ANSWER = 'every answer';

export function isOfEveryAnswer(fingerprint: string): boolean {
  return partsOf(fingerprint).every((part) => part.startsWith(EVERY_ANSWER));
}

/** Whether all that one tells is told by the other. */
export function isWithin(fingerprint: string, other: string): boolean {
  return partsOf(fingerprint).every((part) => partsOf(other).includes(part));
}

function partsOf(fingerprint: string): string[] {
  return wordsOf(fingerprint).split('; ');
}

/** For a person, who is not told how fingerprints are made. */
export function wordsOf(fingerprint: string): string {
  return fingerprint.replace(/^\d+: /, '');
}

/** A pointer that is the same wherever in a list the item stands. */
export function withoutIndices(path: string): string {
  return path.replace(/\/\d+(?=\/|$)/g, '/-');
}

/** Whether a fingerprint was made the way they are made now. */
export function isCurrent(fingerprint: string): boolean {
  return fingerprint.startsWith(`${FINGERPRINT_VERSION}: `);
}
