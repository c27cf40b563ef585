import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Surroundings } from './place.ts';
import { TargetError } from './target-error.ts';

const MOST_TRIES = 100;
/** Letters; most servers take headers of 8 KB at least. */
const PADDING = 4000;

/**
 * All that the process wrote. It may hold back what it writes until more follows: so it is asked for operations that
 * nobody has, by a long name that no output holds yet: once it has complained of the first, all that it wrote before is
 * there.
 */
export async function writtenUpToNow({ target, output: file, call }: Surroundings): Promise<string> {
  if (file === undefined) throw new TargetError(target, 'no output to read; it is known only of a command');
  const mark = `Mark${randomUUID().replaceAll('-', '')}`;
  const name = mark + 'x'.repeat(PADDING);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await call(name);
    const output = await readFile(file, 'utf8');
    if (output.includes(mark)) return output;
    await sleep(5);
  }
  throw new TargetError(target, 'its output does not tell of unknown operations: nothing can be read from it');
}
