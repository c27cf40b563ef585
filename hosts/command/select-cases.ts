import type { Case } from '../../engine/case.ts';
import { nearest } from '../../engine/nearest.ts';
import { UsageError } from '../usage-error.ts';

/** The cases whose ids fit any of the globs (`*` is any text); an id also selects its rows. */
export function selectCases(cases: readonly Case[], globs: readonly string[]): Case[] {
  if (globs.length === 0) return [...cases];
  const chosen = globs.map((glob) => {
    const fits = matcher(glob);
    const some = cases.filter(({ id }) => fits(id));
    if (some.length > 0) return new Set(some);
    const near = nearest(glob, [...new Set(cases.flatMap(({ id }) => [id, id.split('/').slice(0, 2).join('/')]))]);
    throw new UsageError(
      `no case "${glob}"; see them with: cognito-conformance list.${near ? ` Did you mean "${near}"?` : ''}`,
    );
  });
  return cases.filter((test) => chosen.some((some) => some.has(test)));
}

function matcher(glob: string): (id: string) => boolean {
  const escaped = glob.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${escaped.join('.*')}(/.*)?$`);
  return (id) => expression.test(id);
}
