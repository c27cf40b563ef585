import { expect, test } from 'vitest';
import type { Json } from '../../engine/case.ts';
import { whatIsLost } from './lost.ts';

test.each<[meant: Json, sent: Json, lost?: string]>([
  [
    { a: [{ b: 1 }], c: 'd' },
    { c: 'd', a: [{ b: 1 }] },
  ],
  [{ a: null }, {}, 'it drops members that are null'],
  [{ a: { b: null } }, { a: {} }, 'it drops members that are null'],
  [{ a: 1 }, {}, 'it drops members that it does not know'],
  [{}, { a: 1 }, 'it adds members'],
  [{ a: [null] }, { a: [] }, 'it drops items that are null'],
  [{ a: [1] }, { a: [] }, 'it drops or adds items'],
  [{ a: [1, 2] }, { a: [1, 3] }, 'it sends values of another type than the model has as something else'],
  [{ a: [] }, { a: '' }, 'it sends values of another type than the model has as something else'],
  [{ a: null }, { a: {} }, 'it sends values of another type than the model has as something else'],
])('a body is held against the one that was meant: %j, %j', (meant, sent, lost) => {
  expect(whatIsLost(meant, sent)).toBe(lost);
});
