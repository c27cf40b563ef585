import { isObject, isSuccess, readAnswer } from '../../engine/answer.ts';
import { NoAnswer } from '../../engine/exchange.ts';
import { Interruption } from '../../engine/interruption.ts';
import type { HttpRequest, HttpResponse, Send } from '../../engine/target.ts';
import { askedBy } from '../../targets/aws/request.ts';
import { whyEnded, whyUnreadable } from './endings.ts';

/** What stands between a run and an account: it knows which pools were made, and ends what cannot go on. */
export interface Guard {
  /** Goes next to the wire: what waits for its turn behind it is not sent any more once the run is stopped. */
  watch(send: Send): Send;
  /** Goes in front of all: whoever waits is told at once that the run is stopped. */
  front(send: Send): Send;
  /** The same for what is read beside answers; the run ends where nobody may read it. */
  reading<T>(work: Promise<T>): Promise<T>;
  /** Ends the run with a line that says why; the first one counts. */
  end(why: string): void;
  /** Why it ended, if it did. */
  ended(): string | undefined;
  /** Aborted once the run is stopped: it ended, or somebody has interrupted it. */
  stopped: AbortSignal;
  made: MadePools;
}

export interface MadePools {
  /** Every pool that this run has made. */
  all: ReadonlySet<string>;
  /** Resolves when no creation is under way any more: to those that nobody has deleted, the last one first. */
  left(): Promise<string[]>;
  /** How many creations got no answer: nobody knows whether there is a pool. */
  unanswered(): number;
}

/** What was made is found and deleted whatever has happened. */
const CLEARING: ReadonlySet<string> = new Set(['DeleteUserPool', 'DescribeUserPool', 'ListUserPools']);

export function guardRun(accessKeyId: string, interrupted: AbortSignal): Guard {
  const stop = new AbortController();
  let why: string | undefined;
  const end = (line: string): void => {
    if (stop.signal.aborted) return;
    why = line;
    stop.abort();
  };
  const interruption = (): Interruption => new Interruption('error', why ?? 'the run was interrupted');
  const stopped = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(interruption()), { once: true });
  });
  stopped.catch(() => {});
  if (interrupted.aborted) stop.abort();
  else interrupted.addEventListener('abort', () => stop.abort(), { once: true });

  const unlessStopped = <T>(work: Promise<T>): Promise<T> => Promise.race([work, stopped]);
  const pools = keepPools();
  return {
    watch: (send) => {
      const sent = pools.watch(send);
      return async (request, options) => {
        if (stop.signal.aborted && !CLEARING.has(callOf(request))) throw interruption();
        const response = await sent(request, options).catch((error: unknown) => {
          if (!(error instanceof NoAnswer) || error.kind !== 'unreachable') throw error;
          end(`Cognito cannot be reached: ${error.message}`);
          throw interruption();
        });
        const line = isSignedBy(accessKeyId, request) ? whyEnded(callOf(request), readAnswer(response)) : undefined;
        if (line === undefined) return response;
        end(line);
        throw interruption();
      };
    },
    front: (send) => (request, options) => {
      const sent = send(request, options);
      return CLEARING.has(callOf(request)) ? sent : unlessStopped(sent);
    },
    reading: (work) =>
      unlessStopped(
        work.catch((error: unknown) => {
          const line = whyUnreadable(error);
          if (line === undefined) throw error;
          end(line);
          throw interruption();
        }),
      ),
    end,
    ended: () => why,
    stopped: stop.signal,
    made: pools,
  };
}

function keepPools(): MadePools & Pick<Guard, 'watch'> {
  const all = new Set<string>();
  const there = new Set<string>();
  const creating = new Set<Promise<void>>();
  let unanswered = 0;

  const create = async (sending: Promise<HttpResponse>): Promise<void> => {
    try {
      const answer = readAnswer(await sending);
      const pool = isSuccess(answer) && isObject(answer.body) ? answer.body['UserPool'] : undefined;
      const id = isObject(pool) ? pool['Id'] : undefined;
      if (typeof id !== 'string') return;
      all.add(id);
      there.add(id);
    } catch (error) {
      if (!(error instanceof NoAnswer) || error.kind !== 'unreachable') unanswered += 1;
    }
  };
  return {
    watch: (send) => async (request, options) => {
      const sending = send(request, options);
      if (callOf(request) === 'CreateUserPool') {
        const creation = create(sending);
        creating.add(creation);
        await creation.finally(() => creating.delete(creation));
      }
      const response = await sending;
      const { pool } = askedBy(request);
      if (pool !== undefined && isDeletion(request) && isGone(response)) there.delete(pool);
      return response;
    },
    all,
    left: async () => {
      await Promise.all(creating);
      return [...there].reverse();
    },
    unanswered: () => unanswered,
  };
}

function isGone(response: HttpResponse): boolean {
  const answer = readAnswer(response);
  return isSuccess(answer) || answer.error === 'ResourceNotFoundException';
}

function isDeletion(request: HttpRequest): boolean {
  return callOf(request) === 'DeleteUserPool';
}

function callOf(request: HttpRequest): string {
  return askedBy(request).operation ?? '';
}

/** Cases send signatures of nobody too, and none: what is said to those is for the case. */
function isSignedBy(accessKeyId: string, { headers }: HttpRequest): boolean {
  const [, value = ''] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return value.includes(`Credential=${accessKeyId}/`);
}
