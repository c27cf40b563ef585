import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './list.ts';

/** How often what was answered with which status: `UpdateUserAttributes 200`. */
export type Answered = Record<string, number>;

export interface BenchServer {
  name: string;
  url: string;
  /** Cases that the command has under way at a time. */
  concurrency: number;
  /** Since it was last asked. */
  answered(): Promise<Answered>;
  close(): Promise<void>;
}

const here = (name: string): string => fileURLToPath(new URL(name, import.meta.url));

export function fast(scratch: string, latencyMs = 0): Promise<BenchServer> {
  const name = latencyMs > 0 ? `fast, ${latencyMs} ms away` : 'fast';
  return start(scratch, name, here('servers/fast.js'), [], { LATENCY_MS: String(latencyMs) });
}

/** The mock with the fault that the five cases find. */
export function mock(scratch: string): Promise<BenchServer> {
  const cli = fileURLToPath(new URL('dist/cli.js', root()));
  return start(scratch, 'mock', cli, ['mock', '--port', '0', '--fault', 'users-verify-their-new-address']);
}

export function cognitoLocal(scratch: string): Promise<BenchServer> {
  const folder = createRequire(import.meta.url)
    .resolve('cognito-local/package.json')
    .replace('package.json', '');
  return start(scratch, 'cognito-local', join(folder, 'lib/bin/start.js'), [], { HOST: '127.0.0.1', PORT: '0' }, 1);
}

async function start(
  scratch: string,
  name: string,
  script: string,
  words: string[],
  environment: Record<string, string> = {},
  concurrency = 8,
): Promise<BenchServer> {
  const cwd = mkdtempSync(join(scratch, 'server-'));
  // What cognito-local reads: by itself it has every pool sign in by e-mail.
  mkdirSync(join(cwd, '.cognito'));
  writeFileSync(join(cwd, '.cognito/config.json'), '{ "UserPoolDefaults": { "UsernameAttributes": [] } }');
  const child = fork(script, words, {
    cwd,
    env: { ...process.env, ...environment },
    execArgv: ['--import', new URL('servers/count.js', import.meta.url).href],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  const { port } = await told<{ port: number }>(child);
  return {
    name,
    url: `http://127.0.0.1:${port}`,
    concurrency,
    answered: async () => {
      child.send('answered');
      return (await told<{ answered: Answered }>(child)).answered;
    },
    close: async () => {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function told<T>(child: ChildProcess): Promise<T> {
  const [message] = (await once(child, 'message')) as [T];
  return message;
}
