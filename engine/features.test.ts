import { expect, test } from 'vitest';
import { needsOf } from './features.ts';

test('a case needs the operations that it calls, each once, and the means of its words', () => {
  const steps = [
    { call: 'UpdateUserAttributes', save: 'update', messages: [] },
    {
      call: 'VerifyUserAttribute',
      with: { Code: { $code: 'update' }, AccessToken: { $token: 'expired' } },
      events: [],
    },
    { call: 'UpdateUserAttributes' },
    { request: { method: 'POST' } },
  ];
  expect(needsOf({ steps })).toEqual([
    ...['UpdateUserAttributes', 'VerifyUserAttribute', 'codes', 'messages', 'triggers', 'forged-tokens'],
  ]);
});

test('functions of a pool are a means; a check over every answer needs nothing of its own', () => {
  const given = { pool: 'plain', triggers: { CustomMessage: { answers: {} } } };
  expect(needsOf({ given, steps: [{ call: 'GetUser' }] })).toEqual(['GetUser', 'triggers']);
  expect(needsOf({ over: {} })).toEqual([]);
});
