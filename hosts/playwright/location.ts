import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Case } from '../../engine/case.ts';
import { packageRoot } from '../../package.ts';

/** A place in a file, as Playwright names it: an absolute path, counted from 1. */
export interface Location {
  file: string;
  line: number;
  column: number;
}

const files = new Map<string, ReadonlyMap<string, Location>>();

/** Where a case stands, its row if it is one of several, or one of its steps. */
export function locationOf({ id, file, pointer, row }: Case, step?: number): Location {
  const path = fileURLToPath(new URL(file, packageRoot));
  const places = files.get(path) ?? placesIn(path, readFileSync(path, 'utf8'));
  files.set(path, places);
  const own = row && places.get(`${pointer}/each/${id.slice(id.lastIndexOf('/') + 1)}`);
  const of = step === undefined ? own : places.get(`${pointer}/steps/${step}`);
  return of ?? places.get(pointer) ?? { file: path, line: 1, column: 1 };
}

/** Every value of a JSON text by its pointer; those of objects and lists stand where these begin. */
export function placesIn(file: string, text: string): Map<string, Location> {
  const places = new Map<string, Location>();
  const parents: { path: string; key: string | number }[] = [];
  let line = 1;
  let lineStart = 0;
  let name: string | undefined;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:\n]|[^\s{}[\],:"]+/g)) {
    const inside = parents.at(-1);
    if (token === '\n') {
      line += 1;
      lineStart = index + 1;
    } else if (token === '}' || token === ']') parents.pop();
    else if (token === ',') {
      if (typeof inside?.key === 'number') inside.key += 1;
      name = undefined;
    } else if (inside && typeof inside.key === 'string' && name === undefined) name = JSON.parse(token) as string;
    else if (token !== ':') {
      const key = inside && (typeof inside.key === 'number' ? inside.key : name);
      const path = inside ? `${inside.path}/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}` : '';
      places.set(path, { file, line, column: index - lineStart + 1 });
      if (token === '{' || token === '[') {
        parents.push({ path, key: token === '[' ? 0 : '' });
        name = undefined;
      }
    }
  }
  return places;
}
