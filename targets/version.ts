import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Version } from './manifest.ts';
import { findPackage, findProgram, pathFolders } from './program.ts';

/** The version of a target that was started as `program`; undefined where it cannot be told. */
export async function readVersion(
  version: Version,
  program: string,
  roots: readonly string[],
): Promise<string | undefined> {
  try {
    if ('package' in version) return await packageVersion(version.package, roots);
    return 'run' in version ? await printed(version.run, program) : undefined;
  } catch {
    return undefined;
  }
}

async function packageVersion(name: string, roots: readonly string[]): Promise<string | undefined> {
  const folder = findPackage(name, roots);
  if (folder === undefined) return undefined;
  return (JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version?: string }).version;
}

async function printed([name, ...args]: readonly [string, ...string[]], program: string): Promise<string | undefined> {
  const found = findProgram(name, pathFolders(program));
  if (found === undefined) return undefined;
  const { stdout } = await promisify(execFile)(found, args, { timeout: 10_000 });
  return stdout.trim();
}
