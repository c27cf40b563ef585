import { notAuthorized } from './errors.ts';
import type { Client } from './state.ts';
import { isVerifiedFlag } from './users.ts';

/** A user's token writes what its client may write, and never a flag that says an address is verified. */
export function assertWritable(client: Client, names: string[]): void {
  if (names.every((name) => isWritable(client, name))) return;
  throw notAuthorized('A client attempted to write unauthorized attribute');
}

function isWritable({ settings, pool }: Client, name: string): boolean {
  const attribute = pool.schema.get(name);
  if (isVerifiedFlag(name) || attribute?.developerOnly) return false;
  return attribute?.required || (settings.WriteAttributes?.includes(name) ?? true);
}

export const isReadable = ({ settings }: Client, name: string) =>
  name === 'sub' || (settings.ReadAttributes?.includes(name) ?? true);
