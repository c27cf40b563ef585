import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { root } from './list.ts';
import { median } from './median.ts';

/** From the start of the command, with all cases on the mock, until it tells the first verdict. */
export async function firstVerdict(rounds: number): Promise<number> {
  const cli = fileURLToPath(new URL('dist/cli.js', root()));
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const began = performance.now();
    const child = spawn(process.execPath, [cli, 'run', '--target', 'mock', '--verbose'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    await once(child.stderr, 'data');
    times.push(performance.now() - began);
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  return median(times);
}
