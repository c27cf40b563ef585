import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';

/** The functions of an account by their ARNs, as its owner deployed them. */
export type Deployed = Map<string, (event: object) => Promise<unknown>>;

/** Lambda, as far as Cognito asks it: synchronous invocations, by name. */
export async function serveLambda(deployed: Deployed): Promise<{ url: string; close: () => void }> {
  const named = (path = ''): ((event: object) => Promise<unknown>) | undefined => {
    const name = /\/functions\/([^/]+)\/invocations$/.exec(path)?.[1];
    return [...deployed].find(([arn]) => arn.split(':')[6] === name)?.[1];
  };
  const server = createServer((request, response) => {
    const handler = named(request.url);
    if (!handler) {
      response.writeHead(404, { 'x-amzn-errortype': 'ResourceNotFoundException' }).end('{}');
      return;
    }
    void json(request)
      .then((event) => handler(event as object))
      .then(
        (answered) => response.end(JSON.stringify(answered ?? null)),
        (error: unknown) =>
          response
            .writeHead(200, { 'x-amz-function-error': 'Unhandled' })
            .end(JSON.stringify({ errorMessage: String(error) })),
      );
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}
