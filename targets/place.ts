import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Place } from './manifest.ts';
import { TargetError } from './target-error.ts';

/** Where a place's files and paths are found. */
export interface Surroundings {
  target: string;
  /** The folder of a file that belongs to the target, or to a package. */
  folder: (name?: string) => string | undefined;
  /** The file of what it writes, if it was started here. */
  output: string | undefined;
  /** Asks the target with GET. */
  get: (path: string) => Promise<{ status: number; body: string }>;
  /** Calls an operation with no input, whatever it answers. */
  call: (operation: string) => Promise<unknown>;
}

/** The value that stands at a place, its `${...}` filled in; undefined where there is none. */
export async function readPlace(
  place: Place,
  { target, folder, get }: Surroundings,
  names: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const fill = (text: string, escape: (value: string) => string) =>
    text.replace(/\$\{(\w+)\}/g, (whole, name: string) => (names[name] === undefined ? whole : escape(names[name])));
  const pointer = fill(place.pointer, (value) => value.replaceAll('~', '~0').replaceAll('/', '~1'));
  if ('get' in place) return at(pointer, await ask(target, get, fill(place.get, encodeURIComponent)));
  const parent = folder(place.package);
  if (parent === undefined)
    throw new TargetError(target, `no folder to read ${place.file} in; it is known only of a command`);
  return at(pointer, await readJson(target, join(parent, fill(place.file, encodeURIComponent))));
}

async function ask(target: string, get: Surroundings['get'], path: string): Promise<unknown> {
  const { status, body } = await get(path).catch((cause: Error) => {
    throw new TargetError(target, `GET ${path} had no answer: ${cause.message}`, { cause });
  });
  if (status === 404) return undefined;
  if (status !== 200) throw new TargetError(target, `GET ${path} answered ${status}, not 200`);
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new TargetError(target, `GET ${path} answered what is not JSON: ${body.slice(0, 80)}`);
  }
}

/** A target may be writing the file just now: half a file is read again for up to a second. */
async function readJson(target: string, file: string): Promise<unknown> {
  for (let tries = 1; ; tries++) {
    try {
      return JSON.parse(await readFile(file, 'utf8')) as unknown;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      if (tries === 20) throw new TargetError(target, `${file} cannot be read as JSON: ${(error as Error).message}`);
      await sleep(50);
    }
  }
}

/** What a JSON pointer (RFC 6901) points at. */
function at(pointer: string, value: unknown): unknown {
  const keys = pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  return keys.reduce<unknown>(
    (found, key) =>
      typeof found === 'object' && found !== null && Object.hasOwn(found, key)
        ? (found as Record<string, unknown>)[key]
        : undefined,
    value,
  );
}
