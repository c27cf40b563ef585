import type { Comparison } from './compare.ts';

/** Of two targets that do not stand behind one another: what is said of a proxy is said of the one by its name. */
export function named(comparison: Comparison): Comparison {
  const { reference, target } = comparison;
  const word = (cause: string): string =>
    cause.replaceAll('the proxy', target.name).replaceAll('the upstream', reference.name);
  return {
    ...comparison,
    differences: comparison.differences.map((group) => ({ ...group, cause: word(group.cause) })),
  };
}
