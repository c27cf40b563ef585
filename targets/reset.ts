import { ask } from './ask.ts';
import type { Manifest } from './manifest.ts';
import { TargetError } from './target-error.ts';

/** Has a target forget what earlier runs left, where its manifest says how. Rejects with a `TargetError`. */
export async function reset({ name, reset: path }: Manifest, endpoint: string): Promise<void> {
  if (path === undefined) return;
  const { status } = await ask(endpoint + path, { method: 'POST' }).catch((cause: Error) => {
    throw new TargetError(name, `POST ${path} ("reset" in its manifest) had no answer: ${cause.message}`, { cause });
  });
  if (status < 200 || status > 299)
    throw new TargetError(name, `POST ${path} ("reset" in its manifest) answered ${status}; it must answer 2xx`);
}
