import { delay } from '../latency.ts';
import { createMock, type Mock, type MockOptions, type MockRequest, type MockResponse } from '../mock.ts';
import { operations, unsigned } from '../operations.ts';
import type { OperationName } from '../inputs.ts';
import { serve, type Served, type ServeOptions } from '../serve.ts';
import { calledOperation, contentType, finished, refused } from '../wire.ts';
import { callerIdentity, formOf, noStack, refusedBySts } from './forms.ts';
import { permissionsFor } from './permissions.ts';
import { assertAllowed, type Policy } from './policy.ts';
import { pools } from './pools.ts';
import { createThrottle, type Quotas } from './quotas.ts';
import { lateSignOut } from './sign-out.ts';
import { verify, type AwsCredentials } from './signature.ts';

export type { AwsCredentials } from './signature.ts';
export type { Policy } from './policy.ts';
export type { Quotas } from './quotas.ts';

export interface StandInOptions extends MockOptions {
  /** The one caller that is known. */
  credentials: AwsCredentials;
  /** Twelve digits; 123456789012 unless given. */
  account?: string;
  /** What the caller may do; everything unless given. */
  policy?: Policy | undefined;
  /** How fast the caller may be, and how many pools there may be; without any unless given. */
  quotas?: Quotas | undefined;
  /** Milliseconds until a sign-out is seen; none unless given. */
  signedOutAfter?: number;
  /** Milliseconds until ListUserPools knows that a pool was made or deleted; none unless given. */
  listedAfter?: number;
}

/** Pools of the mock have no other. */
const region = 'us-east-1';

/** The mock behind what stands before Cognito at AWS: signatures, permissions, quotas, and what takes its time. */
export function createStandIn({ latency = 0, ...options }: StandInOptions): Mock {
  const {
    credentials,
    account = '123456789012',
    policy,
    quotas,
    signedOutAfter = 0,
    listedAfter,
    faults = [],
  } = options;
  const home = { region, account };
  const limit = quotas?.resources?.poolsPerRegion;
  const late = signedOutAfter > 0 ? [lateSignOut(signedOutAfter)] : [];
  const mock = createMock({ ...options, faults: [...pools({ ...home, limit, listedAfter }), ...late, ...faults] });
  const caller = `arn:aws:iam::${account}:user/cognito-conformance`;
  const throttle = quotas && createThrottle(quotas);

  const signed = (service: string) => ({ service, region, credentials, now: mock.clock.now() });
  // Whether Cognito throttles before it looks at a signature is not confirmed.
  const admit = async (operation: string, request: MockRequest): Promise<void> => {
    const input = membersOf(request.body);
    if (!unsigned.has(operation as OperationName)) {
      await verify(request, signed('cognito-idp'));
      if (policy) assertAllowed(policy, caller, permissionsFor(operation, input, home));
    }
    throttle?.(operation, input, mock.clock.now());
  };
  // Needs no permission: https://docs.aws.amazon.com/STS/latest/APIReference/API_GetCallerIdentity.html
  const identify = (request: MockRequest): Promise<MockResponse> =>
    verify(request, signed('sts')).then(() => callerIdentity(account, caller), refusedBySts);

  /** What is asked of other services at the same address. */
  const elsewhere = async (request: MockRequest): Promise<MockResponse | undefined> => {
    const form = formOf(request);
    switch (form?.get('Action')) {
      case 'GetCallerIdentity':
        return identify(request);
      case 'DescribeStacks':
        return noStack(form.get('StackName') ?? '');
      default:
        return undefined;
    }
  };

  const answer = async (request: MockRequest): Promise<MockResponse> => {
    const other = await elsewhere(request);
    if (other) return finished(request, other, mock.clock.now());
    const operation = calledByContract(request);
    if (operation === undefined) return mock.answer(request);
    const refusal = await admit(operation, request).then(() => undefined, refused);
    await delay(latency, operation);
    return refusal ? finished(request, refusal, mock.clock.now()) : mock.answer(request);
  };
  return { ...mock, answer };
}

/** Puts a stand-in on a port, as `serve` does with a mock. */
export async function serveAsAws(options: StandInOptions & ServeOptions): Promise<Served & { mock: Mock }> {
  const mock = createStandIn(options);
  return { ...(await serve(mock, options)), mock };
}

/** The operation of a request that comes as far as one; all others the mock itself turns away, and looks at no signature. */
function calledByContract(request: MockRequest): string | undefined {
  const { method, path, headers } = request;
  const isCall = method === 'POST' && path === '/' && headers['content-type']?.split(';')[0]?.trim() === contentType;
  const operation = calledOperation(request) ?? '';
  return isCall && (operation === 'ListUserPools' || Object.hasOwn(operations, operation)) ? operation : undefined;
}

function membersOf(body: string): Record<string, unknown> {
  try {
    return { ...(JSON.parse(body) as object) } as Record<string, unknown>;
  } catch {
    return {};
  }
}
