import { expect, test } from 'vitest';
import type { Given } from '../../engine/case.ts';
import { stateSentences } from './state.ts';

const pools = {
  plain: {},
  custom: {
    Schema: [
      {
        Name: 'team',
        AttributeDataType: 'String',
        Mutable: true,
        StringAttributeConstraints: { MinLength: '3', MaxLength: '20' },
      },
      { Name: 'email', AttributeDataType: 'String', Mutable: false, Required: true },
    ],
    UsernameConfiguration: { CaseSensitive: false },
  },
};

test.each<[name: string, given: Given | undefined, sentences: string[]]>([
  ['nothing', undefined, ['Nothing is made beforehand.']],
  ['a pool alone', { pool: 'plain' }, ['The pool "plain": nothing is set that need not be.']],
  [
    'a pool of its own, clients and users',
    {
      pool: 'custom',
      own: true,
      client: { WriteAttributes: ['nickname'] },
      clients: { other: { GenerateSecret: false } },
      user: {},
      users: { rival: { email: 'r@example.com', locale: 'en' } },
    },
    [
      'The pool "custom", one of its own: the attributes team (string, MinLength 3, MaxLength 20) and email (string, immutable, required); UsernameConfiguration {CaseSensitive: false}.',
      'Its client has WriteAttributes: ["nickname"].',
      'A client "other" has GenerateSecret: false.',
      'A user without attributes.',
      'A user "rival" with email = "r@example.com" and locale = "en".',
    ],
  ],
  [
    'functions',
    {
      pool: 'plain',
      triggers: {
        A: { answers: {} },
        B: { answers: { emailSubject: 'Hello' } },
        C: { throws: 'no' },
        D: { returns: null },
        E: { refused: 'AccessDeniedException' },
      },
    },
    [
      'The pool "plain": nothing is set that need not be.',
      'The A function gives its event back.',
      'The B function gives its event back with the response emailSubject: "Hello".',
      'The C function throws "no".',
      'The D function gives back null in place of its event.',
      'The E function may not be invoked (AccessDeniedException).',
    ],
  ],
])('%s', (_, given, sentences) => {
  expect(stateSentences(given, pools)).toEqual(sentences);
});
