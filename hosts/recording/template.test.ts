import { expect, test } from 'vitest';
import { filled, unify } from './template.ts';

const labels = { 'user.sub': {}, unique: {}, 'Code 2': {} };

test.each([
  ['{"a":1}', '{"a":1}', {}],
  ['{"sub":"<user.sub>"}', '{"sub":"s1"}', { 'user.sub': 's1' }],
  ['<user.sub>/<unique>', 's1/77', { 'user.sub': 's1', unique: '77' }],
  ['a-<unique>@x, b-<unique>@x', 'a-77@x, b-77@x', { unique: '77' }],
  ['<unique><unique>', '77', { unique: '7' }],
  ['<unique><unique>', '78', undefined],
  ['a-<unique>@x, b-<unique>@x', 'a-77@x, b-78@x', undefined],
  ['{"sub":"<user.sub>"}', '{"sub":""}', undefined],
  ['{"sub":"<user.sub>"}', '{"sub":"s1"}}', undefined],
  ['{"sub":"<user.sub>"}', '{"name":"s1"}', undefined],
  ['<b>', 's1', undefined],
  ['<b><unique>', '<b>77', { unique: '77' }],
])('%s as %s', (template, text, bound) => {
  const found = new Map<string, string>();
  expect(unify(template, text, labels, found)).toBe(bound !== undefined);
  expect(Object.fromEntries(found)).toEqual(bound ?? {});
});

test('what is known must be as it is known', () => {
  const bound = new Map([['unique', '77']]);
  expect(unify('a <unique> <user.sub>', 'a 77 s', labels, bound)).toBe(true);
  expect(unify('a <unique>', 'a 78', labels, bound)).toBe(false);
  expect(unify('<unique>, <user.sub>.', '77, s.', labels, bound)).toBe(true);
});

test('a hundred thousand bytes under a label are no trouble', () => {
  const long = 'x'.repeat(1e5);
  expect(unify(`{"a":"${long}","b":"<unique>"}`, `{"a":"${long}","b":"77"}`, labels, new Map())).toBe(true);
});

test('labels are filled in, and what only looks like one is left alone', () => {
  expect(filled('<b> <unique> <Code 2> <Code>', labels, (label) => label.toUpperCase())).toBe(
    '<b> UNIQUE CODE 2 <Code>',
  );
});
