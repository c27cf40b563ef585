import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { MessagePlace } from './manifest.ts';
import { readPlace, type Surroundings } from './place.ts';
import { TargetError } from './target-error.ts';

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
  { target, folder }: Surroundings,
  user: Readonly<Record<string, string>>,
): Promise<Message[]> {
  const parent = folder();
  if (parent === undefined) throw new TargetError(target, 'no output to read; it is known only of a command');
  const filled = pattern.replace(/\$\{(\w+)\}/g, (whole, name: string) => escape(user[name] ?? whole));
  const output = await readFile(join(parent, 'output.log'), 'utf8');
  return [...output.matchAll(new RegExp(filled, 'g'))].map(({ groups }) => message(groups ?? {}));
}

function listed(list: unknown, { target }: Surroundings): Message[] {
  if (list === undefined) return [];
  if (Array.isArray(list)) return list.map((item) => message(item as Record<string, unknown>));
  throw new TargetError(target, 'no list at "messages"; its manifest must point at one');
}

/** Where a target does not tell the medium, the address does. */
function message({ to, medium }: Readonly<Record<string, unknown>>): Message {
  const address = String(to);
  const told = medium === 'EMAIL' || medium === 'SMS' ? medium : undefined;
  return { to: address, medium: told ?? (address.includes('@') ? 'EMAIL' : 'SMS') };
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
