import { expect, test } from 'vitest';
import { ordered } from './notes.ts';

test('what is said of one pool comes last', () => {
  expect(ordered(new Set(['pool b', 'the target stopped', 'pool a', 'no events']))).toEqual([
    'no events',
    'the target stopped',
    'pool a',
    'pool b',
  ]);
});
