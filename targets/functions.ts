import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

/** What a function does, as `given.triggers` of a case says it: gives the event back with these answers in it, throws, gives something else back, or may not be invoked. */
type Behaviour = { answers?: object; throws?: string; returns?: unknown; refused?: string };
type Triggers = Record<string, Behaviour>;

interface User {
  UserPoolId: string;
  Username: string;
}

interface Event {
  triggerSource?: unknown;
  userPoolId?: unknown;
  userName?: unknown;
  response?: object;
}

interface Invoked {
  triggers: Triggers;
  events: unknown[];
}

/** What was defined, by pool and user; and what names a user whom nobody defined. */
interface Served {
  users: Map<string, Invoked>;
  strays: Event[];
}

const TIMEOUT_MS = 10_000;

/**
 * Serves functions in the place of AWS Lambda: `POST /2015-03-31/functions/NAME/invocations`. Whatever their name, they
 * do what was defined for the user of the event, and give any other event back as it came.
 */
export async function serveFunctions(): Promise<{ url: string; close: () => Promise<void> }> {
  const served: Served = { users: new Map(), strays: [] };
  const server = createServer((request, response) => {
    answer(served, request, response).catch((error: unknown) => response.writeHead(500).end(String(error)));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  server.unref();
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: async () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The functions served at a URL, also by another process. */
export function functionsAt(url: string) {
  const ask = async (method: string, { UserPoolId, Username }: User, body?: object): Promise<Invoked> => {
    const path = `/users/${encodeURIComponent(UserPoolId)}/${encodeURIComponent(Username)}`;
    const headers = { connection: 'close' };
    const signal = AbortSignal.timeout(TIMEOUT_MS);
    try {
      const response = await fetch(url + path, {
        method,
        headers,
        signal,
        ...(body && { body: JSON.stringify(body) }),
      });
      if (response.ok) return (await response.json()) as Invoked;
      throw new Error(`status ${response.status}`);
    } catch (error) {
      throw new Error(`the functions at ${url} cannot be reached: ${(error as Error).message}`, { cause: error });
    }
  };
  return {
    define: async (user: User, triggers: Triggers): Promise<void> => void (await ask('PUT', user, triggers)),
    forget: async (user: User): Promise<void> => void (await ask('DELETE', user)),
    events: async (user: User): Promise<unknown[]> => (await ask('GET', user)).events,
  };
}

async function answer(served: Served, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = (request.url ?? '').split('/').slice(1).map(decodeURIComponent);
  const body: unknown = JSON.parse((await text(request)) || 'null');
  if (path[0] === 'users') {
    const { users } = served;
    const key = JSON.stringify(path.slice(1));
    if (request.method === 'PUT') users.set(key, { triggers: body as Triggers, events: [] });
    if (request.method === 'DELETE') users.delete(key);
    const { triggers = {}, events = [] } = users.get(key) ?? {};
    response.end(JSON.stringify({ triggers, events: [...events, ...strayTo(path[1] ?? '', served)] }));
    return;
  }
  if (request.method !== 'POST' || !/^\/2015-03-31\/functions\/[^/]+\/invocations$/.test(request.url ?? '')) {
    response.writeHead(404).end();
    return;
  }
  invoke(served, (body ?? {}) as Event, response);
}

/** Events of a pool, or of none, that name no user of a case: whose case it was is not told by them. */
function strayTo(pool: string, { strays }: Served): Event[] {
  return strays.filter(({ userPoolId }) => typeof userPoolId !== 'string' || userPoolId === pool);
}

function invoke({ users, strays }: Served, event: Event, response: ServerResponse): void {
  const user = users.get(JSON.stringify([event.userPoolId, event.userName]));
  if (user) user.events.push(event);
  else strays.push(event);
  const trigger = String(event.triggerSource).split('_')[0] ?? '';
  const { answers, throws, refused, ...rest } = user?.triggers[trigger] ?? {};
  if (refused !== undefined) {
    response.writeHead(403, { 'content-type': 'application/json', 'x-amzn-errortype': refused });
    response.end(JSON.stringify({ Type: 'User', Message: 'The function may not be invoked' }));
  } else if (throws !== undefined) {
    response.writeHead(200, { 'x-amz-function-error': 'Unhandled' });
    response.end(JSON.stringify({ errorType: 'Error', errorMessage: throws, trace: [] }));
  } else if ('returns' in rest) {
    response.end(JSON.stringify(rest.returns));
  } else {
    response.end(JSON.stringify({ ...event, response: { ...event.response, ...answers } }));
  }
}
