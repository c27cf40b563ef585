import type { Json, JsonObject } from '../../engine/case.ts';
import { unsendable, type Client, type ClientAnswer, type ClientCall } from '../../engine/client.ts';
import { Interruption } from '../../engine/interruption.ts';
import type { HttpRequest, HttpResponse, Send, Target } from '../../engine/target.ts';
import { UsageError } from '../usage-error.ts';
import { whatIsLost } from './lost.ts';
import { madeOf, type Exceptions, type Outcome } from './made.ts';
import type { Via } from './via.ts';

const PACKAGE = '@aws-sdk/client-cognito-identity-provider';
const TITLE = 'the SDK';

type Sdk = typeof import('@aws-sdk/client-cognito-identity-provider');
type SdkClient = InstanceType<Sdk['CognitoIdentityProviderClient']>;
type Command = Parameters<SdkClient['send']>[0];
/** The one place where its commands are found by name. */
type Commands = Readonly<Record<string, (new (input: JsonObject) => Command) | undefined>>;

/** A request as the SDK hands it to what sends it. */
interface SdkRequest {
  method: string;
  protocol: string;
  hostname: string;
  port?: number;
  path: string;
  headers: Record<string, string>;
  body?: string | Uint8Array;
}

/** Cases through AWS's own client: one a target, over the run's connections, with no retries of its own. */
export async function openSdk(): Promise<Via> {
  // Its warning is for whoever keeps a program on this Node, not for whoever judges a target.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const sdk = await import('@aws-sdk/client-cognito-identity-provider').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ERR_MODULE_NOT_FOUND') throw error;
    throw new UsageError(`--via sdk needs the AWS SDK: npm install --save-dev ${PACKAGE}`);
  });
  return { name: 'sdk', clientOf: (target) => clientOf(target, sdk), close: async () => {} };
}

function clientOf(target: Target, sdk: Sdk): Client {
  const { endpoint, region, credentials } = target;
  const client = new sdk.CognitoIdentityProviderClient({
    endpoint,
    region,
    credentials,
    maxAttempts: 1,
    // Nothing of what the machine is configured for.
    defaultsMode: 'legacy',
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    requestHandler: { handle: (request: SdkRequest, { exchange }: { exchange: Exchange }) => exchange(request) },
  });
  const commands = sdk as unknown as Commands;
  const exceptions = sdk as unknown as Exceptions;
  return {
    title: TITLE,
    leaves: 'nothing that is judged is a call',
    takes: () => true,
    refuses: ({ call, headers, sign }) => {
      if (call === undefined) return 'raw HTTP is not for it';
      if (headers !== undefined) return 'it sets its headers itself';
      if (sign !== undefined) return 'it decides itself what it signs';
      return commands[`${call}Command`] ? undefined : 'it has no such operation';
    },
    send: (call) => sendBy(client, commands, exceptions, call, target.send),
  };
}

type Exchange = (request: SdkRequest) => Promise<{ response: unknown }>;

async function sendBy(
  client: SdkClient,
  commands: Commands,
  exceptions: Exceptions,
  { operation, input, fresh }: ClientCall,
  send: Send,
): Promise<ClientAnswer> {
  const Operation = commands[`${operation}Command`];
  if (!Operation) throw unsendable({ title: TITLE }, 'it has no such operation');
  let exchanged: { request: HttpRequest; response: HttpResponse } | undefined;
  let failure: unknown;
  const exchange: Exchange = async (made) => {
    try {
      const request = requestOf(made);
      const lost = whatIsLost(input, JSON.parse(request.body ?? 'null') as Json);
      if (lost !== undefined) throw unsendable({ title: TITLE }, lost);
      const response = await send(request, { fresh });
      exchanged = { request, response };
      return { response: forSdk(response) };
    } catch (error) {
      failure = error;
      throw error;
    }
  };
  const outcome = await client.send(new Operation(input), { exchange } as object).then(
    (output): Outcome => ({ output }),
    (thrown: unknown): Outcome => ({ thrown }),
  );
  if (exchanged) return { ...exchanged, made: madeOf(exchanged.response, outcome, exceptions) };
  if (failure !== undefined) throw failure;
  const { thrown } = outcome as { thrown: Error };
  throw new Interruption('skip', `${TITLE} cannot send it: it fails before`, `${TITLE}: ${thrown.message}`);
}

function requestOf({ method, protocol, hostname, port, path, headers, body }: SdkRequest): HttpRequest {
  const host = port === undefined ? hostname : `${hostname}:${port}`;
  const text = typeof body === 'string' || body === undefined ? body : new TextDecoder().decode(body);
  return { method, url: `${protocol}//${host}${path}`, headers, body: text };
}

function forSdk({ status, headers, body }: HttpResponse): unknown {
  const lower: Record<string, string> = {};
  for (const [name, value] of headers) {
    const key = name.toLowerCase();
    lower[key] = key in lower ? `${lower[key]}, ${value}` : value;
  }
  return { statusCode: status, headers: lower, body: Buffer.from(body) };
}
