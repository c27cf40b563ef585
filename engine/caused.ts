import type { Json, Step } from './case.ts';
import { isObject } from './answer.ts';
import { clockOf } from './clock.ts';
import { add, fill, nameOf, type CaseRun } from './case-run.ts';
import type { Finding } from './expectation.ts';
import { Interruption } from './interruption.ts';
import type { Redactor } from './redact.ts';
import { testedBy } from './tested-by.ts';

import { unreadable } from './unreadable.ts';
import { isOfPhones } from './codes.ts';

/** What a step causes besides its answer and what it writes. */
const KINDS = ['messages', 'events'] as const;
type Kind = (typeof KINDS)[number];

/** Notes what was caused before a step, so that only what it causes itself counts. */
export async function awaitCaused(step: Step, index: number, run: CaseRun): Promise<{ check: () => Promise<void> }> {
  const before = new Map<Kind, Json[] | undefined>();
  const { onlyMails = [] } = run.session.target;
  for (const kind of KINDS) {
    const isUnseen = kind === 'messages' && onlyMails.includes(kind) && isOfPhones(step, run);
    if (step[kind] !== undefined) before.set(kind, isUnseen ? undefined : await listOf(kind, run));
  }
  return {
    check: async () => {
      for (const [kind, list] of before) {
        // What cannot be read is missed only once all else holds.
        if (list === undefined) throw new Interruption('skip', `${kind} cannot be read`);
        const wanted = fill(step[kind] ?? [], run);
        const clock = clockOf(run.session.target);
        const until = clock.now() + (run.session.target.lateMs ?? 0);
        let caused: Json[];
        do caused = without((await listOf(kind, run)) ?? [], list);
        while (caused.length < countOf(wanted) && clock.now() < until);
        judge(differencesOf(kind, wanted, caused, run), step, index, run);
      }
    },
  };
}

function differencesOf(kind: Kind, wanted: Json, caused: Json[], { session }: CaseRun): Finding[] {
  const count = countOf(wanted);
  if (caused.length !== count) {
    const message = `${caused.length} ${caused.length === 1 ? kind.slice(0, -1) : kind} instead of ${count}`;
    const keyword = caused.length < count ? 'fewer' : 'more';
    return [{ kind, path: '', message, expected: wanted, actual: caused, keyword }];
  }
  return session
    .match(wanted, caused)
    .map(({ message, ...difference }) => ({ kind, ...difference, message: `${kind}${difference.path} ${message}` }));
}

function countOf(wanted: Json): number {
  const items = isObject(wanted) ? wanted['$set'] : wanted;
  return Array.isArray(items) ? items.length : 0;
}

function judge(findings: Finding[], step: Step, index: number, run: CaseRun): void {
  const [first] = findings;
  if (step.expect || !first) return add(findings, 'expect', step, index, run);
  const name = nameOf(step);
  const cause = `${name} as a preparation: other ${first.kind} than expected`;
  throw new Interruption('blocked', cause, `${name}: ${first.message}${testedBy(step, run)}`, name);
}

/** Of all users of the case, one after the other; undefined where the target's cannot be read. */
async function listOf(kind: Kind, { session, fixture, redactor }: CaseRun): Promise<Json[] | undefined> {
  const { messages, mails, functions } = session.target;
  const UserPoolId = fixture?.pool?.UserPoolId ?? '';
  const lists: Json[] = [];
  const gather = async (reading: Promise<unknown[]>): Promise<void> => {
    lists.push(...((await reading.catch((error: unknown) => unreadable(kind, error, session))) as Json[]));
  };
  if (kind === 'messages' && mails) {
    await gather(mails(String(fixture?.scope['unique'])));
  } else {
    const read = kind === 'messages' ? messages : functions?.events;
    if (!read) return undefined;
    for (const { Username } of fixture?.users.values() ?? []) await gather(read({ UserPoolId, Username }));
  }
  session.seen.set(kind, lists.length > 0 || (session.seen.get(kind) ?? false));
  lists.forEach((item) => hideCode(item, redactor));
  return lists;
}

/** Some emulators hand functions the code itself where Cognito has a placeholder for it. */
function hideCode(event: Json, redactor: Redactor): void {
  const request = isObject(event) && isObject(event['request']) ? event['request'] : {};
  for (const value of [request['code'], request['codeParameter']]) {
    if (/^"?\d{4,10}"?$/.test(JSON.stringify(value) ?? '')) redactor.hide(String(value), 'Code');
  }
}

/** What is in a list beyond another, however they are ordered. */
function without(list: Json[], others: Json[]): Json[] {
  const left = others.map((other) => JSON.stringify(other));
  return list.filter((item) => {
    const at = left.indexOf(JSON.stringify(item));
    if (at >= 0) left.splice(at, 1);
    return at < 0;
  });
}
