import { expect, test } from 'vitest';
import { plain } from './plain.ts';

test.each([
  ['an answer', 'an answer'],
  ['größer 漢字 🙂', 'größer 漢字 🙂'],
  ['two\nlines\r\n\tand a tab', 'two\\nlines\\r\\n\\tand a tab'],
  ['\u001b[2J\u001b]0;title\u0007', '\\u001b[2J\\u001b]0;title\\u0007'],
  ['\u009b31mred\u007f', '\\u009b31mred\\u007f'],
  ['\u202egnp.exe\u200b\ufeff', '\\u202egnp.exe\\u200b\\ufeff'],
  ['\u2028\ud800\u{e0041}', '\\u2028\\ud800\\u{e0041}'],
  ['::add-mask::a ::set-output name=x::y', '\\u003a:add-mask::a \\u003a:set-output name=x::y'],
  ['a ##[add-mask]b', 'a \\u0023#[add-mask]b'],
  [
    'arn:aws:iam::123456789012:role/sms at http://[::1]:9229',
    'arn:aws:iam::123456789012:role/sms at http://[::1]:9229',
  ],
])('%j becomes %j', (text, safe) => {
  expect(plain(text)).toBe(safe);
});
