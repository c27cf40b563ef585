import { OptionsError } from './errors.ts';

/** Milliseconds that a call takes, always or by the operation that is called. */
export type Latency = number | ((operation: string) => number);

/** Resolves when a call of an operation may be answered. */
export async function delay(latency: Latency, operation: string | undefined): Promise<void> {
  if (operation === undefined) return;
  const milliseconds = typeof latency === 'number' ? latency : latency(operation);
  assertLatency(milliseconds);
  if (milliseconds > 0) await new Promise((resolve) => setTimeout(resolve, milliseconds));
}

export function assertLatency(latency: Latency): void {
  if (typeof latency === 'function' || (Number.isFinite(latency) && latency >= 0)) return;
  throw new OptionsError(`latency is ${JSON.stringify(latency)}, not a number of milliseconds from 0 on`);
}
