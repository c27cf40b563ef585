import type { CodePlace, MessagePlace, Place } from '../../targets/manifest.ts';
import { variable, word } from './shell.ts';

/** What is known of where a target shows things. */
export interface Places {
  codes?: CodePlace | undefined;
  messages?: MessagePlace | undefined;
  signingKey?: Place | undefined;
}

/** Reads a place that the endpoint itself shows; `owner` is the variable that holds a user's name. */
export function readingCommand(place: CodePlace | MessagePlace | undefined, owner?: string): string | undefined {
  if (!place || !('get' in place) || place.pattern !== undefined) return undefined;
  const member = place.pointer?.slice(1).replaceAll('/', '.');
  return `curl -gsS "$ENDPOINT"${word(named(place.get, owner))}${member ? ` | member ${word(named(member, owner))}` : ''}`;
}

/** Where else a person finds it. */
export function whereabouts(place: CodePlace | MessagePlace | undefined, owner?: string): string {
  if (!place || !('file' in place)) return '';
  const inside = place.pointer === undefined ? '' : ` at ${named(place.pointer, owner)}`;
  return ` (${place.package ? `${place.package}: ` : ''}${named(place.file, owner)}${inside})`;
}

function named(text: string, owner = 'USER_NAME'): string {
  return text.replaceAll('${UserPoolId}', variable('POOL_ID')).replaceAll('${Username}', variable(owner));
}
