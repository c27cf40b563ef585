import { AsyncLocalStorage } from 'node:async_hooks';
import { generateKeyPair, randomBytes, randomInt } from 'node:crypto';
import { promisify } from 'node:util';
import type { Json } from '../../engine/case.ts';
import { isObject } from '../../engine/answer.ts';
import { NoAnswer } from '../../engine/exchange.ts';
import { Interruption } from '../../engine/interruption.ts';
import { once } from '../../engine/once.ts';
import type { Clock, HttpRequest, HttpResponse, Target } from '../../engine/target.ts';
import type { Recording } from './read.ts';
import { callOf, pathOf } from './record.ts';
import { UNORDERED, type Exchange, type Journal, type Label, type Reading } from './recording.ts';
import { filled, unify, type Bound } from './template.ts';

/** A journal as it is played: from its beginning, with values of its own. */
interface Playing {
  of: string;
  journal: Journal | undefined;
  next: number;
  last?: Exchange;
  /** What was read last, by what it is. */
  read: Map<Reading['read'], unknown>;
  served: Set<Exchange>;
  bound: Bound;
}

const LONGEST = 160;

/** A target that answers what was recorded, to the requests that were recorded, with the run's own values in it. */
export function replayTarget({ about, journals }: Recording): Target {
  const current = new AsyncLocalStorage<Playing>();
  const shared = new Map<string, Playing>();
  const open = (of: string): Playing => ({
    of,
    journal: journals.get(of),
    next: 0,
    read: new Map(),
    served: new Set(),
    bound: new Map(),
  });
  const opened = (of: string): Playing => {
    if (!UNORDERED.has(of)) return open(of);
    const playing = shared.get(of) ?? open(of);
    shared.set(of, playing);
    return playing;
  };
  const playing = (): Playing => current.getStore() ?? opened('fixtures/end');

  const reading = async (kind: Reading['read']): Promise<unknown> => {
    const now = playing();
    const entry = now.journal?.entries[now.next];
    if (!entry || !('read' in entry) || entry.read !== kind) {
      if (means.lateMs === undefined || !now.read.has(kind)) throw notRecorded(now, `to read ${kind}`);
      // It was read until nothing more could come.
      await clock.wait(means.lateMs);
      return put(now.read.get(kind), now);
    }
    now.next += 1;
    if (entry.failure) throw new Error(entry.failure.message);
    now.read.set(kind, entry.found);
    return put(entry.found, now);
  };
  const { means, region, target } = about;
  const leftOut = means.leftOut && new Map(Object.entries(means.leftOut));
  const clock = fastClock();
  const has = (read: (typeof means.reads)[number]): boolean => means.reads.includes(read);
  const key = once(async () => {
    const { privateKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
    return privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  });
  return {
    ...target,
    admin: means.admin,
    region,
    credentials: { accessKeyId: 'replay', secretAccessKey: 'replay' },
    values: means.values,
    features: means.features,
    fixedCode: means.fixedCode,
    onlyMails: means.onlyMails,
    lateMs: means.lateMs,
    issues: means.issues,
    leftOut,
    poolSettings: () => means.poolSettings ?? {},
    clock,
    send: async (request) => serve(request, playing()),
    ...(has('codes') && { latestCode: () => reading('codes') as Promise<string | undefined> }),
    ...(has('messages') && { messages: () => reading('messages') as Promise<[]> }),
    ...(has('mails') && { mails: () => reading('mails') as Promise<[]> }),
    ...(has('functions') && {
      functions: {
        define: async () => {},
        forget: async () => {},
        events: () => reading('events') as Promise<unknown[]>,
      },
    }),
    // The tokens that it signs are nobody's but this run's.
    ...(has('signingKey') && { signingKey: key }),
    during: async ({ name }, act) => {
      if (!journals.has(name) && !name.startsWith('fixtures/')) {
        throw new Interruption('skip', 'the recording does not hold the case');
      }
      return current.run(opened(name), act);
    },
  };
}

/** Nobody waits for what is there already. */
function fastClock(): Clock {
  let ahead = 0;
  return { now: () => Date.now() + ahead, wait: async (ms) => void (ahead += ms) };
}

async function serve(request: HttpRequest, now: Playing): Promise<HttpResponse> {
  const entry = UNORDERED.has(now.of) ? anyFor(request, now) : nextFor(request, now);
  if (!entry) throw notRecorded(now, shortened(`${callOf(request)} ${unfilled(request.body ?? '', now.bound)}`));
  now.last = entry;
  now.served.add(entry);
  if (entry.failure) throw new NoAnswer(entry.failure.kind, entry.failure.message);
  if (!entry.response) throw notRecorded(now, callOf(request));
  const { status, headers, body, retried } = entry.response;
  return {
    status,
    headers: put(headers, now) as [string, string][],
    body: put(body, now) as string,
    ...(retried && { retried }),
  };
}

/** In order. What is asked until it holds may be asked more often than it was, or less often. */
function nextFor(request: HttpRequest, now: Playing): Exchange | undefined {
  const { journal, last } = now;
  for (let at = now.next; journal && at < journal.entries.length; at += 1) {
    const entry = journal.entries[at];
    if (!entry || 'read' in entry) break;
    if (fits(entry, request, now)) {
      now.next = at + 1;
      return entry;
    }
    if (!last || last.request.body !== entry.request.body || last.call !== entry.call) break;
  }
  return last && fits(last, request, now) ? last : undefined;
}

function anyFor(request: HttpRequest, now: Playing): Exchange | undefined {
  const exchanges = (now.journal?.entries ?? []).filter((entry): entry is Exchange => !('read' in entry));
  return (
    exchanges.find((entry) => !now.served.has(entry) && fits(entry, request, now)) ??
    exchanges.find((entry) => fits(entry, request, now))
  );
}

function fits(entry: Exchange, request: HttpRequest, { journal, bound }: Playing): boolean {
  const { method, path, body = '' } = entry.request;
  if (entry.call !== callOf(request) || method !== request.method) return false;
  const labels = journal?.labels ?? {};
  const tried: Bound = new Map(bound);
  if (!unify(path, pathOf(request.url), labels, tried) || !unify(body, request.body ?? '', labels, tried)) return false;
  for (const [label, value] of tried) bound.set(label, value);
  return true;
}

function notRecorded({ of, journal, next }: Playing, asked: string): Interruption {
  const entry = journal?.entries[next];
  const instead = !entry
    ? 'nothing more'
    : 'read' in entry
      ? `a reading of ${entry.read}`
      : shortened(`${entry.call} ${entry.request.body ?? ''}`);
  return new Interruption(
    'error',
    'the recording does not hold what is asked',
    `the recording of ${of} does not hold ${asked}; it holds ${instead} there: record it again with this suite`,
  );
}

/** What was recorded, with values in the place of labels. */
function put(recorded: unknown, now: Playing): unknown {
  if (typeof recorded === 'string') return filled(recorded, now.journal?.labels ?? {}, (label) => valueOf(label, now));
  if (Array.isArray(recorded)) return recorded.map((item) => put(item, now));
  if (!isObject(recorded)) return recorded;
  return Object.fromEntries(Object.entries(recorded as object).map(([name, inner]) => [name, put(inner, now)]));
}

/** As the run made it, or as it is made now. */
function valueOf(label: string, now: Playing): string {
  const known = now.bound.get(label);
  if (known !== undefined) return known;
  const made = make(now.journal?.labels[label] ?? { form: '' }, now);
  now.bound.set(label, made);
  return made;
}

function make(label: Label, now: Playing): string {
  if ('form' in label) return label.form.replace(/#/g, () => String(randomInt(1, 10)));
  const parts = [label.header, label.claims].map((part) =>
    Buffer.from(JSON.stringify(put(part as Json, now))).toString('base64url'),
  );
  return [...parts, randomBytes(256).toString('base64url')].join('.');
}

/** As the recording would have it, so that both can be held side by side. */
function unfilled(text: string, bound: Bound): string {
  return [...bound].reduce((left, [label, value]) => left.replaceAll(value, `<${label}>`), text);
}

function shortened(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST)}…`;
}
