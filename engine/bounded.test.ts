import { expect, test } from 'vitest';
import { few, short } from './bounded.ts';

test('what a target says at ordinary length is kept as it is', () => {
  const result = {
    reason: 'x'.repeat(5000),
    steps: [{ response: { headers: [['a', 'b']], body: 'x'.repeat(120_000) } }],
  };
  expect(short(few(result))).toEqual(result);
});

test('a longer text is cut, and says by how much', () => {
  expect(short({ cause: 'x'.repeat(507) })).toEqual({ cause: `${'x'.repeat(500)}… 7 more characters` });
  expect(short({ message: 'x'.repeat(5007) })).toEqual({ message: `${'x'.repeat(5000)}… 7 more characters` });
});

test('however many texts there are, together they are of one size', () => {
  const bodies = short(Array.from({ length: 200 }, () => ({ body: 'x'.repeat(1e5) })));
  expect(bodies.map(({ body }) => body.length).slice(0, 4)).toEqual([100_000, 60_015, 223, 223]);
  expect(JSON.stringify(bodies).length).toBeLessThan(220_000);
});

test('lists and members are cut to two hundred, also within each other', () => {
  const names = Array.from({ length: 300 }, (_, nth) => `m${nth}`);
  const found = few({ list: [names], members: Object.fromEntries(names.map((name) => [name, 1])) });
  expect(found.list[0]?.length).toBe(200);
  expect(Object.keys(found.members).length).toBe(200);
});

test('a member that every object has is one of its own', () => {
  const given = JSON.parse('{"__proto__":{"a":1},"constructor":"x"}') as object;
  expect(JSON.stringify(short(few(given)))).toBe('{"__proto__":{"a":1},"constructor":"x"}');
});
