export function median(values: readonly number[]): number {
  const ordered = [...values].sort((one, other) => one - other);
  const middle = ordered.length >> 1;
  return ordered.length % 2 === 1
    ? (ordered[middle] ?? NaN)
    : ((ordered[middle - 1] ?? NaN) + (ordered[middle] ?? NaN)) / 2;
}
