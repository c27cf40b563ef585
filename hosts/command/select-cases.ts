import type { Case } from '../../engine/case.ts';
import { sourceId } from '../../engine/coverage.ts';
import { nearest } from '../../engine/nearest.ts';
import { UsageError } from '../usage-error.ts';

/** The cases whose ids fit any of the globs (`*` is any text); an id also selects its rows. */
export function selectCases(cases: readonly Case[], globs: readonly string[]): Case[] {
  if (globs.length === 0) return [...cases];
  const chosen = globs.map((glob) => {
    const fits = matcher(glob);
    const some = cases.filter(({ id }) => fits(id));
    if (some.length > 0) return new Set(some);
    throw noSuchCase(glob, cases);
  });
  return cases.filter((test) => chosen.some((some) => some.has(test)));
}

/** The error for an id or a glob that names no case, with the nearest that there is. */
export function noSuchCase(wanted: string, cases: readonly Case[]): UsageError {
  const near = nearest(wanted, [...new Set(cases.flatMap((test) => [test.id, sourceId(test)]))]);
  return new UsageError(
    `no case "${wanted}"; see them with: cognito-conformance list.${near ? ` Did you mean "${near}"?` : ''}`,
  );
}

function matcher(glob: string): (id: string) => boolean {
  const escaped = glob.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${escaped.join('.*')}(/.*)?$`);
  return (id) => expression.test(id);
}
