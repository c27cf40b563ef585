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
export type TriggerEvent = ReturnType<typeof eventOf>;

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
  const answer = await state.invoke(arn, eventOf(pool, user, occasion));
  const response = isObject(answer) ? answer['response'] : undefined;
  if (!isObject(response) || !['smsMessage', 'emailMessage', 'emailSubject'].every((name) => isWording(response[name])))
    throw invalidResponse('Unrecognizable lambda output');
  assertHoldsCode(response['emailMessage']);
}

function eventOf(pool: Pool, user: User, { source, clientId, clientMetadata }: Occasion) {
  return {
    version: '1',
    region: regionOf(pool.id),
    userPoolId: pool.id,
    userName: user.username,
    callerContext: { awsSdkVersion: 'aws-sdk-unknown-unknown', clientId: clientId ?? 'CLIENT_ID_NOT_APPLICABLE' },
    triggerSource: `CustomMessage_${source}`,
    request: {
      userAttributes: Object.fromEntries([
        ...attributeList(user).map(({ Name, Value }) => [Name, Value] as const),
        ['cognito:user_status', user.status] as const,
      ]),
      codeParameter,
      usernameParameter: source === 'AdminCreateUser' ? '{username}' : null,
      ...(clientMetadata && { clientMetadata }),
    },
    response: { smsMessage: null, emailMessage: null, emailSubject: null },
  };
}

/** The API of Lambda: what a function gives back is the body, and a header tells whether it threw. */
export const invokeAt =
  (endpoint: string): Invoke =>
  async (arn, event) => {
    const name = encodeURIComponent(arn.split(':')[6] ?? arn);
    const url = `${endpoint.replace(/\/+$/, '')}/2015-03-31/functions/${name}/invocations`;
    const { answer, text } = await post(url, JSON.stringify(event)).catch(() => {
      throw notInvoked('ServiceException');
    });
    const payload = parsed(text);
    if (!answer.ok) throw notInvoked(errorType(answer.headers.get('x-amzn-errortype') ?? member(payload, '__type')));
    if (answer.headers.has('x-amz-function-error')) {
      const error = `CustomMessage failed with error ${member(payload, 'errorMessage')}.`;
      throw new CognitoError('UserLambdaValidationException', error);
    }
    if (payload === undefined) throw invalidResponse('Invalid lambda function output : Invalid JSON');
    return payload;
  };

async function post(url: string, body: string) {
  const answer = await fetch(url, { method: 'POST', body });
  return { answer, text: await answer.text() };
}

const notInvoked = (error: string) =>
  new CognitoError('UnexpectedLambdaException', `CustomMessage invocation failed due to error ${error}.`);

/** As an SDK reads it. */
const errorType = (text: string) => text.split(':')[0]?.split('#').at(-1) || 'ServiceException';

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

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const member = (payload: unknown, name: string) => (isObject(payload) ? String(payload[name] ?? '') : '');
