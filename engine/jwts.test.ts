import { expect, test } from 'vitest';
import { jwtsIn } from './jwts.ts';

const TOKEN = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl';

test.each([
  ['none', []],
  [TOKEN, [TOKEN]],
  [`Bearer ${TOKEN}, or "${TOKEN}."`, [TOKEN, `${TOKEN}.`]],
  [`key-${TOKEN}`, [TOKEN]],
  [`host.${TOKEN}`, [TOKEN]],
  ['eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.', ['eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.']],
  ['eyJ.eyJzdWIiOiIxIn0.x eyJhbGci.x notEyJhbGci.abcdef', []],
])('in %j', (text, tokens) => {
  expect(jwtsIn(text).map(({ token }) => token)).toEqual(tokens);
  for (const { at, token } of jwtsIn(text)) expect(text.slice(at, at + token.length)).toBe(token);
});

test.each(['eyJ-', 'eyJaaaaaaaa.a.', 'eyJaaaaaaaa', '.', 'a.'])('%j again and again takes one pass', (part) => {
  const started = performance.now();
  expect(jwtsIn(part.repeat(1e5))).toEqual([]);
  // To begin anew at every word takes a minute.
  expect(performance.now() - started).toBeLessThan(5000);
});
