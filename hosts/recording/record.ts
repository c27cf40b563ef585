import { AsyncLocalStorage } from 'node:async_hooks';
import { rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { NoAnswer } from '../../engine/exchange.ts';
import type { Keeper } from '../../engine/kept.ts';
import { createRedactor, hideHeaders, type Known, type Redactor } from '../../engine/redact.ts';
import type { HttpRequest, Send, Target } from '../../engine/target.ts';
import { writeOutput } from '../../reports/output.ts';
import { labelled } from './labels.ts';
import { fileOf, UNORDERED, type Entry, type Reading } from './recording.ts';

/** Keeps all that is asked of a target, a file a case. */
export interface Recorder {
  /** The same target, listened to. */
  listenTo(target: Target): Target;
  /** Who starts it again, listened to. */
  listenToKeeper(keeper: Keeper): Keeper;
  /** Keeps nothing of a case that was not judged to its end. */
  forget(id: string): void;
  /** Writes what cases share. Throws what kept any file from being written. */
  end(redactor: Redactor): void;
}

interface Open {
  of: string;
  entries: Entry[];
  /** Of all who asked. */
  redactors: Set<Redactor>;
  /** Within which this is asked. */
  within?: Open | undefined;
}

export function startRecording(folder: string): Recorder {
  const current = new AsyncLocalStorage<Open>();
  const unordered = new Map<string, Open>();
  const end: Open = { of: 'fixtures/end', entries: [], redactors: new Set() };
  unordered.set(end.of, end);
  let failure: unknown;

  const write = ({ of, entries, redactors }: Open): void => {
    if (entries.length === 0 && of.startsWith('fixtures/')) return;
    if (entries.some(isCut)) return;
    // Also of what no case's redactor was told: targets repeat what they are sent.
    const sent = createRedactor();
    for (const entry of entries) if ('request' in entry) hideHeaders(entry.request.headers, sent);
    const kept = labelled(entries, joined([...redactors, sent].map((redactor) => redactor.known())));
    try {
      const file = join(folder, fileOf(of));
      writeOutput(
        dirname(file),
        basename(file),
        `${JSON.stringify({ recordingVersion: 1, of, ...kept }, undefined, 2)}\n`,
        '--record',
      );
    } catch (error) {
      failure ??= error;
    }
  };
  const journal = (): Open => current.getStore() ?? end;

  const listenTo = (target: Target): Target => {
    const { latestCode, messages, mails, functions } = target;
    const reading = async <T>(read: Reading['read'], work: Promise<T>): Promise<T> => {
      const entry: Reading = { read, at: new Date().toISOString() };
      journal().entries.push(entry);
      try {
        const found = await work;
        entry.found = found;
        return found;
      } catch (error) {
        entry.failure = { message: (error as Error).message };
        throw error;
      }
    };
    return {
      ...target,
      send: listening(target, () => journal().entries),
      latestCode: latestCode && ((owner, awaited) => reading('codes', latestCode(owner, awaited))),
      messages: messages && ((owner) => reading('messages', messages(owner))),
      mails: mails && ((unique) => reading('mails', mails(unique))),
      functions: functions && { ...functions, events: (owner) => reading('events', functions.events(owner)) },
      during: async ({ name, redactor }, act) => {
        const within = current.getStore();
        const there = unordered.get(name);
        const open = there ?? { of: name, entries: [], redactors: new Set(), within };
        for (let one: Open | undefined = within; one; one = one.within)
          one.redactors.forEach((other) => open.redactors.add(other));
        open.redactors.add(redactor);
        if (UNORDERED.has(name)) unordered.set(name, open);
        try {
          return await current.run(open, act);
        } finally {
          if (!UNORDERED.has(name)) write(open);
        }
      },
    };
  };
  return {
    listenTo,
    listenToKeeper: (keeper) => ({
      turn: async (alone) => {
        const turn = await keeper.turn(alone);
        return { ...turn, target: listenTo(turn.target) };
      },
    }),
    forget: (id) => rmSync(join(folder, fileOf(id)), { force: true }),
    end: (redactor) => {
      for (const open of unordered.values()) {
        open.redactors.add(redactor);
        write(open);
      }
      if (failure !== undefined) throw failure;
    },
  };
}

/** Nothing came of it, as the run was stopped: what it is of was not recorded to its end. */
function isCut(entry: Entry): boolean {
  return 'request' in entry && entry.response === undefined && entry.failure === undefined;
}

function listening(target: Target, entries: () => Entry[]): Send {
  return async (request, options) => {
    const started = performance.now();
    const { method, headers, body } = request;
    const entry: Entry = {
      call: callOf(request),
      at: new Date().toISOString(),
      durationMs: 0,
      request: { method, path: pathOf(request.url), headers, ...(body !== undefined && { body }) },
    };
    entries().push(entry);
    try {
      const response = await target.send(request, options);
      entry.response = response;
      return response;
    } catch (error) {
      if (error instanceof NoAnswer) entry.failure = { kind: error.kind, message: error.message };
      throw error;
    } finally {
      entry.durationMs = Math.round((performance.now() - started) * 10) / 10;
    }
  };
}

export function callOf({ method, url, headers }: Pick<HttpRequest, 'method' | 'url' | 'headers'>): string {
  const target = Object.entries(headers).find(([name]) => name.toLowerCase() === 'x-amz-target')?.[1];
  return target?.replace(/^.*\./, '') ?? `${method} ${pathOf(url)}`;
}

/** Where on the host, as it was written: no parser may mend it. */
export function pathOf(url: string): string {
  return url.replace(/^[a-z]+:\/\/[^/?#]*/i, '') || '/';
}

function joined(all: readonly Known[]): Known {
  return { secrets: all.flatMap(({ secrets }) => secrets), names: all.flatMap(({ names }) => names) };
}
