import type { Manifest } from './manifest.ts';
import { TargetError } from './target-error.ts';

/** Has a target forget what earlier runs left, where its manifest says how. Rejects with a `TargetError`. */
export async function reset({ name, reset: path }: Manifest, endpoint: string): Promise<void> {
  if (path === undefined) return;
  const asked = { method: 'POST', headers: { connection: 'close' }, signal: AbortSignal.timeout(10_000) };
  const { ok, status } = await fetch(endpoint + path, asked).catch((cause: Error) => {
    throw new TargetError(name, `POST ${path} ("reset" in its manifest) had no answer: ${cause.message}`, { cause });
  });
  if (!ok) throw new TargetError(name, `POST ${path} ("reset" in its manifest) answered ${status}; it must answer 2xx`);
}
