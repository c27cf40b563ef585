/**
 * Keeps one target: node keeper.mjs FOLDER PROGRAM ARGUMENT...
 * Standard input is a pipe from the run. When it ends, however the run ended, the target's process group is ended and
 * the folder removed. Standard output tells the run, in lines of JSON, the target's `pid` and how it `ended`.
 * Plain JavaScript, since Node 20 runs this file as it stands, out of the sources as out of the package.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [folder, program, ...args] = process.argv.slice(2);
const output = openSync(join(folder, 'output.log'), 'a');
const target = spawn(program, args, {
  cwd: folder,
  detached: process.platform !== 'win32',
  stdio: ['ignore', output, output],
  windowsHide: true,
});
closeSync(output);

process.stdout.on('error', () => {});
const tell = (fact) => process.stdout.write(`${JSON.stringify(fact)}\n`);
target.on('spawn', () => tell({ pid: target.pid }));
target.on('error', (error) => tell({ ended: error.message }));
target.on('exit', (code, signal) => tell({ ended: signal ?? `exit code ${code}` }));

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, finish);
process.stdin.on('end', finish).on('error', finish).resume();

let finishing = false;
async function finish() {
  if (finishing) return;
  finishing = true;
  if (target.pid !== undefined && !(await gone('SIGTERM', 500))) await gone('SIGKILL', 1000);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  process.exit();
}

async function gone(signal, withinMs) {
  for (const until = Date.now() + withinMs; send(signal) && Date.now() < until; signal = 0) await sleep(20);
  return !send(0);
}

function send(signal) {
  try {
    return process.platform === 'win32' ? target.kill(signal) : process.kill(-target.pid, signal);
  } catch {
    return false;
  }
}
