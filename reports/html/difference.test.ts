import { expect, test } from 'vitest';
import { mismatch } from '../sample.test-data.ts';
import { difference } from './difference.ts';

test.each([
  [
    mismatch({ message: '200 text/html instead of NotAuthorizedException' }),
    { where: 'UpdateUserAttributes', expected: 'NotAuthorizedException', came: '200 text/html' },
  ],
  [
    mismatch({ kind: 'attributes', path: 'user.email', expected: 'a@example.com', actual: undefined }),
    { where: 'UpdateUserAttributes: attribute user.email', expected: 'a@example.com', came: 'absent' },
  ],
  [
    mismatch({ kind: 'attributes', path: 'user.email', expected: undefined, actual: 'a' }),
    { where: 'UpdateUserAttributes: attribute user.email', expected: 'absent', came: 'a' },
  ],
  [
    mismatch({ kind: 'body', path: '/User', expected: { a: [1] }, actual: null }),
    { where: 'UpdateUserAttributes: body /User', expected: '{\n  "a": [\n    1\n  ]\n}', came: 'null' },
  ],
  [
    mismatch({
      kind: 'header',
      path: 'date',
      expected: undefined,
      actual: undefined,
      message: 'header date is \u0007',
    }),
    { where: 'UpdateUserAttributes: header date', message: 'header date is \\u0007' },
  ],
])('a mismatch has two sides where it can: %#', (given, wanted) => {
  expect(difference(given)).toEqual({ grade: 'must', message: given.message, ...wanted });
});
