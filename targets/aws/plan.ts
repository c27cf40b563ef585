import { FIXED_PARTS, type FixedPart } from './fixed-parts.ts';
import { policyFor, type Policy } from './policy.ts';
import { categoryOf, type Category, type Quotas } from './quotas.ts';
import type { Asked } from './request.ts';

/** What running cases would send, as seen on a target that costs nothing. */
export interface Rehearsal {
  cases: readonly Rehearsed[];
  /** Of the run and not of a case. */
  before: readonly Sent[];
  after: readonly Sent[];
  leftOut: readonly { id: string; reason: string }[];
}

export interface Rehearsed {
  id: string;
  /** Its calls were cut short if not: there are more of them elsewhere. */
  whole: boolean;
  sent: readonly Sent[];
  /** Messages that it caused. */
  messages: Readonly<Record<'EMAIL' | 'SMS', number>>;
  needs: readonly FixedPart[];
  waitsForExpiry: boolean;
  /** Has calls that are sent again until their effect is seen. */
  repeats: boolean;
  /** Asks more of a user than Cognito takes, on purpose. */
  provokesLimit: boolean;
}

export interface Sent extends Asked {
  accepted: boolean;
}

export interface Prices {
  activeUsers: { plan: string; free: number; each: number; source: string };
  key: { aMonth: number; source: string };
  unconfirmed: readonly string[];
}

export interface Plan {
  planVersion: 1;
  cases: number;
  leftOut: Rehearsal['leftOut'];
  makes: { pools: number; clients: number; users: number };
  calls: { total: number; outsideQuotas: number; categories: PlannedCategory[] };
  time: { quotaSeconds: number; expirySeconds: number };
  cost: { usersARun: number; freeUsersAMonth: number; freeRunsAMonth: number; nightly: Monthly; source: string[] };
  needsFixedParts: Partial<Record<FixedPart, string[]>>;
  withoutFixedParts: number;
  messages: Record<'EMAIL' | 'SMS', number>;
  /** Users of whom more is asked in an hour than Cognito takes. */
  tooManyAnHour: { id: string; operation: string; calls: number; limit: number }[];
  notCounted: { repeating: string[]; cutShort: string[] };
  policy: Policy;
  unconfirmed: string[];
}

export interface PlannedCategory {
  name: string;
  calls: number;
  perSecond: number;
  seconds: number;
  adjustable: boolean;
  operations: Record<string, number>;
}

interface Monthly {
  users: number;
  usersUsd: number;
  /** Only where the fixed parts are there. */
  keyUsd: number;
}

const NIGHTS = 30;
/** A token of the shortest life that a client can be given, and half a minute. */
const EXPIRY_SECONDS = 330;

/** What a run makes, sends, takes, costs and needs. `known`: the operations, by name. */
export function planOf(
  { cases, before, after, leftOut }: Rehearsal,
  quotas: Quotas,
  prices: Prices,
  known: Readonly<Record<string, { signed: boolean; input: readonly string[] }>>,
): Plan {
  const untilLast = [...before, ...cases.flatMap((test) => test.sent)];
  const sent = [...untilLast, ...after];
  const made = (operation: string): number =>
    sent.filter((call) => call.operation === operation && call.accepted).length;
  const makes = {
    pools: made('CreateUserPool'),
    clients: made('CreateUserPoolClient'),
    users: made('AdminCreateUser'),
  };
  const categories = categoriesOf(sent, quotas);
  const needsFixedParts = needsOf(cases);
  const parts = Object.keys(needsFixedParts) as FixedPart[];
  const ids = (some: (test: Rehearsed) => boolean): string[] => cases.filter(some).map(({ id }) => id);
  const asked = new Set(sent.flatMap(({ operation = '' }) => operation));
  // Who signs what needs no signature needs no permission either.
  const operations = Object.entries(known)
    .filter(([name, { signed }]) => signed && asked.has(name))
    .map(([name, { input }]) => ({ name, takesPool: input.includes('UserPoolId') }));
  return {
    planVersion: 1,
    cases: cases.length,
    leftOut,
    makes,
    calls: {
      total: sent.length,
      outsideQuotas: sent.filter(({ operation = '' }) => categoryOf(operation, quotas) === undefined).length,
      categories,
    },
    time: {
      // What is deleted last waits for the last case.
      quotaSeconds: Math.ceil(secondsOf(untilLast, quotas) + secondsOf(after, quotas)),
      expirySeconds: cases.some(({ waitsForExpiry }) => waitsForExpiry) ? EXPIRY_SECONDS : 0,
    },
    cost: costOf(makes.users, parts, prices),
    needsFixedParts,
    withoutFixedParts: cases.filter(({ needs }) => needs.length === 0).length,
    messages: {
      EMAIL: cases.reduce((sum, { messages }) => sum + messages.EMAIL, 0),
      SMS: cases.reduce((sum, { messages }) => sum + messages.SMS, 0),
    },
    tooManyAnHour: cases.flatMap((test) => tooMany(test, quotas)),
    notCounted: { repeating: ids(({ repeats }) => repeats), cutShort: ids(({ whole }) => !whole) },
    policy: policyFor({ operations, fixedParts: parts }),
    unconfirmed: [...quotas.unconfirmed, ...prices.unconfirmed, ...UNCONFIRMED],
  };
}

const UNCONFIRMED = [
  'That users count as active once their pool is deleted: taken for granted, as the dearer way.',
  'That CreateUserPool with tags needs cognito-idp:TagResource on any resource: a public refusal shows it, no documentation says it.',
  'That who makes a pool needs kms:CreateGrant on its key: an older edition of the guide has Cognito itself make the grant.',
];

function categoriesOf(sent: readonly Sent[], quotas: Quotas): PlannedCategory[] {
  return Object.entries(quotas.categories)
    .map(([name, category]) => {
      const calls = callsOf(category, sent);
      return {
        name,
        calls: calls.length,
        perSecond: category.perSecond,
        seconds: Math.ceil(secondsFor(category, calls)),
        adjustable: category.adjustable,
        operations: Object.fromEntries(tally(calls, ({ operation = '' }) => operation)),
      };
    })
    .filter(({ calls }) => calls > 0)
    .sort((one, other) => other.seconds - one.seconds || other.calls - one.calls);
}

/** The time of the slowest category: all others go on beside it. */
function secondsOf(sent: readonly Sent[], { categories }: Quotas): number {
  return Math.max(0, ...Object.values(categories).map((category) => secondsFor(category, callsOf(category, sent))));
}

function secondsFor({ perSecond, perPoolAndOperation }: Category, calls: readonly Sent[]): number {
  const onOnePool = Math.max(0, ...tally(calls, ({ operation, pool }) => `${operation} ${pool}`).values());
  return Math.max(calls.length / perSecond, perPoolAndOperation ? onOnePool / perPoolAndOperation : 0);
}

function callsOf({ operations }: Category, sent: readonly Sent[]): Sent[] {
  return sent.filter(({ operation = '' }) => operations.includes(operation));
}

function needsOf(cases: readonly Rehearsed[]): Plan['needsFixedParts'] {
  const parts = Object.keys(FIXED_PARTS) as FixedPart[];
  const found = parts.map((part) => [part, cases.filter(({ needs }) => needs.includes(part)).map(({ id }) => id)]);
  return Object.fromEntries(found.filter(([, ids]) => (ids ?? []).length > 0)) as Plan['needsFixedParts'];
}

function costOf(usersARun: number, parts: readonly FixedPart[], { activeUsers, key }: Prices): Plan['cost'] {
  const users = usersARun * NIGHTS;
  const usersUsd = Math.round(Math.max(0, users - activeUsers.free) * activeUsers.each * 100) / 100;
  return {
    usersARun,
    freeUsersAMonth: activeUsers.free,
    freeRunsAMonth: usersARun === 0 ? NIGHTS : Math.floor(activeUsers.free / usersARun),
    nightly: { users, usersUsd, keyUsd: parts.length > 0 ? key.aMonth : 0 },
    source: [activeUsers.source, key.source],
  };
}

function tooMany({ id, sent, provokesLimit }: Rehearsed, { perUser }: Quotas): Plan['tooManyAnHour'] {
  if (provokesLimit) return [];
  return Object.entries(perUser.perHour).flatMap(([operation, limit]) => {
    const calls = sent.filter((call) => call.operation === operation && call.user !== undefined);
    const most = Math.max(0, ...tally(calls, ({ user = '' }) => user).values());
    return most > limit ? [{ id, operation, calls: most, limit }] : [];
  });
}

function tally<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const item of items) counts.set(keyOf(item), (counts.get(keyOf(item)) ?? 0) + 1);
  return counts;
}
