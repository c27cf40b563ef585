import { limitsOf, type Limit } from './limits.ts';
import type { Quotas } from './quotas.ts';
import { askedBy, type Request } from './request.ts';

/** The time, in milliseconds. */
export interface Clock {
  now(): number;
  wait(ms: number): Promise<void>;
}

export type Send<Q extends Request, O, A> = (request: Q, options?: O) => Promise<A>;

export interface LimitedOptions<A> {
  quotas: Quotas;
  /** Whether an answer says that the request came too fast. Nothing was done of it then. */
  isThrottled: (answer: A) => boolean;
  clock?: Clock;
  /** From 0 to below 1. */
  random?: () => number;
}

const ATTEMPTS = 8;
const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 20_000;

/**
 * Sends no faster than the quotas allow, all cases together: per category, per user, and per pool where a category
 * says so. What is throttled nevertheless is sent again, and its category goes on more slowly for a while.
 * Resolves to a throttled answer only where all attempts were.
 */
export function limited<Q extends Request, O, A>(
  send: Send<Q, O, A>,
  { quotas, isThrottled, clock = realClock, random = Math.random }: LimitedOptions<A>,
): Send<Q, O, A> {
  const limits = limitsOf(quotas);
  const turn = turnsBy(clock);
  return async (request, options) => {
    const asked = askedBy(request);
    for (let attempt = 0; ; attempt += 1) {
      await turn(limits.of(asked));
      const answer = await send(request, options);
      if (!isThrottled(answer) || attempt + 1 === ATTEMPTS) return answer;
      limits.slower(asked, clock.now());
      await clock.wait(random() * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** attempt));
    }
  };
}

/** Resolves when all limits have room for one more, which has taken its place in each. Whoever has waited longest goes first. */
type Turn = (limits: readonly Limit[]) => Promise<void>;

function turnsBy(clock: Clock): Turn {
  const waiting: { limits: readonly Limit[]; go: () => void }[] = [];
  let wakesAt = Infinity;
  const serve = (): void => {
    const now = clock.now();
    let soonest = Infinity;
    for (const one of waiting.splice(0)) {
      const wait = Math.ceil(Math.max(0, ...one.limits.map((limit) => limit.roomIn(now))));
      if (wait === 0) {
        one.limits.forEach((limit) => limit.take(now));
        one.go();
      } else {
        waiting.push(one);
        soonest = Math.min(soonest, now + wait);
      }
    }
    if (soonest < wakesAt) void wakeAt(soonest);
  };
  const wakeAt = async (time: number): Promise<void> => {
    wakesAt = time;
    await clock.wait(time - clock.now());
    if (wakesAt === time) wakesAt = Infinity;
    serve();
  };
  return (limits) =>
    new Promise((go) => {
      waiting.push({ limits, go });
      serve();
    });
}

const realClock: Clock = {
  now: () => performance.now(),
  wait: (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
};
