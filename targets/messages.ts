import { mailsAt } from './mails.ts';
import type { MessagePlace } from './manifest.ts';
import { writtenUpToNow } from './output.ts';
import { filled, literally, readPlace, type Surroundings } from './place.ts';
import { TargetError } from './target-error.ts';

export interface Message {
  to: string;
  medium: 'EMAIL' | 'SMS';
}

/** All messages sent to a user: of a list of objects with `to` and perhaps `medium`, or as the process wrote them. */
export async function readMessages(
  place: Exclude<MessagePlace, { mail: true }>,
  around: Surroundings,
  user: Readonly<Record<string, string>>,
): Promise<Message[]> {
  if (!('output' in place)) return listed(await readPlace(place, around, user), around);
  const output = await writtenUpToNow(around);
  const pattern = new RegExp(filled(place.output, user, literally), 'g');
  return [...output.matchAll(pattern)].map(({ groups }) => message(groups ?? {}, around.target));
}

/** All mails sent to addresses that hold a text. */
export async function readMails(mailsUrl: string, address: string, target: string): Promise<Message[]> {
  return (await mailsAt(mailsUrl, address)).map(({ to }) => message({ to }, target));
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
