import { categoryOf, type Quotas } from './quotas.ts';
import type { Asked } from './request.ts';

/** A second, and what two requests may come nearer to each other on their way. */
export const SECOND_MS = 1100;
/** Nothing says that Cognito takes a second's requests at once: they are spread over it in so many parts. */
const PARTS = 5;
/** Shorter than a part is, so that a timer that is late costs nothing: the next requests make up for it. */
const PART_MS = 180;
/** What is left of its pace to a category that was throttled, and how much of its quota it regains in a second. */
const LEFT = 0.75;
const REGAINED = 0.05;

/** At most so many in any stretch of time of one length. */
export interface Limit {
  /** The milliseconds until there is room. */
  roomIn(now: number): number;
  take(now: number): void;
}

function atMost(count: number | ((now: number) => number), lengthMs: number): Limit {
  const times: number[] = [];
  const most = typeof count === 'number' ? () => count : count;
  let kept = 0;
  return {
    roomIn(now) {
      const room = most(now);
      kept = Math.max(kept, room);
      const first = times[times.length - room];
      return first === undefined ? 0 : Math.max(0, first + lengthMs - now);
    },
    take(now) {
      times.push(now);
      if (times.length > kept) times.shift();
    },
  };
}

/** The pace of a category: its quota, less after it was throttled. */
interface Pace {
  perSecond(now: number): number;
  slower(now: number): void;
}

function paceOf(quota: number): Pace {
  let lowered = quota;
  let since = -Infinity;
  const perSecond = (now: number): number =>
    since === -Infinity ? quota : Math.min(quota, lowered + (quota * REGAINED * (now - since)) / 1000);
  return {
    perSecond: (now) => Math.max(1, Math.floor(perSecond(now))),
    slower(now) {
      // Answers to what was sent before the last change say nothing of it.
      if (now - since < SECOND_MS) return;
      lowered = Math.max(1, perSecond(now) * LEFT);
      since = now;
    },
  };
}

/** The limits that a request falls under, and how its category is slowed. */
export function limitsOf(quotas: Quotas) {
  const made = new Map<string, Limit[]>();
  const paces = new Map<string, Pace>();
  const shared = (key: string, make: () => Limit[]): Limit[] => {
    const limits = made.get(key) ?? make();
    made.set(key, limits);
    return limits;
  };
  const paceFor = (category: string): Pace => {
    const pace = paces.get(category) ?? paceOf(quotas.categories[category]?.perSecond ?? Infinity);
    paces.set(category, pace);
    return pace;
  };

  const ofCategory = (category: string): Limit[] =>
    shared(category, () => {
      const { perSecond } = paceFor(category);
      const part = (now: number): number => Math.ceil(perSecond(now) / PARTS);
      return [atMost(perSecond, SECOND_MS), atMost(part, PART_MS)];
    });

  const ofUser = (operation: string, user: string): Limit[] =>
    Object.entries({ reads: quotas.perUser.reads, writes: quotas.perUser.writes })
      .filter(([, { operations }]) => operations.includes(operation))
      .flatMap(([kind, { perSecond }]) => shared(`${kind} ${user}`, () => [atMost(perSecond, SECOND_MS)]));

  return {
    of({ operation = '', pool, user }: Asked): Limit[] {
      const category = categoryOf(operation, quotas);
      if (category === undefined) return [];
      const onPool = quotas.categories[category]?.perPoolAndOperation;
      return [
        ...ofCategory(category),
        ...(onPool !== undefined && pool !== undefined
          ? shared(`${operation} ${pool}`, () => [atMost(onPool, SECOND_MS)])
          : []),
        ...(user === undefined ? [] : ofUser(operation, user)),
      ];
    },
    slower({ operation = '' }: Asked, now: number): void {
      const category = categoryOf(operation, quotas);
      if (category !== undefined) paceFor(category).slower(now);
    },
  };
}
