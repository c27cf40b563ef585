import { call } from './call.ts';
import { exchangeWith, invokeWith, layersWith, type Fault } from './fault.ts';
import { addPools, type PoolOptions } from './initial.ts';
import { inspect } from './inspect.ts';
import { assertLatency, delay, type Latency } from './latency.ts';
import { createState, type Message } from './state.ts';
import { invokeAt } from './triggers.ts';
import { calledOperation, finished, nothingHere, preflight, refused } from './wire.ts';

export { OptionsError } from './errors.ts';
export type { Fault } from './fault.ts';
export type { ClientOptions, PoolOptions, UserOptions } from './initial.ts';
export type { Latency } from './latency.ts';
export type { Message } from './state.ts';

export interface MockRequest {
  method: string;
  /** With its query, without an origin. */
  path: string;
  /** By lower-case name. */
  headers: Record<string, string>;
  body: string;
}

export interface MockResponse {
  status: number;
  headers: Record<string, string>;
  body: string;
}

export interface Mock {
  answer: (request: MockRequest) => Promise<MockResponse>;
  /** Everything that would have been sent to users, oldest first. */
  messages: readonly Message[];
  clock: Clock;
}

/** The time that a mock lives by: codes, tokens and challenges age by it. */
export interface Clock {
  /** In milliseconds, as `Date.now` gives it. */
  now: () => number;
  /** So many milliseconds pass at once. */
  advance: (milliseconds: number) => void;
}

export interface MockOptions {
  /** What is there from the beginning.  */
  pools?: readonly PoolOptions[];
  /** The time in milliseconds; `Date.now` unless given. The mock's `clock` moves on from it. */
  now?: () => number;
  /** How long a call takes; no time unless given. */
  latency?: Latency;
  /** Where the functions in a pool's `LambdaConfig` are invoked, by the API of AWS Lambda; without it none is. */
  lambdaEndpoint?: string | undefined;
  /** Ways of being wrong on purpose. */
  faults?: readonly Fault[] | undefined;
}

/** A Cognito of its own, empty but for the pools it is given. Throws OptionsError where those cannot be. */
export function createMock(options: MockOptions = {}): Mock {
  const { pools = [], now, latency = 0, lambdaEndpoint, faults = [] } = options;
  assertLatency(latency);
  const clock = createClock(now);
  const state = createState(clock.now);
  addPools(state, pools);
  if (lambdaEndpoint !== undefined) state.invoke = invokeWith(faults, state, invokeAt(lambdaEndpoint));
  const layers = layersWith(faults);
  const route = async (request: MockRequest) => {
    if (request.method === 'OPTIONS') return preflight(request);
    if (request.method === 'GET' || request.method === 'HEAD') return inspect(state, request.path);
    return request.method === 'POST' && request.path === '/' ? call(layers, state, request) : nothingHere;
  };
  return {
    answer: exchangeWith(faults, async (request) => {
      await delay(latency, calledOperation(request));
      return finished(request, await route(request).catch(refused), clock.now());
    }),
    messages: state.messages,
    clock,
  };
}

function createClock(now = () => Date.now()): Clock {
  let ahead = 0;
  return { now: () => now() + ahead, advance: (milliseconds) => void (ahead += milliseconds) };
}
