import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const PREFIX = 'cognito-conformance-';

/** A process that cannot be mistaken for a later one with the same id; `start` only where there is a /proc. */
interface ProcessId {
  pid: number;
  start?: string | undefined;
}

/** `owner.json` in a target's folder: the run that made it, the target that lives in it and who keeps that. */
interface Owner {
  owner: ProcessId;
  target?: ProcessId | undefined;
  keeper?: ProcessId | undefined;
}

/** Makes a temporary folder that belongs to this process, as its name says from the first moment. */
export function makeFolder(): string {
  const owner = processId(process.pid);
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${owner.pid}-${owner.start ?? ''}-`));
  writeOwner(folder, { owner });
  return folder;
}

/** Notes which process lives in the folder, unless it was stopped so soon that the folder is gone. */
export function noteTarget(folder: string, pid: number, keeper?: number): void {
  if (!existsSync(folder)) return;
  const kept = keeper === undefined ? undefined : processId(keeper);
  writeOwner(folder, { owner: processId(process.pid), target: processId(pid), keeper: kept });
}

/**
 * Ends targets and removes folders that earlier runs left behind: those whose owner is dead.
 * The second line of defence: it has work only where the keeper itself was killed.
 */
export function removeLeftovers(): void {
  for (const name of readdirSync(tmpdir())) {
    const folder = join(tmpdir(), name);
    const owner = name.startsWith(PREFIX) ? readOwner(folder) : undefined;
    if (owner === undefined || isAlive(owner.owner)) continue;
    // It is at it: a container cannot be removed twice as fast by killing who removes it.
    if (owner.keeper?.start !== undefined && isAlive(owner.keeper)) continue;
    try {
      if (owner.target?.start !== undefined && isAlive(owner.target)) process.kill(-owner.target.pid, 'SIGKILL');
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
    } catch {
      continue; // Its keeper, or another run, is at it already.
    }
  }
}

function writeOwner(folder: string, owner: Owner): void {
  writeFileSync(join(folder, 'owner.json'), JSON.stringify(owner));
}

/** Undefined where the folder is another user's, or not one of ours, or being removed. */
function readOwner(folder: string): Owner | undefined {
  try {
    if (statSync(folder).uid !== (process.getuid?.() ?? 0)) return undefined;
  } catch {
    return undefined;
  }
  try {
    return JSON.parse(readFileSync(join(folder, 'owner.json'), 'utf8')) as Owner;
  } catch {
    return namedOwner(folder);
  }
}

/** Who made it and was killed before that was written down. */
function namedOwner(folder: string): Owner | undefined {
  const [, pid, start] = new RegExp(`${PREFIX}(\\d+)-(\\d*)-\\w+$`).exec(folder) ?? [];
  return pid === undefined ? undefined : { owner: { pid: Number(pid), start: start || undefined } };
}

function processId(pid: number): ProcessId {
  return { pid, start: startOf(pid) };
}

function isAlive({ pid, start }: ProcessId): boolean {
  if (start !== undefined) return startOf(pid) === start;
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When a process started, in clock ticks since boot: field 22 of /proc/PID/stat, the 20th after the name. One that has
 * ended may stand there for ever (Z), where nobody asks how it ended: so it is in containers without an init.
 */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : fields[19];
  } catch {
    return undefined;
  }
}
