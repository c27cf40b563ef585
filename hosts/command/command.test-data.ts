import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import type { AddressInfo, Server, Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll } from 'vitest';
import type { Report } from '../../engine/result.ts';
import { packageRoot } from '../../package.ts';

const cli = fileURLToPath(new URL('dist/cli.js', packageRoot));
if (!existsSync(cli)) throw new Error(`there is no ${cli}; make it with: npm run build`);

/** Where the commands of one test file run; removed with all that they started. */
export const folder = mkdtempSync(join(tmpdir(), 'command-test-'));
const closers: (() => void)[] = [];

afterAll(() => {
  for (const close of closers) close();
  rmSync(folder, { recursive: true });
});

export const ONE = 'UpdateUserAttributes/expired-token';

interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

export function command(...args: string[]): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [cli, ...args], { cwd: folder, timeout: 30_000 }, (_, stdout, stderr) =>
      resolve({ code: child.exitCode, stdout, stderr }),
    );
  });
}

/** Starts a command; what was started is ended with the test, however that ends. */
export function start(args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  const child = spawn(process.execPath, [cli, ...args], { cwd: folder, env: { ...process.env, ...env } });
  closers.push(() => child.kill('SIGKILL'));
  return child;
}

/** What a command says first: of `mock`, its address. */
export async function firstLine(child: ChildProcess): Promise<string> {
  if (!child.stdout) throw new Error('no output');
  const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
  return line;
}

export function results(out: string): Report {
  return JSON.parse(readFileSync(join(out, 'results.json'), 'utf8')) as Report;
}

/** Writes a file where the commands run and answers its path. */
export function file(name: string, content: unknown): string {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}

interface Listening {
  url: string;
  connections: () => number;
}

export async function listen(server: Server): Promise<Listening> {
  let connections = 0;
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('error', () => {}).on('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  closers.push(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, connections: () => connections };
}
