import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { makeFolder, noteTarget, removeLeftovers } from './leftovers.ts';
import { folderUrl, type Command } from './manifest.ts';

/** A process with a folder of its own, both of which are gone when this one is, however it ended. */
export interface RunningCommand {
  /** What was started, for messages. */
  line: string;
  folder: string;
  url: string;
  /** What may be wrong where it never answers. */
  hint?: string;
  /** How it ended; pending while it runs. */
  ended: Promise<string>;
  /** The last lines that it wrote. */
  output: () => string;
  /** Resolves when the process and its folder are gone. */
  stop: () => Promise<void>;
  /** From now on this process may end before it is stopped. */
  unref: () => void;
}

/** Starts a program by way of `keeper.mjs`, which cleans up: it has `patience` milliseconds to end before it is killed. */
export async function startCommand(
  command: Command,
  [program, ...first]: readonly [string, ...string[]],
  packageRoot: URL | string,
  places: Readonly<Record<string, string>> = {},
  { patience = 500 } = {},
): Promise<RunningCommand> {
  removeLeftovers();
  const port = await freePort();
  const folder = makeFolder();
  try {
    const values: Readonly<Record<string, string>> = { ...places, PORT: String(port), FOLDER: folder };
    const fill = (text: string) => text.replace(/\$([A-Z_]+)/g, (whole, name: string) => values[name] ?? whole);
    writeFiles(folder, command.files ?? {}, fill);
    const args = [...first, ...(command.args ?? []).map(fill)];
    const keeper = fileURLToPath(new URL('targets/keeper.mjs', folderUrl(packageRoot)));
    const env = environment(command.environment ?? {}, fill);
    const kept = await keep([keeper, folder, String(patience), program, ...args], folder, env);
    return { ...kept, line: [program, ...args].join(' '), folder, url: `http://127.0.0.1:${port}` };
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error;
  }
}

async function keep(keeper: readonly string[], folder: string, env: NodeJS.ProcessEnv) {
  const child = spawn(process.execPath, keeper, {
    detached: true,
    env,
    stdio: ['pipe', 'pipe', 'ignore'],
    windowsHide: true,
  });
  await once(child, 'spawn');
  const exit = once(child, 'exit');
  child.stdin.on('error', () => {});
  const ended = new Promise<string>((resolve) => {
    createInterface(child.stdout).on('line', (line) => {
      const fact = JSON.parse(line) as { pid?: number; ended?: string };
      if (fact.pid !== undefined) noteTarget(folder, fact.pid, child.pid);
      if (fact.ended !== undefined) resolve(fact.ended);
    });
    child.on('exit', () => resolve('the end of its keeper'));
  });
  return {
    ended,
    output: () => lastLines(join(folder, 'output.log')),
    stop: async () => {
      child.ref();
      child.stdin.end();
      await exit;
    },
    unref: () => {
      child.unref();
      for (const pipe of [child.stdin, child.stdout]) (pipe as unknown as Socket).unref();
    },
  };
}

/** The run's own environment, with the manifest's members set or taken away; Node's flags are the run's alone. */
function environment(
  changes: Readonly<Record<string, string | null>>,
  fill: (text: string) => string,
): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = { ...process.env };
  for (const [name, value] of Object.entries({ NODE_OPTIONS: null, ...changes })) {
    if (value === null) delete env[name];
    else env[name] = fill(value);
  }
  return env;
}

function writeFiles(folder: string, files: Readonly<Record<string, unknown>>, fill: (text: string) => string): void {
  for (const [name, content] of Object.entries(files)) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, fill(typeof content === 'string' ? content : JSON.stringify(content, null, 2)));
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

function lastLines(file: string): string {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines
      .filter((line) => line.trim() !== '')
      .slice(-20)
      .map((line) => `  ${line}`)
      .join('\n');
  } catch {
    return '';
  }
}
