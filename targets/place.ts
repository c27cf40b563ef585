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

type Names = Readonly<Record<string, string>>;

/** The value that stands at a place, its `${...}` filled in; undefined where there is none. */
export async function readPlace(place: Place, around: Surroundings, names: Names = {}): Promise<unknown> {
  const { pointer, pattern } = place;
  const parse = pointer === undefined ? String : (text: string): unknown => JSON.parse(text);
  const found =
    'get' in place
      ? await ask(around, filled(place.get, names, encodeURIComponent), parse)
      : await read(around, filled(place.file, names, asFileName), place.package, parse);
  const value = pointer === undefined ? found : at(filled(pointer, names, ofPointer), found);
  return pattern === undefined ? value : lastMatch(filled(pattern, names, literally), value);
}

/** One part of a path, and never the folder above. */
function asFileName(value: string): string {
  return /^\.+$/.test(value) ? value.replaceAll('.', '%2E') : encodeURIComponent(value);
}

/** A text with its `${...}` filled in, each value written as the text needs it. */
export function filled(text: string, names: Names, write: (value: string) => string): string {
  return text.replace(/\$\{(\w+)\}/g, (whole, name: string) =>
    names[name] === undefined ? whole : write(names[name]),
  );
}

/** A value that stands for itself in a regular expression. */
export function literally(value: string): string {
  return value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What an expression matches last in a text: its group `code`, or all where it has none. */
export function lastMatch(pattern: string, text: unknown): string | undefined {
  if (text === undefined || text === null) return undefined;
  const match = [...String(text).matchAll(new RegExp(pattern, 'g'))].at(-1);
  return match?.groups?.['code'] ?? match?.[0];
}

type Parse = (text: string) => unknown;

async function ask({ target, get }: Surroundings, path: string, parse: Parse): Promise<unknown> {
  const { status, body } = await get(path).catch((cause: Error) => {
    throw new TargetError(target, `GET ${path} had no answer: ${cause.message}`, { cause });
  });
  if (status === 404) return undefined;
  if (status !== 200) throw new TargetError(target, `GET ${path} answered ${status}, not 200`);
  try {
    return parse(body);
  } catch {
    throw new TargetError(target, `GET ${path} answered what is not JSON: ${body.slice(0, 80)}`);
  }
}

/** A target may be writing the file just now: half a file is read again for up to a second. */
async function read(
  { target, folder }: Surroundings,
  name: string,
  ofPackage: string | undefined,
  parse: Parse,
): Promise<unknown> {
  const parent = folder(ofPackage);
  if (parent === undefined)
    throw new TargetError(target, `no folder to read ${name} in; it is known only of a command`);
  const file = join(parent, name);
  for (let tries = 1; ; tries++) {
    try {
      return parse(await readFile(file, 'utf8'));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      if (tries === 20) throw new TargetError(target, `${file} cannot be read as JSON: ${(error as Error).message}`);
      await sleep(50);
    }
  }
}

function ofPointer(value: string): string {
  return value.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** What a JSON pointer (RFC 6901) points at. */
export function at(pointer: string, value: unknown): unknown {
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
