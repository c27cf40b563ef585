import { call } from './call.ts';
import { exchangeWith, invokeWith, layersWith, type Fault } from './fault.ts';
import { inspect } from './inspect.ts';
import { createState, type Message } from './state.ts';
import { invokeAt } from './triggers.ts';
import { finished, nothingHere, preflight, refused } from './wire.ts';

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
}

export interface MockOptions {
  /** The time in milliseconds. */
  now?: () => number;
  /** Where the functions in a pool's `LambdaConfig` are invoked, by the API of AWS Lambda; without it none is. */
  lambdaEndpoint?: string | undefined;
  /** Ways of being wrong on purpose. */
  faults?: readonly Fault[] | undefined;
}

/** A Cognito of its own with nothing in it: no pool, no user. */
export function createMock({ now = Date.now, lambdaEndpoint, faults = [] }: MockOptions = {}): Mock {
  const state = createState(now);
  if (lambdaEndpoint !== undefined) state.invoke = invokeWith(faults, state, invokeAt(lambdaEndpoint));
  const layers = layersWith(faults);
  const route = async (request: MockRequest) => {
    if (request.method === 'OPTIONS') return preflight(request);
    if (request.method === 'GET' || request.method === 'HEAD') return inspect(state, request.path);
    return request.method === 'POST' && request.path === '/' ? call(layers, state, request) : nothingHere;
  };
  return {
    answer: exchangeWith(faults, async (request) => finished(request, await route(request).catch(refused), now())),
    messages: state.messages,
  };
}
