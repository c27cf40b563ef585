import { needsOf } from '../../engine/features.ts';
import type { Suite } from '../../engine/suite.ts';

/** Every case of the suite, and the operations and means that it needs. */
export function contractOf({ cases }: Pick<Suite, 'cases'>): Map<string, string[]> {
  return new Map(cases.map((test) => [test.id, needsOf(test)]));
}
