import type { Manifest } from './manifest.ts';
import { findCommand } from './program.ts';

/** One line that says which program of a target is missing here and how to get it. */
export function whyMissing({ name, start }: Manifest, packageRoot: URL): string | undefined {
  try {
    if ('command' in start) findCommand(name, start.command, packageRoot);
    return undefined;
  } catch (error) {
    return (error as Error).message;
  }
}
