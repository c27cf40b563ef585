import { setTimeout as sleep } from 'node:timers/promises';
import type { Message } from '@aws-sdk/client-sqs';
import { peer } from './peer.ts';
import { reasonOf } from './reason.ts';

/** What Cognito invoked a function with. */
export interface TriggerEvent {
  triggerSource: string;
  userPoolId: string;
  userName: string;
  request?: {
    code?: string | null;
    userAttributes?: Record<string, string>;
  };
}

export interface Arrival {
  /** Of the message on the queue: a copy of it has the same. */
  id: string;
  /** When it was put on the queue, in milliseconds of the epoch. */
  sentAt: number;
  event: TriggerEvent;
}

export interface Queue {
  url: string;
  /** All of this run that came so far, in the order in which they were sent. */
  arrived(): Arrival[];
  /** How many came for pools that are not of this run: they are left to whose they are. */
  others(): number;
  /** Whether everything that was on the queue at this time, in milliseconds of the epoch, has come; once it is closed nothing more does. */
  hasRead(time: number): boolean;
  /** Resolves when something comes, or after this many milliseconds. Rejects while the queue cannot be read. */
  next(withinMs: number): Promise<void>;
  close(): Promise<void>;
}

export interface QueueOptions {
  region: string;
  url: string;
  /** Whether a pool is of this run. */
  isOurs: (userPoolId: string) => boolean;
}

const WAIT_S = 20;
/** A message that is not ours is out of sight of whose it is for so long. */
const HIDDEN_S = 2;
const PAUSE_MS = 1000;
const MOST = 10;
/** A queue on which something lies answers sooner. */
const EMPTY_AFTER_MS = 1000;

/** Reads the queue until it is closed: one reader, whoever waits. */
export async function openQueue({ region, url, isOurs }: QueueOptions): Promise<Queue> {
  const { SQSClient, ReceiveMessageCommand, DeleteMessageCommand } = await peer(
    '@aws-sdk/client-sqs',
    () => import('@aws-sdk/client-sqs'),
  );
  // An endpoint that the environment names wins over the host in the URL.
  const client = new SQSClient({ region, useQueueUrlAsEndpoint: false });
  const ended = new AbortController();
  const arrivals = new Map<string, Arrival>();
  const others = new Set<string>();
  const waiting = new Set<() => void>();
  let failure: Error | undefined;
  /** When the last receive began that left nothing on the queue, and the one that is under way. */
  let emptied = 0;
  let receiving: number | undefined;

  const read = async (): Promise<void> => {
    const receive = new ReceiveMessageCommand({
      QueueUrl: url,
      MaxNumberOfMessages: MOST,
      // After a failure it is soon known whether it can be read again.
      WaitTimeSeconds: failure ? 0 : WAIT_S,
      VisibilityTimeout: HIDDEN_S,
      MessageSystemAttributeNames: ['SentTimestamp'],
    });
    const began = (receiving = Date.now());
    const { Messages = [] } = await permitted(
      'sqs:ReceiveMessage',
      client.send(receive, { abortSignal: ended.signal }),
    ).finally(() => (receiving = undefined));
    if (Messages.length < MOST) emptied = began;
    const ours = Messages.filter((message) => keep(message));
    failure = undefined;
    if (Messages.length > 0) tell();
    const gone = ours.map(({ ReceiptHandle }) => new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle }));
    await permitted('sqs:DeleteMessage', Promise.all(gone.map((one) => client.send(one))));
  };
  const permitted = <Result>(permission: string, asked: Promise<Result>): Promise<Result> =>
    asked.catch((error: unknown) => {
      throw new Error(`the queue ${url} cannot be read (${permission}): ${reasonOf(error)}`, { cause: error });
    });
  /** Whether it is ours, and may go. */
  const keep = ({ MessageId: id = '', Body = '', Attributes }: Message): boolean => {
    const event = eventOf(Body);
    if (!event || !isOurs(event.userPoolId)) {
      others.add(id);
      return false;
    }
    arrivals.set(id, { id, sentAt: Number(Attributes?.SentTimestamp), event });
    return true;
  };
  const tell = (): void => {
    for (const wake of waiting) wake();
  };
  const readAll = async (): Promise<void> => {
    while (!ended.signal.aborted) {
      try {
        await read();
      } catch (error) {
        if (ended.signal.aborted) return;
        failure = error as Error;
        tell();
        await sleep(PAUSE_MS, undefined, { signal: ended.signal }).catch(() => {});
      }
    }
  };

  const reading = readAll();
  return {
    url,
    arrived: () => [...arrivals.values()].sort((one, other) => one.sentAt - other.sentAt),
    others: () => others.size,
    hasRead: (time) => {
      if (ended.signal.aborted) return true;
      const emptyUntil = Date.now() - EMPTY_AFTER_MS;
      return emptied >= time || (receiving !== undefined && receiving <= emptyUntil && emptyUntil >= time);
    },
    next: async (withinMs) => {
      if (failure) throw failure;
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, Math.max(0, withinMs));
        waiting.add(wake);
      });
      if (failure) throw failure;
    },
    close: async () => {
      ended.abort();
      tell();
      await reading;
      client.destroy();
    },
  };
}

function eventOf(body: string): TriggerEvent | undefined {
  try {
    const event = JSON.parse(body) as Partial<TriggerEvent> | null;
    const { triggerSource, userPoolId, userName } = event ?? {};
    return [triggerSource, userPoolId, userName].every((member) => typeof member === 'string')
      ? (event as TriggerEvent)
      : undefined;
  } catch {
    return undefined;
  }
}
