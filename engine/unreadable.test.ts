import { expect, test } from 'vitest';
import type { Session } from './session.ts';
import { unreadable } from './unreadable.ts';

const session = (answers: boolean, down?: string): Session =>
  ({ support: { answers: async () => answers }, ...(down !== undefined && { down }) }) as unknown as Session;

test.each<[name: string, given: Session, down: string | undefined]>([
  ['answers', session(true), undefined],
  ['is silent', session(false), 'the target stopped answering: no mail'],
  ['was found gone before', session(false, 'it is gone'), 'it is gone'],
])('what cannot be read of a target that %s', async (_, given, down) => {
  await expect(unreadable('a code', new Error('no mail'), given)).rejects.toMatchObject({
    verdict: 'error',
    cause: 'a code could not be read',
    message: 'no mail',
  });
  expect(given.down).toBe(down);
  await expect(unreadable('a code', 'no text', given)).rejects.toMatchObject({ message: 'no text' });
});
