/** What a set of shards, such as `1/3` and `3/3`, lacks: a line each. */
export function missingShards(shards: readonly string[]): string[] {
  const found = [...new Set(shards)].map((shard) => shard.split('/').map(Number));
  const totals = [...new Set(found.map(([, total = 1]) => total))].sort((one, other) => one - other);
  return totals.flatMap((total) => {
    const there = found.filter(([, of]) => of === total).map(([number]) => number);
    const all = Array.from({ length: total }, (_, index) => index + 1);
    return all.filter((number) => !there.includes(number)).map((number) => `shard ${number}/${total} is missing`);
  });
}
