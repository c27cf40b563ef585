import { call } from './call.ts';
import { inspect } from './inspect.ts';
import { createState, type Message } from './state.ts';
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

/** A Cognito of its own with nothing in it: no pool, no user. `now` gives the time in milliseconds. */
export function createMock({ now = Date.now }: { now?: () => number; lambdaEndpoint?: string | undefined } = {}): Mock {
  const state = createState(now);
  const route = async (request: MockRequest) => {
    if (request.method === 'OPTIONS') return preflight(request);
    if (request.method === 'GET' || request.method === 'HEAD') return inspect(state, request.path);
    return request.method === 'POST' && request.path === '/' ? call(state, request) : nothingHere;
  };
  return {
    answer: async (request) => finished(request, await route(request).catch(refused), now()),
    messages: state.messages,
  };
}
