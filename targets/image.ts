import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startCommand, type RunningCommand } from './command.ts';
import { folderUrl, type Image, type Manifest } from './manifest.ts';
import { findPackage } from './program.ts';
import type { StartOptions } from './start.ts';
import { TargetError } from './target-error.ts';

/** To remove a container takes an engine longer than a process needs to end. */
const PATIENCE = 10_000;

/** What `container.mjs` tells in its `state.json`. */
interface State {
  pulling?: true;
  created?: true;
  labels?: Readonly<Record<string, string>>;
  problem?: string;
}

/** What the run serves on 127.0.0.1, where it does. */
export interface Served {
  functionsUrl: string | undefined;
  smtpPort: number | undefined;
}

export interface RunningImage extends RunningCommand {
  labels: Readonly<Record<string, string>>;
}

/**
 * Starts a container as a command: the process that keeps it writes what it writes and ends as it ends. Resolves when
 * the container is there; an image that has to be fetched first may take its time. Rejects with a `TargetError`.
 */
export async function startImage(
  manifest: Manifest,
  image: Image,
  { functionsUrl, smtpPort }: Served,
  { packageRoot, log, signal }: StartOptions,
): Promise<RunningImage> {
  const { name, codes } = manifest;
  const root = fileURLToPath(folderUrl(packageRoot));
  const testcontainers = findPackage('testcontainers', [process.cwd(), root]);
  if (testcontainers === undefined) {
    throw new TargetError(
      name,
      'containers need the npm package testcontainers; install it with: npm install --save-dev testcontainers@11.14.0',
    );
  }
  const makes = codes && 'file' in codes && !codes.package ? [dirname(codes.file)] : [];
  const told = JSON.stringify({ ...image, functionsUrl, smtpPort, makes });
  const program = [process.execPath, join(root, 'targets', 'container.mjs'), testcontainers, told] as const;
  // Its lock goes with the folder.
  const environment = { TESTCONTAINERS_RYUK_DISABLED: 'true', TMPDIR: '$FOLDER' };
  const options = { patience: PATIENCE };
  const command = await startCommand({ program: '', args: ['$PORT'], environment }, program, packageRoot, {}, options);
  try {
    const labels = await created(name, image, command, { log, signal });
    const hint = `; does the container listen on port ${image.port}, and on all its addresses?`;
    return { ...command, line: `image ${image.name}`, hint, labels };
  } catch (error) {
    await command.stop();
    throw error;
  }
}

async function created(
  name: string,
  image: Image,
  { folder, ended, output }: RunningCommand,
  { log, signal }: Pick<StartOptions, 'log' | 'signal'>,
): Promise<Readonly<Record<string, string>>> {
  let how: string | undefined;
  void ended.then((end) => (how = end));
  for (let told = false; ; await sleep(20)) {
    const over = how;
    const state = await stateIn(folder);
    if (state.pulling && !told) log?.(`target ${name}: the image ${image.name} is not here yet and is pulled`);
    told ||= state.pulling === true;
    if (state.created) return state.labels ?? {};
    if (state.problem !== undefined) throw new TargetError(name, state.problem);
    if (over !== undefined) {
      throw new TargetError(name, `its container was not made (${over}); the last that was written:\n${output()}`);
    }
    if (signal?.aborted) throw new TargetError(name, 'interrupted before it answered');
  }
}

async function stateIn(folder: string): Promise<State> {
  try {
    return JSON.parse(await readFile(join(folder, 'state.json'), 'utf8')) as State;
  } catch {
    return {};
  }
}
