import { expect, test } from 'vitest';
import type { Json, Step } from '../engine/case.ts';
import type { Message, Target } from '../engine/target.ts';
import { judge, lying, some, view, write } from './verdicts.test-data.ts';
import { runCase } from '../engine/run-case.ts';
import { closeSession } from '../engine/session.ts';

const mail = { to: 'new@example.com', medium: 'EMAIL' } as const;
const event = { triggerSource: 'CustomMessage_UpdateUserAttribute', request: { codeParameter: '123456' } };

/** A step that writes, and is to cause what it says. */
const causing = (caused: Partial<Step>, more: Partial<Step> = { expect: { body: {} } }): Step =>
  write('after', { ...more, changes: { nickname: 'after' }, ...caused });

/** A target that had sent one message before, and has sent these after the first look. */
const sending = (...sent: Message[]): Partial<Target> => {
  let looks = 0;
  return { messages: async () => [mail, ...((looks += 1) > 1 ? sent : [])] };
};

/** A target that has invoked functions with these events after the first look. */
const invoking = (...events: unknown[]): Partial<Target> => {
  let looks = 0;
  const define = async (): Promise<void> => {};
  return { functions: { define, forget: define, events: async () => ((looks += 1) > 1 ? events : []) } };
};

const triggers = {
  given: { pool: 'plain', user: { nickname: 'before' }, triggers: { CustomMessage: { answers: {} } } },
};
const print = (text: string): string => `1: UpdateUserAttributes#1 must ${text}`;

test.each<[name: string, messages: Json, sent: Message[], fingerprint: string | undefined]>([
  ['nothing, and nothing is sent', [], [], undefined],
  ['a message like one from before', [mail], [mail], undefined],
  [
    'two messages in any order',
    { $set: [{ medium: 'SMS' }, { medium: 'EMAIL' }] },
    [mail, { to: '+1', medium: 'SMS' }],
    undefined,
  ],
  ['nothing, and a message is sent', [], [mail], print('messages more')],
  ['a message, and nothing is sent', [mail], [], print('messages fewer')],
  ['a message, and another is sent', [mail], [{ ...mail, to: 'old@example.com' }], print('messages /-/to const')],
])('messages: %s', async (_, messages, sent, fingerprint) => {
  const result = await judge(some([causing({ messages })]), undefined, sending(...sent));
  expect(result.fingerprint).toBe(fingerprint);
  expect(result.verdict).toBe(fingerprint === undefined ? 'pass' : 'fail');
});

test('a message too many says how many came, and which', async () => {
  const result = await judge(some([causing({ messages: [] })]), undefined, sending(mail));
  expect(view(result)).toMatchObject({
    cause: 'UpdateUserAttributes: other messages than expected',
    reason: 'UpdateUserAttributes: 1 message instead of 0',
  });
  expect(result.mismatches[0]).toMatchObject({ kind: 'messages', path: '', expected: [], actual: [mail] });
});

test('a run that saw no message at all says so', async () => {
  const note = 'no messages were ever seen: does the manifest say right where they are?';
  const noted = async (more: Partial<Target>): Promise<string[]> => {
    const { session } = lying(undefined, more);
    await runCase(some([causing({ messages: [] })]), session);
    await closeSession(session);
    return [...session.notes];
  };
  expect(await noted({ messages: async () => [] })).toEqual([note]);
  expect(await noted({ messages: async () => [mail] })).toEqual([]);
});

test('messages that cannot be read skip the case once all else held, and no sooner', async () => {
  const steps = [causing({ messages: [] })];
  const unreadable: Partial<Target> = { messages: undefined };
  expect(view(await judge(some(steps), undefined, unreadable))).toMatchObject({
    verdict: 'skip',
    cause: 'messages cannot be read',
  });
  const wrong = [causing({ messages: [] }, { expect: { error: 'NotAuthorizedException' } })];
  expect((await judge(some(wrong), undefined, unreadable)).verdict).toBe('fail');
});

test('a preparation that sends what it is not to send blocks', async () => {
  const steps = [causing({ messages: [] }, {}), causing({}, { expect: { body: {} } })];
  const result = await judge(some(steps), undefined, sending(mail));
  expect(view(result)).toMatchObject({
    verdict: 'blocked',
    cause: 'UpdateUserAttributes as a preparation: other messages than expected',
  });
});

test('messages that break off are an error of their own', async () => {
  const messages = async (): Promise<Message[]> => Promise.reject(new Error('no such file'));
  const result = await judge(some([causing({ messages: [] })]), undefined, { messages });
  expect(view(result)).toMatchObject({
    verdict: 'error',
    cause: 'messages could not be read',
    reason: 'no such file',
  });
});

test('events are a whole list of patterns', async () => {
  const events = [{ triggerSource: 'CustomMessage_UpdateUserAttribute' }];
  const judged = async (wanted: Json, ...came: unknown[]): Promise<string | undefined> =>
    (await judge(some([causing({ events: wanted })], triggers), undefined, invoking(...came))).fingerprint;
  expect(await judged(events, event)).toBeUndefined();
  expect(await judged([], event)).toBe(print('events more'));
  expect(await judged(events, event, event)).toBe(print('events more'));
  expect(await judged(events, { ...event, triggerSource: 'other' })).toBe(print('events /-/triggerSource const'));
});

test('a code inside an event is hidden', async () => {
  const steps = [causing({ events: [] })];
  const result = await judge(some(steps, triggers), undefined, invoking(event));
  expect(JSON.stringify(result)).not.toContain('123456');
  expect(result.mismatches[0]?.actual).toEqual([{ ...event, request: { codeParameter: '<Code>' } }]);
});

test('functions are defined for every user of the case, and forgotten with it', async () => {
  const said: [what: string, who: string, behaviour?: unknown][] = [];
  const functions: Target['functions'] = {
    define: async ({ Username }, behaviour) => void said.push(['define', Username, behaviour]),
    forget: async ({ Username }) => void said.push(['forget', Username]),
    events: async () => [],
  };
  const given = {
    pool: 'plain',
    user: {},
    users: { rival: {} },
    triggers: { CustomMessage: { throws: 'for ${user.Username}' } },
  };
  const { session } = lying(undefined, { functions });
  const result = await runCase(some([causing({ events: [] })], { given }), session);
  expect(result.verdict).toBe('pass');
  const [user = '', rival = ''] = said.map(([, who]) => who);
  const behaviour = { CustomMessage: { throws: `for ${user}` } };
  expect(said).toEqual([
    ['define', user, behaviour],
    ['define', rival, behaviour],
    ['forget', user],
    ['forget', rival],
  ]);
});

test('a target that invokes no functions of the run skips the case', async () => {
  const result = await judge(some([causing({ events: [] })], triggers), undefined, { functions: undefined });
  expect(view(result)).toMatchObject({
    verdict: 'skip',
    cause: 'triggers cannot be observed: the target invokes no functions of the run',
  });
});
