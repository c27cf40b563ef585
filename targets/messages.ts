import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MessagePlace } from './manifest.ts';
import { readPlace, type Surroundings } from './place.ts';
import { TargetError } from './target-error.ts';

const MOST_TRIES = 100;
/** Letters; most servers take headers of 8 KB at least. */
const PADDING = 4000;

export interface Message {
  to: string;
  medium: 'EMAIL' | 'SMS';
}

/** All messages sent to a user: of a list of objects with `to` and perhaps `medium`, or as the process wrote them. */
export async function readMessages(
  place: MessagePlace,
  around: Surroundings,
  user: Readonly<Record<string, string>>,
): Promise<Message[]> {
  return 'output' in place ? written(place.output, around, user) : listed(await readPlace(place, around, user), around);
}

async function written(
  pattern: string,
  around: Surroundings,
  user: Readonly<Record<string, string>>,
): Promise<Message[]> {
  if (around.output === undefined)
    throw new TargetError(around.target, 'no output to read; it is known only of a command');
  const filled = pattern.replace(/\$\{(\w+)\}/g, (whole, name: string) => escape(user[name] ?? whole));
  const output = await upToNow(around.output, around);
  return [...output.matchAll(new RegExp(filled, 'g'))].map(({ groups }) => message(groups ?? {}, around.target));
}

/**
 * A process may hold back what it writes until more follows. It is asked for operations that nobody has, by a long name
 * that no output holds yet: once it has complained of the first, all that it wrote before is there.
 */
async function upToNow(file: string, { target, call }: Surroundings): Promise<string> {
  const mark = `Mark${randomUUID().replaceAll('-', '')}`;
  const name = mark + 'x'.repeat(PADDING);
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    await call(name);
    const output = await readFile(file, 'utf8');
    if (output.includes(mark)) return output;
    await sleep(5);
  }
  throw new TargetError(target, 'its output does not tell of unknown operations: messages cannot be read from it');
}

function listed(list: unknown, { target }: Surroundings): Message[] {
  if (list === undefined) return [];
  if (Array.isArray(list)) return list.map((item) => message(item as Record<string, unknown> | null, target));
  throw new TargetError(target, 'no list at "messages"; its manifest must point at one');
}

/** Where a target does not tell the medium, the address does. */
function message(found: Readonly<Record<string, unknown>> | null, target: string): Message {
  const { to, medium } = found ?? {};
  if (typeof to !== 'string') throw new TargetError(target, 'a message at "messages" has no text as its "to"');
  const told = medium === 'EMAIL' || medium === 'SMS' ? medium : undefined;
  return { to, medium: told ?? (to.includes('@') ? 'EMAIL' : 'SMS') };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
