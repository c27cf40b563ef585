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
    'a word that it has no sentence for',
    { pool: 'plain', weather: { sun: true } } as Given,
    ['The pool "plain": nothing is set that need not be.', 'Its weather: {sun: true}.'],
  ],
])('%s', (_, given, sentences) => {
  expect(stateSentences(given, pools)).toEqual(sentences);
});
