import { expect, test } from 'vitest';
import { leftOut } from './left-out.ts';
import { result } from './sample.test-data.ts';

const skip = (id: string, cause: string) => result(id, { verdict: 'skip', cause });

test('what was left out is told once, operations together, with what a manifest can say of it', () => {
  expect(
    leftOut([
      skip('a/1', 'RevokeToken is not implemented'),
      skip('a/2', 'codes cannot be read'),
      skip('a/3', 'GlobalSignOut is not implemented'),
      skip('a/4', 'GlobalSignOut is not implemented'),
      skip('a/5', 'GetUser is not declared'),
      skip('a/6', 'tokens cannot be forged: no key that signs them is known'),
      skip('a/7', 'a pool with Schema is refused'),
      result('a/8', { verdict: 'pass' }),
    ]),
  ).toEqual({
    count: 7,
    reasons: [
      'not implemented: GlobalSignOut (2), RevokeToken (1)',
      'not declared: GetUser (1)',
      'a pool with Schema is refused (1)',
      'codes cannot be read (1)',
      'tokens cannot be forged: no key that signs them is known (1)',
    ],
    members: ['codes', 'signingKey'],
  });
});

test('nothing left out', () => {
  expect(leftOut([result('a/1', { verdict: 'fail' })])).toEqual({ count: 0, reasons: [], members: [] });
});
