const TIMEOUT_MS = 10_000;
const MOST_BYTES = 4 * 1024 * 1024;

/** Asks one host and no other: where it says to go elsewhere, that is the answer. Rejects what never ends. */
export async function ask(url: string, init: RequestInit = {}): Promise<{ status: number; body: string }> {
  const response = await fetch(url, {
    ...init,
    headers: { connection: 'close', ...init.headers },
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
  });
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length;
    if (bytes > MOST_BYTES) throw new Error(`the answer is larger than ${MOST_BYTES} bytes`);
    chunks.push(chunk);
  }
  return { status: response.status, body: Buffer.concat(chunks).toString('utf8') };
}
