/** Grows when fingerprints are made another way: older baselines are then drafted anew. */
const FINGERPRINT_VERSION = 1;

/** How a case differs, in parts that survive other values, orders and steps. */
export function fingerprintOf(parts: string[]): string {
  return `${FINGERPRINT_VERSION}: ${[...new Set(parts)].join('; ')}`;
}

/** A pointer that is the same wherever in a list the item stands. */
export function withoutIndices(path: string): string {
  return path.replace(/\/\d+(?=\/|$)/g, '/-');
}

/** Whether a fingerprint was made the way they are made now. */
export function isCurrent(fingerprint: string): boolean {
  return fingerprint.startsWith(`${FINGERPRINT_VERSION}: `);
}
