import { expect, test } from 'vitest';
import { marked, type Part } from './marked.ts';

test.each([
  [
    'Attribute cannot be updated.',
    'Attribute cannot be changed.',
    'Attribute cannot be [updated].',
    'Attribute cannot be [changed].',
  ],
  ['NotAuthorizedException', '200', '[NotAuthorizedException]', '[200]'],
  [
    '{\n  "a": 1,\n  "b": 2\n}',
    '{\n  "a": 1,\n  "b": 3\n}',
    '{\n  "a": 1,\n  "b": [2]\n}',
    '{\n  "a": 1,\n  "b": [3]\n}',
  ],
  ['absent', '', '[absent]', ''],
])('%j and %j', (expected, came, one, other) => {
  const parts = marked(expected, came);
  expect([shown(parts.expected), shown(parts.came)]).toEqual([one, other]);
});

function shown(parts: readonly Part[]): string {
  return parts.map(({ text, differs }) => (differs && text !== '' ? `[${text}]` : text)).join('');
}
