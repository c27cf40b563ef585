import { setTimeout as sleep } from 'node:timers/promises';
import { inShape, type Fault } from '../../mocks/fault.ts';
import { operations } from '../../mocks/operations.ts';
import type { Message } from '../../mocks/mock.ts';
import { oneOf, required, structure, text } from '../../mocks/shape.ts';
import type { Pool, State } from '../../mocks/state.ts';
import { eventOf } from '../../mocks/triggers.ts';
import { encrypted } from '../../targets/aws/account.test-data.ts';

/** Who is given codes in the place of mails and SMS. */
interface Senders {
  CustomEmailSender?: { LambdaArn: string };
  CustomSMSSender?: { LambdaArn: string };
  KMSKeyID?: string;
}

export interface Handing {
  /** Over the mock. */
  fault: Fault;
  /** Of pools without a custom sender: these would have left the account. */
  sent: readonly Message[];
  /** Rejects where a sender failed. */
  settled(): Promise<void>;
}

/** Messages of pools that have custom senders go there, encrypted, after the call was answered; so late at most. */
export function handingOver(invoke: (arn: string, event: object) => Promise<unknown>, lateMs: number): Handing {
  const sent: Message[] = [];
  const handing: Promise<unknown>[] = [];
  const handOver = async (message: Message, state: State, operation: string): Promise<void> => {
    const pool = state.pools.get(message.userPoolId);
    // A run that ends early deletes pools while calls on them are under way.
    if (!pool) return;
    const { LambdaConfig = {} } = pool.settings as { LambdaConfig?: Senders };
    const { CustomEmailSender, CustomSMSSender, KMSKeyID = '' } = LambdaConfig;
    const sender = message.medium === 'EMAIL' ? CustomEmailSender : CustomSMSSender;
    if (!sender) return void sent.push(message);
    const whole = eventFor(message, pool, operation);
    await sleep(Math.random() * lateMs);
    await invoke(sender.LambdaArn, whole(await encrypted(message.code, KMSKeyID)));
  };
  const over = Object.keys(operations).map((operation) => [
    operation,
    (next: (input: never, state: State) => unknown) => async (input: never, state: State) => {
      const before = state.messages.length;
      try {
        return await next(input, state);
      } finally {
        // Operations of others may have ended meanwhile: each takes what nobody has taken.
        for (const message of state.messages.slice(before)) {
          if (taken.has(message)) continue;
          taken.add(message);
          const handed = handOver(message, state, operation);
          handed.catch(() => undefined); // told by `settled`
          handing.push(handed);
        }
      }
    },
  ]);
  const taken = new Set<Message>();
  return {
    fault: { ...withSenders, operations: Object.fromEntries(over) as NonNullable<Fault['operations']> },
    sent,
    settled: async () => void (await Promise.all(handing)),
  };
}

const sender = structure({ LambdaVersion: required(oneOf('V1_0')), LambdaArn: required(text({ min: 20, max: 2048 })) });

const withSenders = inShape(['CreateUserPool'], ['LambdaConfig'], (shape) =>
  shape.kind === 'structure'
    ? {
        ...shape,
        members: {
          ...shape.members,
          CustomEmailSender: sender,
          CustomSMSSender: sender,
          KMSKeyID: text({ min: 20, max: 2048 }),
        },
      }
    : shape,
);

const SOURCES: Readonly<Record<string, string>> = {
  AdminCreateUser: 'AdminCreateUser',
  AdminResetUserPassword: 'ForgotPassword',
  GetUserAttributeVerificationCode: 'VerifyUserAttribute',
};

/** As the guide of custom senders shows one. The recipient of a change that is held back is not known to be in it. */
function eventFor(message: Message, pool: Pool, operation: string): (code: string) => object {
  const { medium, userPoolId, username, attribute, to } = message;
  const user = [...pool.users.values()].find((one) => one.username === username);
  if (!user) throw new Error(`${username} of ${userPoolId} was sent a message and is not there`);
  const name = medium === 'EMAIL' ? 'Email' : 'SMS';
  const event = eventOf(pool, user, {
    version: '1',
    triggerSource: `Custom${name}Sender_${SOURCES[operation] ?? 'UpdateUserAttribute'}`,
    request: { type: `custom${name}SenderRequestV1`, clientMetadata: null },
    response: {},
  });
  const { userAttributes, ...request } = event.request;
  return (code) => ({
    ...event,
    request: { ...request, code, userAttributes: { ...userAttributes, [attribute]: to } },
  });
}
