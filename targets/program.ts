import { accessSync, constants, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, isAbsolute, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { folderUrl, type Command } from './manifest.ts';
import { TargetError } from './target-error.ts';

const WINDOWS = process.platform === 'win32';

/** The absolute path of a command's program, and what comes before its arguments. */
export function findCommand(
  target: string,
  command: Command,
  packageRoot: URL | string,
): [program: string, ...args: string[]] {
  const roots = [process.cwd(), fileURLToPath(folderUrl(packageRoot))];
  const advice = command.install === undefined ? '' : `; install it with: ${command.install}`;
  if ('script' in command) {
    const folder = findPackage(command.script.package, roots);
    if (folder === undefined) throw new TargetError(target, `no npm package ${command.script.package}${advice}`);
    return [process.execPath, join(folder, command.script.file)];
  }
  const { program, virtualEnvironment } = command;
  const bins =
    virtualEnvironment === undefined
      ? []
      : roots.map((root) => resolve(root, virtualEnvironment, WINDOWS ? 'Scripts' : 'bin'));
  const found = isAbsolute(program) ? findProgram(program, ['']) : findProgram(program, [...bins, ...pathFolders()]);
  if (found !== undefined) return [found];
  const where = virtualEnvironment === undefined ? 'on the PATH' : `in ${virtualEnvironment} or on the PATH`;
  throw new TargetError(target, `no ${program} ${where}${advice}`);
}

/** The first executable file of that name in the folders. */
export function findProgram(program: string, folders: readonly string[]): string | undefined {
  return folders.map((folder) => join(folder, WINDOWS ? `${program}.exe` : program)).find(isExecutable);
}

/** The folders of the PATH; with a program, first the one that it is really in: a virtual environment's own. */
export function pathFolders(program?: string): string[] {
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return program === undefined ? folders : [dirname(program), dirname(realpathSync(program)), ...folders];
}

/** The folder of an npm package as Node resolves it, from the first root that knows it. */
export function findPackage(name: string, roots: readonly string[]): string | undefined {
  for (const root of roots) {
    try {
      return dirname(createRequire(join(root, 'package.json')).resolve(`${name}/package.json`));
    } catch {
      continue;
    }
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
