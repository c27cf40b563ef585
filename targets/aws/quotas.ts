import { readFileSync } from 'node:fs';

/** How many requests user pools take: `quotas.json`. */
export interface Quotas {
  source: string;
  categories: Readonly<Record<string, Category>>;
  perUser: Readonly<{ reads: OfUser; writes: OfUser; perHour: Readonly<Record<string, number>> }>;
  resources: Readonly<Record<'poolsPerRegion' | 'clientsPerPool' | 'customAttributesPerPool', number>>;
  unconfirmed: readonly string[];
}

export interface Category {
  perSecond: number;
  perPoolAndOperation?: number;
  adjustable: boolean;
  operations: readonly string[];
}

interface OfUser {
  perSecond: number;
  operations: readonly string[];
}

/** The quotas that Amazon gives every account. */
export function defaultQuotas(packageRoot: URL): Quotas {
  return JSON.parse(readFileSync(new URL('targets/aws/quotas.json', packageRoot), 'utf8')) as Quotas;
}

/** The category that an operation counts for; none for what is no operation. */
export function categoryOf(operation: string, { categories }: Quotas): string | undefined {
  return Object.keys(categories).find((name) => categories[name]?.operations.includes(operation));
}
