import { expect, test } from 'vitest';
import { createIdentity } from './identity.ts';

test.each<[what: string, pairs: [string, string][], last: boolean]>([
  ['text is the same only as it stands', [['User does not exist.', 'User does not exist']], false],
  ['an id stands for another', [['pool us-east-1_aB3dE5gH9', 'pool us-east-1_Zz9yX7wV1']], true],
  [
    'the same id twice is the same id twice',
    [
      ['us-east-1_aB3dE5gH9', 'us-east-1_Zz9yX7wV1'],
      ['us-east-1_aB3dE5gH9', 'us-east-1_Zz9yX7wV1'],
    ],
    true,
  ],
  [
    'one id does not stand for two',
    [
      ['us-east-1_aB3dE5gH9', 'us-east-1_Zz9yX7wV1'],
      ['us-east-1_aB3dE5gH9', 'us-east-1_Qq2yX7wV1'],
    ],
    false,
  ],
  [
    'two ids do not become one',
    [
      ['us-east-1_aB3dE5gH9', 'us-east-1_Zz9yX7wV1'],
      ['us-east-1_bB3dE5gH9', 'us-east-1_Zz9yX7wV1'],
    ],
    false,
  ],
  ['an id cut short is another', [['0a1b2c3d4e5f', '0a1b2c3d4e']], false],
  ['the words before an id are text', [['ada-1234567890', 'eva-1234567891']], false],
  ['a short number is text', [['at most 2048', 'at most 4096']], false],
  ['what a mask leaves of a number is part of it', [['+*******9073', '+*******6794']], true],
  ['a mask of another length is another', [['+*******9073', '+******6794']], false],
  ['a date is any date of that form', [['2026-11-23T10:00:00.1Z', '2026-11-23T10:00:07.123Z']], true],
  ['a date of another form is another', [['2026-11-23T10:00:00Z', 'Mon, 23 Nov 2026 10:00:00 GMT']], false],
])('%s', (_, pairs, last) => {
  const identity = createIdentity();
  expect(pairs.map(([one, other]) => identity.same(one, other)).at(-1)).toBe(last);
});

test('an id that looks like a word is learned', () => {
  const identity = createIdentity();
  expect(identity.same('local_abcdefgh', 'local_ijklmnop')).toBe(false);
  for (const id of ['local_abcdefgh', 'local_ijklmnop']) identity.learn(id);
  expect(identity.same('local_abcdefgh', 'local_ijklmnop')).toBe(true);
});
