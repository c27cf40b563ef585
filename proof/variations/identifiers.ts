import { describeClient, describePool } from '../../mocks/describe.ts';
import { on, type Fault } from '../../mocks/fault.ts';
import type { Message, State } from '../../mocks/state.ts';
import { fold } from '../../mocks/users.ts';
import { isMembers } from './json.ts';
import type { Variations } from './variation.ts';

const letters = (): string => crypto.randomUUID().replaceAll('-', '');

/** Of version 7: a time before chance (RFC 9562). */
const timedUuid = (): string => {
  const time = Date.now().toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${crypto.randomUUID().slice(15)}`;
};

const poolIds = (make: () => string): Fault =>
  on('CreateUserPool', async (input, state, next) => {
    const { UserPool } = await next(input, state);
    const pool = state.pools.get(String(isMembers(UserPool) && UserPool['Id']));
    if (!pool) throw new Error('no pool was made');
    state.pools.delete(pool.id);
    pool.id = make();
    state.pools.set(pool.id, pool);
    return { UserPool: describePool(pool) };
  });

const clientIds = (make: () => string): Fault =>
  on('CreateUserPoolClient', async (input, state, next) => {
    const { UserPoolClient } = await next(input, state);
    const client = state.clients.get(String(isMembers(UserPoolClient) && UserPoolClient['ClientId']));
    if (!client) throw new Error('no client was made');
    state.clients.delete(client.id);
    client.id = make();
    state.clients.set(client.id, client);
    return { UserPoolClient: describeClient(client) };
  });

/** Where a user is named by the sub, the name goes with it. */
const subs = (make: () => string): Fault =>
  on('AdminCreateUser', async (input, state, next) => {
    const output = await next(input, state);
    const pool = state.pools.get(input.UserPoolId);
    const made = isMembers(output['User']) ? output['User']['Username'] : undefined;
    const user = pool?.users.get(fold(pool, String(made)));
    if (!pool || !user) throw new Error('no user was made');
    const old = user.sub;
    user.sub = make();
    if (user.username === old) {
      pool.users.delete(fold(pool, old));
      user.username = user.sub;
      pool.users.set(fold(pool, user.sub), user);
      for (const message of state.messages) if (message.username === old) message.username = user.sub;
    }
    return JSON.parse(JSON.stringify(output).replaceAll(old, user.sub));
  });

const sending = ['AdminUpdateUserAttributes', 'GetUserAttributeVerificationCode', 'UpdateUserAttributes'] as const;

/** Codes are replaced before anybody can read them. */
const codes = (make: (nth: number) => string): Fault => {
  const seen = new WeakSet<Message>();
  let nth = 0;
  const replace = (message: Message, { pools }: State): void => {
    seen.add(message);
    const pool = pools.get(message.userPoolId);
    const user = pool?.users.get(fold(pool, message.username));
    const code = user?.codes.find(({ attribute, code }) => attribute === message.attribute && code === message.code);
    if (code) code.code = message.code = make((nth += 1));
  };
  return on(sending, async (input, state, next) => {
    try {
      return await next(input, state);
    } finally {
      for (const message of state.messages) if (!seen.has(message)) replace(message, state);
    }
  });
};

/** What the service names things by. */
export const identifiers: Variations = {
  'long-pool-ids-of-another-region': {
    about:
      'The id of a pool begins with the name of its region, whichever that is, and has up to 55 characters (specs/shapes, UserPoolIdType).',
    mock: { faults: [poolIds(() => `ap-southeast-3_${(letters() + letters()).slice(0, 40)}`)] },
    shows: ({ text }) => /"Id":"ap-southeast-3_[0-9a-f]{40}"/.test(text),
    rare: true,
  },
  'client-ids-of-128-characters': {
    about:
      'The id of a client has up to 128 characters, among them plus signs and low lines (specs/shapes, ClientIdType).',
    mock: { faults: [clientIds(() => `${letters()}+_Z${'a1'.repeat(64)}`.slice(0, 128))] },
    shows: ({ text }) => /"ClientId":"[^"]{128}"/.test(text),
    rare: true,
  },
  'client-ids-of-one-character': {
    about: 'The id of a client has one character at least (specs/shapes, ClientIdType).',
    mock: { faults: [clientIds(counter(36))] },
    shows: ({ text }) => /"ClientId":"[^"]{1,3}"/.test(text),
    rare: true,
  },
  'subs-of-version-7': {
    about: 'A sub is a unique text, in practice a UUID of no promised version (default-schema).',
    mock: { faults: [subs(timedUuid)] },
    shows: ({ text }) => /"Name":"sub","Value":"[0-9a-f-]{14}7/.test(text),
  },
  'request-ids-of-version-7': {
    about: 'A request id is a UUID, of whichever version (success-headers).',
    reply: (reply) => ({
      ...reply,
      headers: reply.headers.map(([name, value]) => [name, name === 'x-amzn-requestid' ? timedUuid() : value]),
    }),
    shows: ({ text }) => /\r\nx-amzn-requestid: [0-9a-f-]{14}7/.test(text),
  },
  'codes-with-leading-zeros': {
    about: 'A code is a text of digits: its zeros count (code-verifies-the-value).',
    mock: { faults: [codes((nth) => `0000${100_000 + nth}`)] },
    shows: ({ asked }) => /"Code":"0000\d{6}"/.test(asked),
    rare: true,
  },
  'codes-of-eight-letters': {
    about: 'A code is a text without whitespace, of at least one character (code-is-required).',
    mock: { faults: [codes((nth) => `Ab-${nth.toString(36).padStart(5, '0')}`)] },
    shows: ({ asked }) => /"Code":"Ab-\w{5}"/.test(asked),
    rare: true,
  },
};

function counter(radix: number): () => string {
  let nth = 0;
  return () => (nth += 1).toString(radix);
}
