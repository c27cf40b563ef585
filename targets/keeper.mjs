/**
 * Keeps one target: node keeper.mjs FOLDER PATIENCE PROGRAM ARGUMENT...
 * Standard input is a pipe from the run. When it ends, however the run ended, the target's process group is ended and
 * the folder removed; PATIENCE is how many milliseconds it has to end by itself. Standard output tells the run, in lines of JSON, the target's `pid` and how it `ended`.
 * Plain JavaScript, since Node 20 runs this file as it stands, out of the sources as out of the package.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const [folder, patience, program, ...args] = process.argv.slice(2);
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
target.on('exit', (code, signal) => {
  tell({ ended: signal ?? `exit code ${code}` });
  forget();
});

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, finish);
process.stdin.on('end', finish).on('error', finish).resume();

/** Its process group, as long as somebody is in it: later, the number may be given to strangers. */
let group = target.pid;
async function forget() {
  while (send(0)) await sleep(500);
  group = undefined;
}

let finishing = false;
async function finish() {
  if (finishing) return;
  finishing = true;
  if (group !== undefined && !(await gone('SIGTERM', Number(patience)))) await gone('SIGKILL', 1000);
  rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
  process.exit();
}

async function gone(signal, withinMs) {
  for (const until = Date.now() + withinMs; send(signal) && Date.now() < until; signal = 0) await sleep(20);
  return !send(0);
}

function send(signal) {
  if (group === undefined) return false;
  try {
    return process.platform === 'win32' ? target.kill(signal) : process.kill(-group, signal);
  } catch {
    return false;
  }
}
