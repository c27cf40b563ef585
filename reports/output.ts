import { accessSync, constants, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
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
    mkdirSync(folder, { recursive: true });
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new OutputError(folder, error, flag);
  }
}

/** Writes `folder/name` anew and makes the folder. Throws an `OutputError`. */
export function writeOutput(folder: string, name: string, text: string, flag?: string): void {
  const path = join(folder, name);
  try {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path, text);
  } catch (error) {
    throw new OutputError(path, error, flag);
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
