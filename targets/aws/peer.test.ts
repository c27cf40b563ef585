import { expect, test } from 'vitest';
import { peer } from './peer.ts';

test('a package that is not there is told with how to install it', async () => {
  const name = '@aws-sdk/client-unicorn';
  await expect(peer(name, () => import(/* @vite-ignore */ name) as Promise<unknown>)).rejects.toThrow(
    /^target aws: it needs the npm package @aws-sdk\/client-unicorn; install it with: npm install --save-dev @aws-sdk\/client-unicorn$/,
  );
  const broken = (): Promise<never> => Promise.reject(new SyntaxError('broken'));
  await expect(peer(name, broken)).rejects.toThrow(/^broken$/);
  expect(await peer(name, async () => 1)).toBe(1);
});
