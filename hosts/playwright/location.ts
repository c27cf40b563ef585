import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Case } from '../../engine/case.ts';
import { layoutOf, positionIn, type Layout } from '../../engine/positions.ts';
import { packageRoot } from '../../package.ts';

/** A place in a file, as Playwright names it: an absolute path, counted from 1. */
export interface Location {
  file: string;
  line: number;
  column: number;
}

const layouts = new Map<string, Layout>();

/** Where a case stands, its row if it is one of several, or one of its steps; a case at fault where that is. */
export function locationOf({ id, file, pointer, row, faults }: Case, step?: number): Location {
  const path = fileURLToPath(new URL(file, packageRoot));
  // Where it is wrong; its file need not even be JSON.
  const [fault] = faults ?? [];
  if (fault) return { file: path, line: fault.line ?? 1, column: fault.column ?? 1 };
  const layout = layouts.get(path) ?? layoutOf(readFileSync(path, 'utf8'));
  layouts.set(path, layout);
  const part = step === undefined ? row && `/each/${id.slice(id.lastIndexOf('/') + 1)}` : `/steps/${step}`;
  return { file: path, ...positionIn(layout, pointer + (part ?? '')) };
}
