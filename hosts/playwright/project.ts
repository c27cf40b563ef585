import { readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Project } from '@playwright/test';
import type { TargetOptions } from './bench.ts';
import { packageRoot } from '../../package.ts';
import type { Manifest } from '../../targets/manifest.ts';
import { findCommand } from '../../targets/program.ts';
import { TargetError } from '../../targets/target-error.ts';
import { warn } from '../warn.ts';

// All of this is synchronous: a configuration in CommonJS can require only what awaits nothing.

/**
 * The project of one target: of one of the package's by its name, or of any by the path of its manifest. Whether that
 * manifest is valid is found out when the project runs.
 */
export function conformanceProject(target: string): Project<object, TargetOptions> {
  const isPath = /[/\\]|\.json$/.test(target);
  const names = targetNames();
  if (!isPath && !names.includes(target)) {
    throw new Error(`no target "${target}"; there are ${names.join(', ')}, or the path of a manifest`);
  }
  const { name, concurrency } = read(isPath ? resolve(target) : target);
  return {
    name,
    use: { target: isPath ? resolve(target) : target },
    ...(concurrency !== undefined && { workers: concurrency }),
  };
}

/** The package's targets, without images and those whose program is not on this machine: that is said, once, on stderr. */
export function installedTargets(): string[] {
  return targetNames().filter((target) => isInstalled(read(target)));
}

function targetNames(): string[] {
  return readdirSync(new URL('targets/', packageRoot))
    .flatMap((file) => /^([a-z0-9-]+)\.json$/.exec(file)?.[1] ?? [])
    .sort();
}

function read(target: string): Manifest {
  const file = target.endsWith('.json') ? target : new URL(`targets/${target}.json`, packageRoot);
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
  if (typeof manifest.name === 'string') return manifest;
  throw new Error(`${target}: has no "name"; it is no manifest of a target`);
}

function isInstalled({ name, start }: Manifest): boolean {
  // No engine can be asked without waiting: a configuration names the images that it wants.
  if ('image' in start) return false;
  if (!('command' in start)) return true;
  try {
    findCommand(name, start.command, packageRoot);
    return true;
  } catch (error) {
    if (!(error instanceof TargetError)) throw error;
    const inWorker = process.env['TEST_WORKER_INDEX'] !== undefined;
    if (!inWorker) warn(`${error.message}; its project is left out`);
    return false;
  }
}
