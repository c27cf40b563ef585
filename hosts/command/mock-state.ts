import { readFileSync } from 'node:fs';
import type { PoolOptions } from '../../mocks/mock.ts';
import { whyUnread } from '../../targets/why-unread.ts';
import { UsageError } from '../usage-error.ts';

/** The pools that a file lists, as `createMock` takes them: `{ "pools": [...] }`. Whether they can be, the mock tells. */
export function poolsOf(file: string): readonly PoolOptions[] {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new UsageError(`--state ${file} cannot be read: ${whyUnread(error)}`);
  }
  const names = typeof content === 'object' && content !== null ? Object.keys(content) : [];
  if (names.length === 1 && names[0] === 'pools') return (content as { pools: readonly PoolOptions[] }).pools;
  throw new UsageError(`--state ${file}: must be an object with "pools" as its one member; docs/mock.md shows one`);
}
