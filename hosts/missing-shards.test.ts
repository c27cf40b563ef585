import { expect, test } from 'vitest';
import { missingShards } from './missing-shards.ts';

test.each<[shards: string[], missing: string[]]>([
  [[], []],
  [['1/1'], []],
  [['2/3', '1/3', '3/3', '1/3'], []],
  [['1/3', '3/3'], ['shard 2/3 is missing']],
  [['3/10'], [1, 2, 4, 5, 6, 7, 8, 9, 10].map((number) => `shard ${number}/10 is missing`)],
  [
    ['1/2', '3/3'],
    ['shard 2/2 is missing', 'shard 1/3 is missing', 'shard 2/3 is missing'],
  ],
])('of %j', (shards, missing) => {
  expect(missingShards(shards)).toEqual(missing);
});
