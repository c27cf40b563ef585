import { readFileSync } from 'node:fs';
import type { Quotas } from '../../mocks/aws/quotas.ts';
import { UsageError } from '../usage-error.ts';

/** The request quotas in a file, in the form of `targets/aws/quotas.json`. */
export function quotasOf(file: string): Quotas {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--quotas ${file} cannot be read: ${(error as Error).message}`);
  }
  const { categories, perUser } = (content ?? {}) as { categories?: unknown; perUser?: unknown };
  const rates = [categories, perUser].flatMap((some) => (isObject(some) ? Object.values(some) : [undefined]));
  if (isObject(categories) && isObject(perUser) && rates.every(isObject)) return content as Quotas;
  throw new UsageError(
    `--quotas ${file}: must be an object with "categories" and "perUser", as targets/aws/quotas.json`,
  );
}

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
