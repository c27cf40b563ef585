import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { categoryOf, defaultQuotas } from './quotas.ts';

const packageRoot = new URL('../../', import.meta.url);
const quotas = defaultQuotas(packageRoot);
const { operations } = read('specs/operations.json') as { operations: Record<string, unknown> };

test('the quotas satisfy their schema', () => {
  const check = new Ajv2020({ allErrors: true }).compile(read('targets/aws/quotas.schema.json') as object);
  check(read('targets/aws/quotas.json'));
  expect(check.errors).toBeNull();
});

test.each(Object.keys(operations))('%s stands in exactly one category', (operation) => {
  const categories = Object.values(quotas.categories).filter((category) => category.operations.includes(operation));
  expect(categories).toHaveLength(1);
});

test('what is limited per user is an operation of a category', () => {
  const { reads, writes, perHour } = quotas.perUser;
  const limited = [...reads.operations, ...writes.operations, ...Object.keys(perHour)];
  expect(limited.filter((operation) => categoryOf(operation, quotas) === undefined)).toEqual([]);
});

function read(path: string): unknown {
  return JSON.parse(readFileSync(new URL(path, packageRoot), 'utf8'));
}
