import { AsyncLocalStorage } from 'node:async_hooks';
import type { Case } from '../engine/case.ts';
import { tokensOf, waitsForTokens } from '../engine/issued.ts';
import { isOverCase } from '../engine/over.ts';
import { problemOf } from '../engine/preflight.ts';
import { runCase } from '../engine/run-case.ts';
import { closeSession, openSession, type Session } from '../engine/session.ts';
import type { Suite } from '../engine/suite.ts';
import type { CodeOwner, Target } from '../engine/target.ts';
import type { FixedPart } from '../targets/aws/fixed-parts.ts';
import type { Rehearsal, Rehearsed, Sent } from '../targets/aws/plan.ts';
import { askedBy } from '../targets/aws/request.ts';
import { openRehearsal } from './rehearsal-target.ts';

/** So many cases beside each other, as on any target. */
const CONCURRENCY = 8;
/** A function that gives the event back as it came. */
const UNCHANGED = JSON.stringify({ answers: {} });

/** Runs cases on the mock to see what they send. Nothing leaves this computer. */
export async function rehearse(cases: readonly Case[], suite: Suite): Promise<Rehearsal> {
  const open = await openRehearsal();
  try {
    // What is sent outside of any case is of the run.
    const around = nothing();
    const session = openSession(watched(open.target, around), suite);
    await problemOf(session);
    const before = around.sent.splice(0);
    const leftOut = cases.flatMap((test) => {
      const reason = outOfReach(test, suite, open.target);
      return reason === undefined ? [] : [{ id: test.id, reason }];
    });
    const out = new Set(leftOut.map(({ id }) => id));
    const rehearsed = new Map<string, Rehearsed>();
    const inTurn = async (tests: Case[]): Promise<void> => {
      for (let test = tests.shift(); test; test = tests.shift()) {
        rehearsed.set(test.id, await rehearseCase(test, session, open.target));
      }
    };
    const within = cases.filter((test) => !isOverCase(test) && !out.has(test.id));
    const waiting = within.filter((test) => waitsForTokens(test, session));
    const others = within.filter((test) => !waiting.includes(test));
    // The time that they wait passes at once, and for all: nobody else is under way then.
    await inTurn(waiting);
    await Promise.all(Array.from({ length: CONCURRENCY }, () => inTurn(others)));
    await closeSession(session);
    return { cases: cases.flatMap(({ id }) => rehearsed.get(id) ?? []), before, after: around.sent, leftOut };
  } finally {
    await open.close();
  }
}

async function rehearseCase(test: Case, session: Session, target: Target): Promise<Rehearsed> {
  const seen = nothing();
  const { verdict } = await current.run(seen, () => runCase(test, session));
  const messages = await sentTo(seen.users, target);
  return {
    id: test.id,
    whole: ['pass', 'warn', 'info'].includes(verdict),
    sent: seen.sent,
    messages,
    needs: needsOf(test, session.suite, seen.means, messages),
    waitsForExpiry: kindsIn(test).includes('expired'),
    repeats: test.steps.some(({ eventually }) => eventually !== undefined),
    provokesLimit: JSON.stringify(test.steps).includes('LimitExceededException'),
  };
}

interface Seen {
  sent: Sent[];
  means: Set<FixedPart>;
  users: CodeOwner[];
}

/** What the case under way has asked for. */
const current = new AsyncLocalStorage<Seen>();

function nothing(): Seen {
  return { sent: [], means: new Set(), users: [] };
}

/** The same target; whoever asks something of it is seen. */
function watched(target: Target, around: Seen): Target {
  const seen = (): Seen => current.getStore() ?? around;
  const { latestCode, messages, functions } = target;
  return {
    ...target,
    async send(request, options) {
      const response = await target.send(request, options);
      const asked = askedBy(request);
      const accepted = response.status === 200;
      seen().sent.push({ ...asked, accepted });
      if (asked.operation === 'AdminCreateUser' && accepted) {
        const { User } = JSON.parse(response.body) as { User: { Username: string } };
        seen().users.push({ UserPoolId: asked.pool ?? '', Username: User.Username });
      }
      return response;
    },
    latestCode:
      latestCode &&
      ((user) => {
        seen().means.add('codes');
        return latestCode(user);
      }),
    messages:
      messages &&
      ((user) => {
        seen().means.add('messages');
        return messages(user);
      }),
    functions: functions && {
      ...functions,
      events(user) {
        seen().means.add('triggers');
        return functions.events(user);
      },
    },
  };
}

async function sentTo(users: readonly CodeOwner[], { messages }: Target): Promise<Rehearsed['messages']> {
  const counts = { EMAIL: 0, SMS: 0 };
  for (const user of users) for (const { medium } of (await messages?.(user)) ?? []) counts[medium] += 1;
  return counts;
}

function needsOf(test: Case, suite: Suite, means: Seen['means'], messages: Rehearsed['messages']): FixedPart[] {
  const settings = JSON.stringify(suite.pools[test.given?.pool ?? ''] ?? {});
  const needs: Record<FixedPart, boolean> = {
    codes: means.has('codes'),
    messages: means.has('messages'),
    deliveries: messages.EMAIL + messages.SMS > 0,
    triggers: means.has('triggers') || test.given?.triggers !== undefined || settings.includes('LambdaConfig'),
    sms: settings.includes('SmsConfiguration'),
    'tokens-without-scope': kindsIn(test).includes('without-scope'),
  };
  return (Object.keys(needs) as FixedPart[]).filter((part) => needs[part]);
}

function kindsIn(test: Case): string[] {
  return tokensOf(test).map(({ kind }) => kind);
}

/** Why a real account cannot show what a case asks for, with the fixed parts or without. */
function outOfReach(test: Case, { tokenKinds }: Suite, { issues = {} }: Target): string | undefined {
  const forged = tokensOf(test).find(
    ({ kind, claims }) => tokenKinds[kind]?.signature === 'own' && (claims || !Object.hasOwn(issues, kind)),
  );
  if (forged) return `a token "${forged.kind}" takes the key of the pool`;
  const behaviours = Object.values(test.given?.triggers ?? {}).map((behaviour) => JSON.stringify(behaviour));
  return behaviours.every((behaviour) => behaviour === UNCHANGED)
    ? undefined
    : 'its function does more than give the event back, which is all that the deployed one does';
}
