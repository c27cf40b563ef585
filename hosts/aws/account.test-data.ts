import { createStandIn, type StandInOptions } from '../../mocks/aws/stand-in.ts';
import { call } from '../../mocks/call.ts';
import { layersWith, type Fault } from '../../mocks/fault.ts';
import type { Message, Mock, MockRequest, MockResponse } from '../../mocks/mock.ts';
import { operations } from '../../mocks/operations.ts';
import { serve } from '../../mocks/serve.ts';
import type { State } from '../../mocks/state.ts';
import { finished } from '../../mocks/wire.ts';
import { packageRoot } from '../../package.ts';
import { deploy, lambda, REGION, standIn, template } from '../../targets/aws/account.test-data.ts';
import { readStack, STACK_NAME, WITHOUT_SCOPE, type Stack } from '../../targets/aws/stack.ts';
import { serveLambda, type Deployed } from './functions.test-data.ts';
import { handingOver } from './senders.test-data.ts';

export interface AccountOptions extends Omit<Partial<StandInOptions>, 'lambdaEndpoint'> {
  /** What the stack's template deploys, on moto; with none there is only Cognito and STS. */
  stack?: boolean;
  /** How late messages reach a custom sender, at most. */
  lateMs?: number;
  /** Told of every exchange. */
  seen?: (request: MockRequest, response: MockResponse) => void;
}

/** A whole account on loopback, that a command finds by its environment alone. */
export interface TestAccount {
  /** Of Cognito and of STS. */
  url: string;
  mock: Mock;
  region: string;
  /** Its id. */
  account: string;
  /** With which a command finds it, and nothing beyond it. */
  env: Readonly<Record<string, string>>;
  stack: Stack | undefined;
  /** Messages of pools that have no custom sender for them: of a real account they would have left. */
  sent: readonly Message[];
  /** Resolves when all messages were handed over. Rejects where a function failed. */
  settled(): Promise<void>;
  close(): Promise<void>;
}

const CREDENTIALS = { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'not-a-secret' };
const ACCOUNT = '123456789012';

/**
 * Opens one, or says in one line how to get what is missing of its stack. One with a stack is for a process of its own:
 * key rings keep the address of the first one.
 */
export async function openAccount({
  stack: hasStack = false,
  lateMs = 700,
  seen,
  ...options
}: AccountOptions = {}): Promise<TestAccount | string> {
  const moto = hasStack ? await standIn(packageRoot) : undefined;
  if (typeof moto === 'string') return moto;
  const stack = hasStack ? await deployed() : undefined;

  const functions: Deployed = new Map();
  const lambdas = await serveLambda(functions);
  const handing = handingOver((arn, event) => functions.get(arn)?.(event) ?? Promise.reject(new Error(arn)), lateMs);
  const inside = insideDoor();
  const mock = createStandIn({
    credentials: CREDENTIALS,
    account: ACCOUNT,
    ...options,
    lambdaEndpoint: lambdas.url,
    faults: [inside.fault, handing.fault, ...(options.faults ?? [])],
  });
  const answer: Mock['answer'] = async (request) => {
    const response = await mock.answer(request);
    seen?.(request, response);
    return response;
  };
  const { url, close } = await serve({ answer }, { onUnsupported: () => {} });
  const door = await serve(inside);
  if (stack) {
    const queued = { QUEUE_URL: stack.QueueUrl };
    functions.set(stack.SenderFunctionArn, lambda('sender', queued));
    functions.set(stack.CustomMessageFunctionArn, lambda('custom-message', queued));
    const named = { CLIENT_NAME: WITHOUT_SCOPE, AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: door.url };
    functions.set(stack.PreTokenFunctionArn, lambda('pre-token', named));
  }
  // Without the others, the stand-in knows that there is no stack.
  const services = moto?.endpoint ?? url;
  const { accessKeyId, secretAccessKey } = options.credentials ?? CREDENTIALS;
  return {
    url,
    mock,
    region: REGION,
    account: options.account ?? ACCOUNT,
    env: {
      AWS_ENDPOINT_URL: services,
      AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER: url,
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_SQS: services,
      AWS_ENDPOINT_URL_KMS: services,
      AWS_ENDPOINT_URL_CLOUDFORMATION: services,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: accessKeyId,
      AWS_SECRET_ACCESS_KEY: secretAccessKey,
    },
    stack,
    sent: handing.sent,
    settled: handing.settled,
    close: async () => {
      await Promise.all([close(), door.close()]);
      lambdas.close();
      await moto?.close();
    },
  };
}

async function deployed(): Promise<Stack | undefined> {
  await deploy(STACK_NAME, await template());
  return readStack(REGION);
}

/** Where functions find Cognito: by their own roles, which no policy of the caller is about. */
function insideDoor(): Pick<Mock, 'answer'> & { fault: Fault } {
  let state: State | undefined;
  const seen =
    (next: (input: never, of: State) => unknown) =>
    (input: never, of: State): unknown => {
      state = of;
      return next(input, of);
    };
  return {
    fault: { operations: Object.fromEntries(Object.keys(operations).map((name) => [name, seen])) },
    answer: async (request) => {
      if (!state) throw new Error('a function asks before anybody asked Cognito');
      return finished(request, await call(layersWith([]), state, request), state.now());
    },
  };
}
