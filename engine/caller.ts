import type { Json, JsonObject, RawRequest } from './case.ts';
import { brief, isObject, isThrottled, readAnswer, type Answer } from './answer.ts';
import { Withheld, type Client, type ClientAnswer, type ClientCall } from './client.ts';
import { ACCEPTED_CODINGS } from './content-coding.ts';
import { requireDeclared } from './features.ts';
import { Interruption } from './interruption.ts';
import { hideHeaders, hideMembers, type Redactor } from './redact.ts';
import type { StepRecord } from './result.ts';
import { sign } from './signature.ts';
import type { HttpRequest, Target } from './target.ts';

export const TARGET_PREFIX = 'AWSCognitoIdentityProviderService.';
const CONTENT_TYPE = 'application/x-amz-json-1.1';

export interface CallOptions {
  role: StepRecord['role'];
  signed: boolean;
  headers?: Record<string, string> | undefined;
  /** Whose secrets the answer holds. */
  owner?: string | undefined;
  /** On a connection of its own. */
  fresh?: boolean;
  /** Sends it in place of the wire. */
  client?: Client | undefined;
}

/** Sends the requests of one case, each on a connection of its own if `fresh`, and keeps what was said. */
export interface Caller {
  records: StepRecord[];
  redactor: Redactor;
  call(operation: string, input: JsonObject, options: CallOptions): Promise<Answer>;
  request(request: RawRequest, options: CallOptions): Promise<Answer>;
}

export function createCaller(target: Target, redactor: Redactor, { fresh: always = false } = {}): Caller {
  const records: StepRecord[] = [];

  const exchange = async (
    name: string,
    request: HttpRequest,
    { role, owner, fresh: alone = false, client }: CallOptions,
    asked: Pick<ClientCall, 'operation' | 'input'> = { input: {} },
  ): Promise<Answer> => {
    const started = performance.now();
    const fresh = alone || always;
    const record: StepRecord = { call: name, role, request, durationMs: 0 };
    records.push(record);
    hideHeaders(request.headers, redactor);
    let came: ClientAnswer;
    try {
      came = client
        ? await client.send({ ...asked, request, fresh })
        : { request, response: await target.send(request, { fresh }) };
      record.request = came.request;
      record.response = came.response;
      if (came.request !== request) hideHeaders(came.request.headers, redactor);
    } catch (error) {
      if (error instanceof Withheld && error.response) record.response = error.response;
      record.failure = error instanceof Error ? error.message : String(error);
      throw error;
    } finally {
      record.durationMs = Math.round((performance.now() - started) * 10) / 10;
    }
    const { seen = came.response, made } = came;
    const answer: Answer = { ...readAnswer(seen), sent: came.request.body, made };
    hideMembers(answer.body, redactor, owner);
    // A throttled request says nothing of any behaviour, whatever it was sent for.
    if (isThrottled(answer)) {
      throw new Interruption('error', 'the target throttles', `${name} answered ${brief(answer)}`);
    }
    return answer;
  };

  return {
    records,
    redactor,
    call: async (operation, input, options) => {
      requireDeclared(operation, target);
      hideMembers(input, redactor, options.owner);
      return exchange(operation, operationRequest(target, operation, input, options), options, { operation, input });
    },
    request: (request, options) => {
      hideMembers(parsed(request.body), redactor, options.owner);
      const { method, path = '/', headers = {}, body } = request;
      const raw = { method, url: target.endpoint + path, headers, body };
      return exchange(`${method} ${path}`, raw, options);
    },
  };
}

/** An operation as HTTP: POST to the root, the operation in X-Amz-Target, signed where its callers sign. A text is sent as it is. */
export function operationRequest(
  target: Target,
  operation: string,
  input: JsonObject | string,
  options: Pick<CallOptions, 'signed' | 'headers'>,
): HttpRequest {
  const { region, credentials, endpoint, admin = endpoint } = target;
  const headers: Record<string, string> = {
    'content-type': CONTENT_TYPE,
    'x-amz-target': TARGET_PREFIX + operation,
    ...options.headers,
  };
  const request = {
    method: 'POST',
    url: `${options.signed ? admin : endpoint}/`,
    headers,
    body: typeof input === 'string' ? input : JSON.stringify(input),
  };
  if (options.signed) sign(request, { service: 'cognito-idp', region, credentials });
  // Not among what is signed: a proxy may offer other codings.
  headers['accept-encoding'] ??= ACCEPTED_CODINGS;
  return request;
}

function parsed(body: string | undefined): Json {
  try {
    const value = JSON.parse(body ?? 'null') as Json;
    return isObject(value) ? value : null;
  } catch {
    return null;
  }
}
