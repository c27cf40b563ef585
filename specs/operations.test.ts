import * as cognito from '@aws-sdk/client-cognito-identity-provider';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

interface Operations {
  operations: Record<string, { input: string[] }>;
}

const text = readFileSync(new URL('./operations.json', import.meta.url), 'utf8');
const { operations } = JSON.parse(text) as Operations;
// A structure of the SDK is a tuple; the names of its members stand fifth.
const sdk = cognito as unknown as Readonly<Record<string, readonly unknown[] | undefined>>;

test.each(Object.entries(operations))('the input of %s has the members that the SDK sends', (name, { input }) => {
  expect(input).toEqual(sdk[`${name}Request$`]?.[4]);
});
