import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './list.ts';

/** Where the other tools are installed, once for each set of their versions; undefined where npm cannot. */
export function toolbox(): string | undefined {
  const from = fileURLToPath(new URL('bench/toolbox/', root()));
  const lock = readFileSync(join(from, 'package-lock.json'));
  const folder = join(
    tmpdir(),
    `conformance-bench-tools-${createHash('sha256').update(lock).digest('hex').slice(0, 12)}`,
  );
  if (existsSync(join(folder, 'node_modules/.package-lock.json'))) return folder;
  mkdirSync(folder, { recursive: true });
  for (const name of ['package.json', 'package-lock.json']) cpSync(join(from, name), join(folder, name));
  console.error(`installing the other tools into ${folder}`);
  const line = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];
  const { status } = spawnSync('npm', line, { cwd: folder, stdio: ['ignore', 2, 2] });
  return status === 0 ? folder : undefined;
}

/** A file of one of the tools. */
export function tool(file: string): string {
  return join(toolbox() ?? '', 'node_modules', file);
}

export function versionOf(name: string): string | undefined {
  const folder = toolbox();
  const file = join(folder ?? '', 'node_modules', name, 'package.json');
  return name !== '' && folder !== undefined && existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
    : undefined;
}
