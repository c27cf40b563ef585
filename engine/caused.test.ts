import { expect, test } from 'vitest';
import type { Step } from './case.ts';
import { runCase } from './run-case.ts';
import { judged, said, scripted, some, step } from './scripted.test-data.ts';
import type { Message, Target } from './target.ts';

const { read, write } = step;

/** Messages and events of `user`, as the target lists them after so many writes. */
function causing(lists: { messages?: string[][]; events?: object[][] }, writes: () => number): Partial<Target> {
  const at = <T>(all: T[][]): T[] => all[Math.min(writes(), all.length - 1)] ?? [];
  return {
    ...(lists.messages && {
      messages: async ({ Username }) =>
        Username.startsWith('user-') ? at(lists.messages ?? []).map((to): Message => ({ to, medium: 'EMAIL' })) : [],
    }),
    ...(lists.events && {
      functions: {
        define: async () => {},
        forget: async () => {},
        events: async ({ Username }) => (Username.startsWith('user-') ? at(lists.events ?? []) : []),
      },
    }),
  };
}

const mail = (...to: string[]) => to.map((one) => ({ to: one, medium: 'EMAIL' }));

test.each<[name: string, step: Step, lists: Parameters<typeof causing>[0], verdict: object]>([
  ['what it was to send', { ...write, messages: mail('b') }, { messages: [['a'], ['a', 'b']] }, { verdict: 'pass' }],
  ['the same twice', { ...write, messages: mail('a') }, { messages: [['a'], ['a', 'a']] }, { verdict: 'pass' }],
  ['nothing', { ...write, messages: [] }, { messages: [['a']] }, { verdict: 'pass' }],
  [
    'several in any order',
    { ...write, messages: { $set: mail('b', 'c') } },
    { messages: [[], ['c', 'b']] },
    { verdict: 'pass' },
  ],
  [
    'one too many',
    { ...write, messages: [] },
    { messages: [[], ['a']] },
    {
      verdict: 'fail',
      cause: 'Write: other messages than expected',
      reason: 'Write: 1 message instead of 0',
      fingerprint: '1: Write#1 must messages more',
    },
  ],
  [
    'too few',
    { ...write, messages: { $set: mail('a', 'b', 'c') } },
    { messages: [[], ['a', 'b']] },
    { verdict: 'fail', reason: 'Write: 2 messages instead of 3', fingerprint: '1: Write#1 must messages fewer' },
  ],
  [
    'to somebody else',
    { ...write, messages: mail('a') },
    { messages: [[], ['b']] },
    {
      verdict: 'fail',
      reason: 'Write: messages/0/to is another value: "b" instead of "a"',
      fingerprint: '1: Write#1 must messages /-/to const',
    },
  ],
  ['unreadably', { ...write, messages: [] }, {}, { verdict: 'skip', cause: 'messages cannot be read' }],
  ['unreadable events', { ...write, events: [] }, {}, { verdict: 'skip', cause: 'events cannot be read' }],
  [
    'other events',
    { ...write, events: [{ a: 1 }] },
    { events: [[], [{ a: 2 }]] },
    {
      verdict: 'fail',
      cause: 'Write: other events than expected',
      reason: 'Write: events/0/a is another value: 2 instead of 1',
    },
  ],
  [
    'other messages as a preparation',
    { call: 'Write', with: write.with, changes: write.changes, messages: [] },
    { messages: [[], ['a', 'b']] },
    {
      verdict: 'blocked',
      cause: 'Write as a preparation: other messages than expected',
      reason: 'Write: 2 messages instead of 0',
      fingerprint: '1: blocked Write Write as a preparation: other messages than expected',
    },
  ],
  [
    'unreadably, where it differs already',
    { ...write, messages: [], changes: { team: 'x' } },
    {},
    { verdict: 'fail', cause: 'Write: team is altered' },
  ],
])('a step that causes %s', async (_, given, lists, verdict) => {
  const { session, of } = scripted(
    undefined,
    causing(lists, () => of('Write').length),
  );
  expect(said(await runCase(some([given, read]), session))).toMatchObject(verdict);
});

test('what was never seen and what was is noted, and what cannot be read is an error', async () => {
  const { session, of } = scripted(
    undefined,
    causing({ messages: [[]], events: [[], [{ request: { codeParameter: '123456' } }]] }, () => of('Write').length),
  );
  const result = await runCase(some([{ ...write, messages: [], events: [] }]), session);
  expect([...session.seen]).toEqual([
    ['messages', false],
    ['events', true],
  ]);
  expect(JSON.stringify(result.mismatches)).toContain('<Code>');
  const gone = scripted(undefined, { messages: () => Promise.reject(new Error('no mail')) });
  expect(said(await runCase(some([{ ...write, messages: [] }]), gone.session))).toMatchObject({
    verdict: 'error',
    cause: 'messages could not be read',
    reason: 'no mail',
  });
  expect(gone.session.down).toBe(undefined);
});

test('mails are listed once for all users of a case, by its digits, and SMS are not seen among them', async () => {
  const asked: string[] = [];
  const mails: Target['mails'] = async (unique) => (asked.push(unique) > 1 ? [{ to: 'a', medium: 'EMAIL' }] : []);
  const { session } = scripted(undefined, { mails, onlyMails: ['messages'] });
  const given = { pool: 'plain', user: {}, users: { rival: {} } };
  const result = await runCase({ ...some([{ ...write, messages: mail('a') }]), given }, session);
  expect(result.verdict).toBe('pass');
  expect(asked).toEqual([1, 2].map(() => expect.stringMatching(/^\d{10}$/)));
  const sms = { ...write, messages: [{ to: '+1', medium: 'SMS' }] };
  expect(said(await runCase(some([sms]), session))).toMatchObject({
    verdict: 'skip',
    cause: 'messages cannot be read',
  });
});

test('functions are defined for every user once the case has its fixtures, and forgotten after it', async () => {
  const told: unknown[] = [];
  const functions: Target['functions'] = {
    define: async (owner, triggers) => void told.push(['define', owner, triggers]),
    forget: async (owner) => void told.push(['forget', owner]),
    events: async () => [],
  };
  const given = {
    pool: 'plain',
    user: {},
    users: { rival: {} },
    triggers: { A: { answers: { to: '${user.Username}' } } },
  };
  const { session, of } = scripted(undefined, { functions });
  expect((await runCase(some([{ ...read, events: [] }], { given }), session)).verdict).toBe('pass');
  const owners = of('AdminCreateUser').map(({ input }) => ({ UserPoolId: 'pool-1', Username: input['Username'] }));
  const triggers = { A: { answers: { to: owners[0]?.Username } } };
  expect(told).toEqual([
    ...owners.map((owner) => ['define', owner, triggers]),
    ...owners.map((owner) => ['forget', owner]),
  ]);
  const broken = { ...functions, define: () => Promise.reject(new Error('no door')) };
  expect(await judged(some([read], { given }), undefined, { functions: broken })).toMatchObject({
    verdict: 'error',
    cause: 'triggers could not be read',
    reason: 'no door',
  });
});

test.each<[request: object, hidden: object]>([
  [
    { code: '123456', codeParameter: '1234' },
    { code: '<Code>', codeParameter: '<Code>' },
  ],
  [{ code: '1234567890' }, { code: '<Code>' }],
  [
    { code: '{####}', codeParameter: 'word-12345' },
    { code: '{####}', codeParameter: 'word-12345' },
  ],
  [
    { code: '12345 letters', codeParameter: '12345678901' },
    { code: '12345 letters', codeParameter: '12345678901' },
  ],
])('of an event a code is hidden, and nothing that is none: %j', async (request, hidden) => {
  const { session, of } = scripted(
    undefined,
    causing({ events: [[], [{ request }]] }, () => of('Write').length),
  );
  const { mismatches } = await runCase(some([{ ...write, events: [] }]), session);
  expect(mismatches[0]?.actual).toEqual([{ request: hidden }]);
});

test.each<[lateMs: number | undefined, after: number, verdict: string, readings: number]>([
  [undefined, 1, 'fail', 2],
  [60_000, 1, 'pass', 3],
  [60_000, 3, 'pass', 5],
  [0, 1, 'fail', 2],
])('messages that may take %s ms, and are there %s readings late', async (lateMs, after, verdict, readings) => {
  let asked = 0;
  const target: Partial<Target> = {
    lateMs,
    messages: async () => {
      asked += 1;
      return asked > after + 1 ? [{ to: 'a', medium: 'EMAIL' }] : [];
    },
  };
  expect(await judged(some([{ ...write, messages: mail('a') }]), undefined, target)).toMatchObject({ verdict });
  expect(asked).toBe(readings);
});
