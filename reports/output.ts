import { accessSync, constants, existsSync, mkdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { getSystemErrorMap } from 'node:util';

/** What a run came to cannot be written. The message is one line for a person: path, cause, what to do. */
export class OutputError extends Error {
  override name = 'OutputError';

  constructor(path: string, cause: unknown, flag = '--out') {
    super(`cannot write ${path}: ${reason(cause)}; ${remedy(cause, flag)}`, { cause });
  }
}

/** Makes a folder that can be written, before anything is run. Throws an `OutputError`. */
export function requireFolder(folder: string, flag?: string): void {
  try {
    makeFolder(folder);
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new OutputError(folder, error, flag);
  }
}

/** Writes `folder/name` anew and makes the folder. Throws an `OutputError`. */
export function writeOutput(folder: string, name: string, text: string, flag?: string): void {
  const path = join(folder, name);
  try {
    makeFolder(folder);
    writeWhole(path, text);
  } catch (error) {
    throw new OutputError(path, error, flag);
  }
}

/** What was there before stays until all of the new is written. */
export function writeWhole(path: string, text: string): void {
  const fresh = `${path}.new`;
  try {
    writeFileSync(fresh, text);
    renameSync(fresh, path);
  } finally {
    rmSync(fresh, { force: true });
  }
}

/** With those above it. Node's own way never ends where a folder that is there can hold none, as in /proc. */
export function makeFolder(folder: string): void {
  try {
    mkdirSync(folder);
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' && !existsSync(dirname(folder)) && dirname(folder) !== folder) {
      makeFolder(dirname(folder));
      mkdirSync(folder);
    } else if (code !== 'EEXIST' || !statSync(folder).isDirectory()) throw error;
  }
}

function reason(cause: unknown): string {
  const [code, text] = getSystemErrorMap().get(errno(cause)) ?? [];
  return code === undefined ? String(cause) : `${text} (${code})`;
}

function remedy(cause: unknown, flag: string): string {
  const [code] = getSystemErrorMap().get(errno(cause)) ?? [];
  return code === 'ENOSPC'
    ? `make room or choose another folder with ${flag}`
    : `choose a folder that can be written with ${flag}`;
}

function errno(cause: unknown): number {
  return cause instanceof Error && 'errno' in cause && typeof cause.errno === 'number' ? cause.errno : 0;
}
