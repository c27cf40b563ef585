import type { functionsAt } from './functions.ts';
import { mailsAt } from './mails.ts';
import type { CodePlace } from './manifest.ts';
import { writtenUpToNow } from './output.ts';
import { at, filled, lastMatch, literally, readPlace, type Surroundings } from './place.ts';

/** Whose code, and ten digits that the addresses of its case bear. */
export interface CodeOwner {
  UserPoolId: string;
  Username: string;
  unique: string;
}

/** What a run serves to its target. */
export interface Served {
  functions?: ReturnType<typeof functionsAt> | undefined;
  mailsUrl?: string | undefined;
}

/** The newest code sent to a user; undefined where there is none. */
export async function readCode(
  place: CodePlace,
  owner: CodeOwner,
  around: Surroundings,
  { functions, mailsUrl = '' }: Served,
): Promise<string | undefined> {
  const names = { ...owner };
  if ('fixed' in place) return place.fixed;
  if ('output' in place) return lastMatch(filled(place.output, names, literally), await writtenUpToNow(around));
  if ('mail' in place) {
    const mails = await mailsAt(mailsUrl, owner.unique);
    return mails.map(({ text }) => lastMatch(place.mail, text)).findLast((code) => code !== undefined);
  }
  if ('trigger' in place) return codeOf(await functions?.events(owner), place, owner);
  return text(await readPlace(place, around, names));
}

/** The functions got events of other users of the pool too. */
function codeOf(
  events: readonly unknown[] = [],
  { trigger, pointer }: { trigger: string; pointer: string },
  { Username }: CodeOwner,
): string | undefined {
  const codes = (events as { triggerSource?: unknown; userName?: unknown }[])
    .filter(({ triggerSource, userName }) => String(triggerSource).startsWith(`${trigger}_`) && userName === Username)
    .map((event) => text(at(pointer, event)));
  return codes.findLast((code) => code !== undefined);
}

function text(code: unknown): string | undefined {
  return code === undefined || code === null ? undefined : String(code);
}
