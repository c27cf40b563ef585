import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';

export interface Command {
  program: string;
  words: string[];
  folder: string;
  environment?: Record<string, string>;
}

/** Of a process and those it waited for. */
export interface Cost {
  cpuMs: number;
  wallMs: number;
  /** Of the largest one of them. */
  peakMb: number;
}

/** Runs a command to its end, whatever its exit code; what it writes goes into files. */
export async function timed({ program, words, folder, environment }: Command): Promise<Cost & { output: string }> {
  const times = `${folder}/bench-times`;
  const output = `${folder}/bench-output`;
  const line = ['-q', '-f', '%U %S %e %M', '-o', times, 'sh', '-c', 'exec "$@" >"$0" 2>&1', output, program, ...words];
  const began = performance.now();
  const env = { ...process.env, ...environment };
  const child = spawn('time', line, { cwd: folder, env, stdio: 'ignore', detached: true });
  const end = (): boolean => process.kill(-(child.pid ?? 0), 'SIGKILL');
  process.once('exit', end);
  await once(child, 'exit');
  process.off('exit', end);
  const wallMs = performance.now() - began;
  const [user = 0, system = 0, , peak = 0] =
    readFileSync(times, 'utf8').trim().split('\n').at(-1)?.split(' ').map(Number) ?? [];
  return { cpuMs: (user + system) * 1000, wallMs, peakMb: peak / 1024, output: readFileSync(output, 'utf8') };
}

/** GNU's, which is no part of every system. */
export function hasTime(): boolean {
  return spawnSync('time', ['-q', '-f', '%U', 'true']).status === 0;
}
