import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import { file, folder } from '../../hosts/command/command.test-data.ts';
import type { Report } from '../../engine/result.ts';
import { readResults } from '../../hosts/results-file.ts';
import { packageRoot } from '../../package.ts';

export interface Judged {
  code: number | null;
  stderr: string;
  seconds: number;
  /** The most memory that the runner ever had. */
  peakMB: number;
}

/** Asked of by `process.resourceUsage`: what wait4 would tell. Written once, since runners read it at the same time. */
const TELL_PEAK = file(
  'peak.cjs',
  `process.on('exit', () => require('node:fs').writeFileSync(process.env.PEAK, String(process.resourceUsage().maxRSS)));`,
);

let count = 0;

export function nextName(): string {
  count += 1;
  return `world-${count}`;
}

/** Starts the command; `ended` tells what it took. */
export function startRunner(
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): { child: ChildProcess; ended: Promise<Judged> } {
  const report = join(folder, `${nextName()}.peak`);
  const cli = fileURLToPath(new URL('dist/cli.js', packageRoot));
  const clock = performance.now();
  const child = spawn(process.execPath, ['--require', TELL_PEAK, cli, 'run', '--quiet', ...args], {
    cwd: folder,
    env: { ...process.env, PEAK: report, ...env },
  });
  let stderr = '';
  child.stderr.on('data', (chunk: Buffer) => (stderr += chunk));
  child.stdout.resume();
  const end = async (): Promise<Judged> => {
    const [code] = (await once(child, 'close')) as [number | null];
    const seconds = (performance.now() - clock) / 1000;
    return { code, stderr, seconds, peakMB: code === null ? 0 : Number(readFileSync(report, 'utf8')) / 1024 };
  };
  return { child, ended: end() };
}

/** Runs the command on an endpoint that is the served mock behind something, and holds it to its limits. */
export async function judgeAt(
  url: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = {},
): Promise<Judged & { report: Report }> {
  const name = nextName();
  const out = join(folder, name);
  const judged = await startRunner(['--target', manifestAt(url, name), '--out', out, ...args], env).ended;
  // Seven waits of 8 s at most, on a machine that does other things too.
  expect(judged.seconds).toBeLessThan(90);
  expect(judged.peakMB).toBeLessThan(250);
  return { ...judged, report: readResults(join(out, 'results.json')) };
}

/** The manifest of the served mock, at another place. Only what it answers is seen. */
function manifestAt(url: string, name: string): string {
  const served = JSON.parse(readFileSync(new URL('targets/mock-served.json', packageRoot), 'utf8')) as object;
  const elsewhere = { name, start: { url }, triggers: undefined, selfTest: undefined };
  // Read beside the API, which is another connection.
  const unread = { codes: undefined, messages: undefined, signingKey: undefined };
  return file(`${name}.json`, { ...served, ...elsewhere, ...unread });
}
