import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { layoutOf, positionIn } from '../../engine/positions.ts';
import type { Suite } from '../../engine/suite.ts';
import type { Place, ReportContext } from '../../reports/context.ts';
import { locationOf } from '../playwright/location.ts';

/** Files of a target that its owner keeps. */
export interface TargetFiles {
  baseline?: string | undefined;
  manifest?: string | undefined;
}

/**
 * Where a result stands in the repository at work (`GITHUB_WORKSPACE`, else this folder): in the cases, if they are its
 * own, else in the baseline of the target or its manifest.
 */
export function placesIn(
  suite: Pick<Suite, 'cases'>,
  filesOf: (target: string) => TargetFiles = () => ({}),
): NonNullable<ReportContext['place']> {
  const workspace = resolve(process.env['GITHUB_WORKSPACE'] || '.');
  return ({ id }, target) => {
    const found = suite.cases.find((one) => one.id === id);
    const { baseline, manifest } = filesOf(target);
    const candidates = [
      () => found && locationOf(found),
      () => baseline !== undefined && entryIn(baseline, id),
      () => manifest !== undefined && { file: resolve(manifest), line: 1, column: 1 },
    ];
    for (const candidate of candidates) {
      const place = candidate();
      const file = place && within(workspace, place.file);
      if (place && file) return { ...place, file };
    }
    return undefined;
  };
}

/** What is installed is nobody's own. */
function within(workspace: string, path: string): string | undefined {
  const file = relative(workspace, path).split(sep);
  return file[0] === '..' || file.includes('node_modules') ? undefined : file.join('/');
}

/** The entry of a case in a baseline; where it has none, the beginning of the file. */
function entryIn(path: string, id: string): Place | undefined {
  if (!existsSync(path)) return undefined;
  const text = readFileSync(path, 'utf8');
  const { failures } = JSON.parse(text) as { failures: { id: string }[] };
  const index = failures.findIndex((entry) => entry.id === id);
  const position = index < 0 ? { line: 1, column: 1 } : positionIn(layoutOf(text), `/failures/${index}`);
  return { file: resolve(path), ...position };
}
