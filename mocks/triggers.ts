import { CognitoError, invalidParameter } from './errors.ts';
import { regionOf, type Pool, type State, type User } from './state.ts';
import { attributeList } from './users.ts';

/** On whose behalf something is sent to a user. */
export interface Occasion {
  source: 'UpdateUserAttribute' | 'VerifyUserAttribute' | 'AdminCreateUser' | 'ForgotPassword';
  /** Administrators come without one. */
  clientId?: string | undefined;
  clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Gives back what the function of this name answers to an event. */
export type Invoke = (arn: string, event: TriggerEvent) => Promise<unknown>;

/** What a function is told. */
export interface TriggerEvent {
  version: string;
  region: string;
  userPoolId: string;
  userName: string;
  callerContext: { awsSdkVersion: string; clientId: string };
  triggerSource: string;
  request: {
    userAttributes: Record<string, string>;
    clientMetadata?: Readonly<Record<string, string>>;
    [member: string]: unknown;
  };
  response: Record<string, unknown>;
}

const codeParameter = '{####}';
/** What an e-mail body may hold, and the code that it must. */
const emailBody = String.raw`[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*\{####\}[\p{L}\p{M}\p{S}\p{N}\p{P}\s*]*`;

/**
 * Asks the pool's custom message function for the wording of a message. The wording is not kept; what the function
 * does wrong refuses the call, though what the call wrote stays.
 */
export async function customMessage(state: State, pool: Pool, user: User, occasion: Occasion): Promise<void> {
  const arn = pool.settings.LambdaConfig?.CustomMessage;
  if (!arn || !state.invoke) return;
  const { source, clientId, clientMetadata } = occasion;
  const event = eventOf(pool, user, {
    version: '1',
    triggerSource: `CustomMessage_${source}`,
    clientId,
    request: {
      codeParameter,
      usernameParameter: source === 'AdminCreateUser' ? '{username}' : null,
      ...(clientMetadata && { clientMetadata }),
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  });
  const response = responseOf(await state.invoke(arn, event));
  if (!['smsMessage', 'emailMessage', 'emailSubject'].every((name) => isWording(response[name])))
    throw unrecognizable();
  assertHoldsCode(response['emailMessage']);
}

interface EventPart {
  version: string;
  triggerSource: string;
  clientId?: string | undefined;
  request: Record<string, unknown>;
  response: Record<string, unknown>;
}

export function eventOf(
  pool: Pool,
  user: User,
  { version, triggerSource, clientId, request, response }: EventPart,
): TriggerEvent {
  return {
    version,
    region: regionOf(pool.id),
    userPoolId: pool.id,
    userName: user.username,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: clientId ?? 'CLIENT_ID_NOT_APPLICABLE' },
    triggerSource,
    request: {
      userAttributes: Object.fromEntries([
        ...attributeList(user).map(({ Name, Value }) => [Name, Value] as const),
        ['cognito:user_status', user.status] as const,
      ]),
      ...request,
    },
    response,
  };
}

/** The part of an answer that is the function's own. */
export function responseOf(answer: unknown): Record<string, unknown> {
  const response = isObject(answer) ? answer['response'] : undefined;
  if (isObject(response)) return response;
  throw unrecognizable();
}

/** The API of Lambda: what a function gives back is the body, and a header tells whether it threw. */
export const invokeAt =
  (endpoint: string): Invoke =>
  async (arn, event) => {
    const name = encodeURIComponent(arn.split(':')[6] ?? arn);
    const url = `${endpoint.replace(/\/+$/, '')}/2015-03-31/functions/${name}/invocations`;
    const trigger = triggerOf(event);
    const { answer, text } = await post(url, JSON.stringify(event)).catch(() => {
      throw notInvoked(trigger, 'ServiceException');
    });
    const payload = parsed(text);
    if (!answer.ok)
      throw notInvoked(trigger, errorType(answer.headers.get('x-amzn-errortype') ?? member(payload, '__type')));
    if (answer.headers.has('x-amz-function-error')) {
      const error = `${trigger} failed with error ${member(payload, 'errorMessage')}.`;
      throw new CognitoError('UserLambdaValidationException', error);
    }
    if (payload === undefined) throw invalidResponse('Invalid lambda function output : Invalid JSON');
    return payload;
  };

async function post(url: string, body: string) {
  const answer = await fetch(url, { method: 'POST', body });
  return { answer, text: await answer.text() };
}

const notInvoked = (trigger: string, error: string) =>
  new CognitoError('UnexpectedLambdaException', `${trigger} invocation failed due to error ${error}.`);

/** As an SDK reads it. */
const errorType = (text: string) => text.split(':')[0]?.split('#').at(-1) || 'ServiceException';

/** As `LambdaConfig` calls it. */
const triggerOf = ({ triggerSource }: TriggerEvent) =>
  triggerSource.replace(/_.*/, '').replace('TokenGeneration', 'PreTokenGeneration');

const unrecognizable = () => invalidResponse('Unrecognizable lambda output');

const invalidResponse = (message: string) => new CognitoError('InvalidLambdaResponseException', message);

/** Undefined if it is no JSON. */
function parsed(payload: string): unknown {
  try {
    return JSON.parse(payload);
  } catch {
    return undefined;
  }
}

/** A wording that is left out or null is the pool's own. */
const isWording = (value: unknown) => value === undefined || value === null || typeof value === 'string';

function assertHoldsCode(body: unknown): void {
  if (typeof body !== 'string' || new RegExp(`^(?:${emailBody})$`, 'u').test(body)) return;
  throw invalidParameter(
    `1 validation error detected: Value '${body}' at 'emailBody' failed to satisfy constraint: Member must satisfy regular expression pattern: ${emailBody}`,
  );
}

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const member = (payload: unknown, name: string) => (isObject(payload) ? String(payload[name] ?? '') : '');
