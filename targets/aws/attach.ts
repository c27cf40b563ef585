import { openInbox, type Inbox, type InboxOptions } from './codes.ts';
import { WITHOUT_SCOPE, type Stack } from './stack.ts';

/** How a target issues tokens of one kind itself: members of the engine's `Target`. */
export interface Issue {
  client: Record<string, string | number | Record<string, string>>;
  after?: number;
}

/** Tokens that expire soon need no stack: five minutes is the shortest life, and half a minute is for clocks that differ. */
export const SHORT_LIVED: Readonly<Record<'expired', Issue>> = {
  expired: {
    client: { AccessTokenValidity: 5, TokenValidityUnits: { AccessToken: 'minutes' } },
    after: 330_000,
  },
};

/** What a deployed stack is to a target, but for what is read of it: members of the engine's `Target`. */
export interface Parts {
  poolSettings: () => { LambdaConfig: Record<string, string | Record<string, string>> };
  values: Readonly<Record<string, string>>;
  issues: Readonly<Record<string, Issue>>;
}

export type Names = Pick<
  Stack,
  'KeyArn' | 'SenderFunctionArn' | 'PreTokenFunctionArn' | 'CustomMessageFunctionArn' | 'SmsRoleArn'
>;

export function partsOf({
  KeyArn,
  SenderFunctionArn,
  PreTokenFunctionArn,
  CustomMessageFunctionArn,
  SmsRoleArn,
}: Names): Parts {
  const sender = { LambdaVersion: 'V1_0', LambdaArn: SenderFunctionArn };
  return {
    poolSettings: () => ({
      LambdaConfig: {
        CustomEmailSender: sender,
        CustomSMSSender: sender,
        KMSKeyID: KeyArn,
        PreTokenGenerationConfig: { LambdaVersion: 'V2_0', LambdaArn: PreTokenFunctionArn },
      },
    }),
    values: { smsRoleArn: SmsRoleArn, customMessageArn: CustomMessageFunctionArn },
    issues: { ...SHORT_LIVED, 'without-scope': { client: { ClientName: WITHOUT_SCOPE } } },
  };
}

/** All that a deployed stack adds to a target. `close` ends the reading of its queue. */
export async function attachStack({ stack, ...options }: Omit<InboxOptions, 'stack'> & { stack: Stack }): Promise<{
  additions: Parts & Omit<Inbox, 'close'>;
  close: () => Promise<void>;
}> {
  const { close, ...read } = await openInbox({ ...options, stack });
  return { additions: { ...partsOf(stack), ...read }, close };
}
