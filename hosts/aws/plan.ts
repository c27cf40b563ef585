import { readFileSync } from 'node:fs';
import type { Suite } from '../../engine/suite.ts';
import { packageRoot } from '../../package.ts';
import { planOf, type Plan, type Prices, type Rehearsal } from '../../targets/aws/plan.ts';
import type { Quotas } from '../../targets/aws/quotas.ts';

export function planFor(rehearsal: Rehearsal, quotas: Quotas, suite: Pick<Suite, 'operations'>): Plan {
  const prices = JSON.parse(readFileSync(new URL('targets/aws/prices.json', packageRoot), 'utf8')) as Prices;
  return planOf(rehearsal, quotas, prices, suite.operations);
}
