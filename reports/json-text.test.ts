import { expect, test } from 'vitest';
import { jsonText } from './json-text.ts';

test('JSON says what it said, and nothing in it is acted on where it is shown', () => {
  const value = { text: 'é 漢 \u001b[2J \u009b31m \u202e \u{e0041} \u2028 ##[add-mask]a ###[x' };
  expect(jsonText(value)).toBe(
    '{\n  "text": "é 漢 \\u001b[2J \\u009b31m \\u202e \\udb40\\udc41 \\u2028 \\u0023#[add-mask]a #\\u0023#[x"\n}\n',
  );
  expect(JSON.parse(jsonText(value))).toEqual(value);
});
