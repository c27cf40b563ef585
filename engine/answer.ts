import type { Json, JsonObject } from './case.ts';
import type { Made } from './client.ts';
import type { HttpResponse } from './target.ts';

/** An answer as a client reads it. */
export interface Answer {
  status: number;
  /** Lower-case names; repeated headers joined by a comma. */
  headers: Record<string, string>;
  text: string;
  /** The parsed body; undefined where it is not JSON. */
  body: Json | undefined;
  /** The error type as an SDK reads it; never on a 2xx. */
  error?: string | undefined;
  message?: string | undefined;
  /** The body that it answers. */
  sent?: string | undefined;
  /** What else a client made of it. */
  made?: Made | undefined;
}

/** Type and message come from the body first, then from the header, as in the AWS SDKs. */
export function readAnswer(response: HttpResponse): Answer {
  const fields = new Map<string, string>();
  for (const [name, value] of response.headers) {
    const key = name.toLowerCase();
    fields.set(key, fields.has(key) ? `${fields.get(key)}, ${value}` : value);
  }
  const headers = Object.fromEntries(fields);
  const body = parse(response.body);
  const answer: Answer = { status: response.status, headers, text: response.body, body };
  if (isSuccess(answer)) return answer;
  const members: JsonObject = isObject(body) ? body : {};
  const type = text(members['__type']) ?? headers['x-amzn-errortype'];
  return {
    ...answer,
    error: type === undefined ? undefined : nameIn(type) || undefined,
    message: text(members['message']) ?? text(members['Message']),
  };
}

/** As the AWS SDKs cut it: the first of several, before `:`, after `#`. */
function nameIn(type: string): string {
  return (type.split(/[,:]/)[0] ?? '').replace(/^.*#/, '').trim();
}

export function isSuccess(answer: Pick<Answer, 'status'>): boolean {
  return answer.status >= 200 && answer.status < 300;
}

/** A 2xx that does not carry an error inside: some servers answer 200 to what they refuse. */
export function isAccepted(answer: Pick<Answer, 'status' | 'body'>): boolean {
  return isSuccess(answer) && errorInside(answer.body) === undefined;
}

/** Nothing of the API answers so: a redirect, or a success that is no JSON. */
export function isGarbled({ status, text, body }: Pick<Answer, 'status' | 'text' | 'body'>): boolean {
  if (status >= 300 && status < 400) return true;
  return isSuccess({ status }) && text !== '' && body === undefined;
}

/** A 4xx. What answers 5xx has refused nothing: it broke, and clients try it again. */
export function isRefused({ status }: Pick<Answer, 'status'>): boolean {
  return status >= 400 && status < 500;
}

/** The error type of a body: its own, or that of the envelope of another protocol. */
function errorInside(body: Json | undefined): string | undefined {
  if (!isObject(body)) return undefined;
  const { Output } = body;
  return text(body['__type']) ?? (isObject(Output) ? text(Output['__type']) : undefined);
}

export function isThrottled(answer: Pick<Answer, 'status' | 'error'>): boolean {
  return answer.error === 'TooManyRequestsException' || answer.status === 429;
}

/** The answer in a few words: `200`, `400 NotAuthorizedException`, `500 text/html`. */
export function brief(answer: Answer): string {
  if (isAccepted(answer)) return String(answer.status);
  if (isSuccess(answer)) return `${answer.status} holding ${errorInside(answer.body)}`;
  const contentType = answer.headers['content-type']?.replace(/;.*$/, '');
  return `${answer.status} ${answer.error ?? contentType ?? 'without a type'}`;
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parse(body: string): Json | undefined {
  try {
    return JSON.parse(body) as Json;
  } catch {
    return undefined;
  }
}
