/** A condition in the mock that is told to be otherwise. */
export interface KnockOut {
  guard: string;
  value: boolean;
}

declare global {
  /** Stands around each condition of the mock (`instrument.ts`). */
  var guard: (guard: string, values: readonly boolean[], holds: unknown) => unknown;
}

let knockedOut: KnockOut | undefined;
let seen = new Map<string, Set<boolean>>();

/** Every condition that was met, with what it may be told to be. */
export const guards = new Map<string, readonly boolean[]>();

globalThis.guard = (guard, values, holds) => {
  guards.set(guard, values);
  const held = seen.get(guard) ?? new Set();
  seen.set(guard, held.add(Boolean(holds)));
  return knockedOut?.guard === guard ? knockedOut.value : holds;
};

/** Until the next one, a condition is what it is told to be. */
export function knockOut(one: KnockOut | undefined): void {
  knockedOut = one;
}

/** Which conditions were met since the last call, and what they were. */
export function takeSeen(): ReadonlyMap<string, ReadonlySet<boolean>> {
  const taken = seen;
  seen = new Map();
  return taken;
}
