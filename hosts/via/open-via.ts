import type { Manifest } from '../../targets/manifest.ts';
import { nearest } from '../../engine/nearest.ts';
import type { Run } from '../../engine/result.ts';
import { text, type Flags } from '../command/flags.ts';
import { UsageError } from '../usage-error.ts';
import type { Via } from './via.ts';

const NAMES: readonly Run['via'][] = ['wire', 'sdk', 'browser'];

/** What the flags say that cases go through. Throws a `UsageError` for what does not go together. */
export function viaOf(flags: Flags, manifests: readonly Manifest[]): Run['via'] {
  const named = text(flags['via']) ?? 'wire';
  const via = NAMES.find((name) => name === named);
  if (!via) {
    const near = nearest(named, [...NAMES]);
    throw new UsageError(`--via "${named}": there are ${NAMES.join(', ')}.${near ? ` Did you mean "${near}"?` : ''}`);
  }
  if (flags['browser'] !== undefined && via !== 'browser') {
    throw new UsageError('--browser is the browser of --via browser: give both');
  }
  for (const flag of via === 'wire' ? [] : ['reference', 'write-baseline', 'prune']) {
    if (flags[flag] !== undefined) {
      throw new UsageError(`--${flag} and --via ${via} exclude each other: --${flag} is of what is on the wire`);
    }
  }
  const called = manifests.find(({ start }) => 'mock' in start && start.mock === 'in-process');
  if (via === 'browser' && called) {
    throw new UsageError(
      `--via browser needs an address, and ${called.name} has none; mock-served is the same over HTTP`,
    );
  }
  return via;
}

/** Loads and starts it. Undefined for the wire, which needs nothing. */
export async function openVia(via: Run['via'], flags: Flags): Promise<Via | undefined> {
  if (via === 'sdk') return (await import('./sdk.ts')).openSdk();
  if (via === 'browser') return (await import('./browser.ts')).openBrowser(text(flags['browser']));
  return undefined;
}
