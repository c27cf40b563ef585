import type { Case } from '../../engine/case.ts';
import { sourceId } from '../../engine/coverage.ts';
import { nearest } from '../../engine/nearest.ts';
import type { Suite } from '../../engine/suite.ts';
import { UsageError } from '../usage-error.ts';

/** The cases whose ids fit any of the globs (`*` is any text); an id also selects its rows. */
export function selectCases(suite: Suite, globs: readonly string[]): Case[] {
  const { cases } = suite;
  if (globs.length === 0) return [...cases];
  const chosen = globs.map((glob) => {
    const fits = matcher(glob);
    const some = cases.filter(({ id }) => fits(id));
    if (some.length > 0) return new Set(some);
    throw noSuchCase(glob, suite);
  });
  return cases.filter((test) => chosen.some((some) => some.has(test)));
}

/** The error for an id or a glob that names no case, with the nearest that there is. */
export function noSuchCase(wanted: string, { cases, retired, faults }: Suite): UsageError {
  const { reason, successor } = retired[wanted] ?? {};
  if (reason !== undefined) {
    return new UsageError(`no case "${wanted}": ${reason}.${successor ? ` It is now "${successor}"` : ''}`);
  }
  if (faults.length > 0) {
    return new UsageError(`no case "${wanted}" among those that can be read; mend what is told above, and try again`);
  }
  const near = meant(wanted, [...new Set(cases.flatMap((test) => [test.id, sourceId(test)]))]);
  const guess = near.length === 0 ? '' : ` Did you mean ${near.map((id) => `"${id}"`).join(' or ')}?`;
  return new UsageError(`no case "${wanted}"; see them with: npx cognito-conformance list.${guess}`);
}

const MOST_MEANT = 3;

/** An id without its area, a glob of an area misspelt, or an id misspelt. */
function meant(wanted: string, ids: readonly string[]): string[] {
  const ending = ids.filter((id) => id.endsWith(`/${wanted}`));
  if (ending.length > 0) return ending.slice(0, MOST_MEANT);
  const [area = '', ...rest] = wanted.split('/');
  if (!wanted.includes('*')) return [nearest(wanted, ids) ?? []].flat();
  const like = nearest(area, [...new Set(ids.map((id) => id.split('/')[0] ?? ''))]);
  if (like === undefined || rest.length === 0) return [];
  const glob = [like, ...rest].join('/');
  return ids.some(matcher(glob)) ? [glob] : [];
}

function matcher(glob: string): (id: string) => boolean {
  const escaped = glob.split('*').map((text) => text.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  const expression = new RegExp(`^${escaped.join('.*')}(/.*)?$`);
  return (id) => expression.test(id);
}
