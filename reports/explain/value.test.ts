import { expect, test } from 'vitest';
import type { Json } from '../../engine/case.ts';
import { words } from './value.ts';

test.each<[value: Json, text: string]>([
  ['plain', '"plain"'],
  ['', '""'],
  [null, 'null'],
  [41, '41'],
  [[], 'an empty list'],
  [{}, 'an object'],
  [{ a: { b: true } }, '{a: {b: true}}'],
  ['${user.AccessToken}', 'the access token of user'],
  ['${rival.email}', 'email of rival'],
  ['${answer.UserAttributes.0.Name}', 'UserAttributes.0.Name of answer'],
  ['${row.token}', "the row's token"],
  ['${target.smsRoleArn}', "the target's smsRoleArn"],
  ['new-${unique}@example.com', '"new-<ten digits>@example.com"'],
  [{ Name: 'nickname', Value: 'after' }, 'nickname = "after"'],
  [{ Name: 'nickname', Value: '' }, 'nickname = "" (blank)'],
  [{ Name: 'nickname', Value: null }, 'nickname = null'],
  [{ Name: 'nickname' }, 'nickname without a value'],
  [{ Name: '', Value: 'x' }, '"" = "x"'],
  [{ Name: '${row.name}', Value: 'x' }, `the row's name = "x"`],
  [{ $any: true }, 'anything'],
  [{ $absent: true }, 'absent'],
  [{ $set: [{ Name: 'sub', Value: '${user.sub}' }, 'a'] }, 'in any order [sub = sub of user; "a"]'],
  [{ $set: [] }, 'an empty list'],
  [{ $lines: ['a', 'b'] }, 'the lines "a" and "b", in any order'],
  [{ $jwt: { email: 'x' } }, 'a token with the claims {email: "x"}'],
  [{ $is: 'uuid' }, 'a uuid'],
  [{ $is: { type: 'object' } }, 'any object'],
  [{ $is: { type: 'string', pattern: '^[A-Za-z]+$' } }, 'a text that fits ^[A-Za-z]+$'],
  [{ $is: { minLength: 1, type: 'string' } }, 'what {"type":"string","minLength":1} accepts'],
  [{ $is: { const: '${user.sub}' } }, 'what {"const":"<sub of user>"} accepts'],
  [{ $code: 'update' }, 'the code that the step "update" caused'],
  [{ $token: 'expired', of: 'rival' }, 'a token made from the access token of rival, expired'],
  [
    { $token: 'altered', claims: { sub: '${rival.sub}' } },
    'a token made from the access token of user, altered, with the claims {sub: sub of rival}',
  ],
  [{ $repeat: ['x', 2049] }, '"x" repeated 2049 times'],
])('%j', (value, text) => {
  expect(words(value)).toBe(text);
});
