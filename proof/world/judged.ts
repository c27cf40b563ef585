import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { file, folder } from '../../hosts/command/command.test-data.ts';
import type { Report } from '../../engine/result.ts';
import { readResults } from '../../hosts/results-file.ts';
import { packageRoot } from '../../package.ts';

export interface Judged {
  code: number;
  stderr: string;
  seconds: number;
  /** The most memory that the runner ever had. */
  peakMB: number;
  report: Report;
}

const peak = `process.on('exit', () => process.stderr.write(
  '\\npeak ' + process.resourceUsage().maxRSS + '\\n'));`;

let count = 0;

/** Runs the command on an endpoint that is the served mock behind something. */
export async function judgeAt(url: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Judged> {
  count += 1;
  const target = manifestAt(url, `world-${count}`);
  const out = join(folder, `out-${count}`);
  const hook = file('peak.cjs', peak);
  const cli = new URL('dist/cli.js', packageRoot).pathname;
  const words = ['--require', hook, cli, 'run', '--target', target, '--out', out, '--quiet', ...args];
  const clock = performance.now();
  const child = spawn(process.execPath, words, { cwd: folder, env: { ...process.env, ...env } });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
  child.stdout.resume();
  const [code] = (await once(child, 'close')) as [number];
  const peakMB = Number(/^peak (\d+)$/m.exec(stderr)?.[1]) / 1024;
  const seconds = (performance.now() - clock) / 1000;
  return { code, stderr, seconds, peakMB, report: readResults(join(out, 'results.json')) };
}

/** The manifest of the served mock, at another place. Its functions are not there. */
export function manifestAt(url: string, name: string, more: object = {}): string {
  const {
    triggers: _,
    selfTest: __,
    $schema: ___,
    ...served
  } = JSON.parse(readFileSync(new URL('targets/mock-served.json', packageRoot), 'utf8')) as Record<string, unknown>;
  return file(`${name}.json`, { ...served, name, start: { url }, ...more });
}
