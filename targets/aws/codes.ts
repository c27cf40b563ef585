import { codeDecryption } from './decrypt.ts';
import { openQueue, type Arrival, type Queue } from './queue.ts';
import type { Stack } from './stack.ts';

export interface Owner {
  UserPoolId: string;
  Username: string;
}

/** What a custom message function does, as `given.triggers` of a case says it. */
type Triggers = Readonly<Record<string, { answers?: object; throws?: string; returns?: unknown; refused?: string }>>;

export interface InboxOptions {
  region: string;
  stack: Pick<Stack, 'QueueUrl' | 'KeyArn'>;
  /** Whether a pool is of this run. */
  isOurs: (userPoolId: string) => boolean;
  /** How long what must come may take. */
  withinMs?: number;
  /** Nothing more comes once nothing came for so long: Cognito invokes custom senders after it answered. */
  quietMs?: number;
}

/** Codes, messages and events of a run, read from the stack's queue: members of the engine's `Target`. */
export interface Inbox {
  latestCode(owner: Owner, awaited?: { other: string | undefined }): Promise<string | undefined>;
  lateMs: number;
  messages(owner: Owner): Promise<{ to: string; medium: 'EMAIL' | 'SMS' }[]>;
  functions: {
    cannot(triggers: Triggers): string | undefined;
    define(owner: Owner): Promise<void>;
    forget(owner: Owner): Promise<void>;
    events(owner: Owner): Promise<unknown[]>;
  };
  close(): Promise<void>;
}

const MEDIA = { CustomEmailSender: 'EMAIL', CustomSMSSender: 'SMS' } as const;

/** Opens the one reader of the queue that all cases share. */
export async function openInbox({
  region,
  stack,
  isOurs,
  withinMs = 30_000,
  quietMs = 5000,
}: InboxOptions): Promise<Inbox> {
  const decrypt = await codeDecryption(stack.KeyArn);
  const queue = await openQueue({ region, url: stack.QueueUrl, isOurs });
  const codes = new Map<string, Promise<string>>();
  const newest = async (owner: Owner): Promise<string | undefined> => {
    const { id, event } = of(owner, queue).findLast(hasCode) ?? {};
    if (id === undefined) return undefined;
    const code = codes.get(id) ?? decrypt(event?.request?.code ?? '');
    codes.set(id, code);
    return code;
  };

  return {
    latestCode: async (owner, awaited) => {
      if (!awaited) {
        await untilQuiet(owner, queue, quietMs);
        return newest(owner);
      }
      const from = Date.now();
      const before = new Set(queue.arrived().map(({ id }) => id));
      for (;;) {
        const count = queue.arrived().length;
        const code = await newest(owner);
        if (code !== undefined && code !== awaited.other) return code;
        const left = from + withinMs - Date.now();
        if (left <= 0) throw new Error(noCode(owner, queue, before, withinMs));
        if (queue.arrived().length === count) await queue.next(left);
      }
    },
    lateMs: withinMs,
    messages: async (owner) => {
      await untilQuiet(owner, queue, quietMs);
      return of(owner, queue).flatMap(({ event: { triggerSource, request } }) => {
        const medium = mediumOf(triggerSource);
        const { email = '', phone_number = '' } = request?.userAttributes ?? {};
        return medium ? [{ to: medium === 'EMAIL' ? email : phone_number, medium }] : [];
      });
    },
    functions: {
      cannot: (triggers) =>
        Object.values(triggers).every((behaviour) => JSON.stringify(behaviour) === '{"answers":{}}')
          ? undefined
          : 'the function of the stack only gives its event back',
      // It gives every event back, and a user is new in his case.
      define: async () => {},
      forget: async () => {},
      events: async (owner) => {
        await untilQuiet(owner, queue, quietMs);
        return of(owner, queue)
          .filter(({ event }) => mediumOf(event.triggerSource) === undefined)
          .map(({ event }) => event);
      },
    },
    close: queue.close,
  };
}

function of({ UserPoolId, Username }: Owner, queue: Queue): Arrival[] {
  return queue.arrived().filter(({ event }) => event.userPoolId === UserPoolId && event.userName === Username);
}

function hasCode({ event: { triggerSource, request } }: Arrival): boolean {
  return mediumOf(triggerSource) !== undefined && typeof request?.code === 'string';
}

function mediumOf(triggerSource: string): 'EMAIL' | 'SMS' | undefined {
  return Object.entries(MEDIA).find(([trigger]) => triggerSource.startsWith(`${trigger}_`))?.[1];
}

/** The last part of the time in which nothing came may be unread: a reader of a long queue is never quite there. */
const UNREAD_PART = 0.2;
const LOOK_AGAIN_MS = 200;

/** Waits until nothing has come for a user for so long, from now on, though all was read. */
async function untilQuiet(owner: Owner, queue: Queue, quietMs: number): Promise<void> {
  let count = of(owner, queue).length;
  let end = Date.now() + quietMs;
  while (Date.now() < end || !queue.hasRead(end - UNREAD_PART * quietMs)) {
    await queue.next(Math.max(LOOK_AGAIN_MS, end - Date.now()));
    if (of(owner, queue).length === count) continue;
    count = of(owner, queue).length;
    end = Date.now() + quietMs;
  }
}

function noCode({ UserPoolId, Username }: Owner, queue: Queue, before: Set<string>, withinMs: number): string {
  const came = queue.arrived().filter(({ id }) => !before.has(id));
  const names = [
    ...new Set(came.map(({ event }) => `${event.triggerSource} for ${event.userName} of ${event.userPoolId}`)),
  ];
  const foreign = queue.others() === 0 ? [] : [`${queue.others()} for pools of others`];
  const instead = [...names.slice(0, 3), ...(names.length > 3 ? [`${names.length - 3} more`] : []), ...foreign];
  return (
    `no code for ${Username} of ${UserPoolId} came within ${withinMs / 1000} s on the queue ${queue.url}; ` +
    `instead came ${instead.join(', ') || 'nothing'}`
  );
}
