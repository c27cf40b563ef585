import { Server, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** Loaded before any server of the bench: it tells where that one listens, and how often it answered what with which status. */
let answered: Record<string, number> = {};

const emit = Server.prototype.emit;
Server.prototype.emit = function (this: Server, event: string | symbol, ...values: unknown[]): boolean {
  if (event === 'request') count(...(values as [IncomingMessage, ServerResponse]));
  if (event === 'listening') process.send?.({ port: (this.address() as AddressInfo).port });
  return Reflect.apply(emit, this, [event, ...values]) as boolean;
} as typeof emit;

function count(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    const operation = String(request.headers['x-amz-target']).split('.')[1] ?? request.method;
    const key = `${operation} ${response.statusCode}`;
    answered[key] = (answered[key] ?? 0) + 1;
  });
}

process.on('message', () => {
  process.send?.({ answered });
  answered = {};
});
process.on('disconnect', () => process.exit());
