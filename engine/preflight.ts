import type { JsonObject } from './case.ts';
import { brief, isObject, isSuccess, isThrottled, readAnswer, type Answer } from './answer.ts';
import { short } from './bounded.ts';
import { operationRequest } from './caller.ts';
import { NoAnswer } from './exchange.ts';
import type { Session } from './session.ts';
import { MADE_UP } from './support.ts';

/** Operations that every user pool has: the first one that is answered as such is enough. */
const TELLING = ['GetUser', 'InitiateAuth', 'AdminGetUser'];

/** Refusals of who signs: what a target has is not told then, since it answers so to every operation. */
const CREDENTIALS =
  /^(UnrecognizedClient|InvalidClientTokenId|InvalidSignature|SignatureDoesNotMatch|IncompleteSignature|MissingAuthenticationToken|InvalidAccessKeyId|ExpiredToken|AccessDenied)(Exception)?$/;

/** A few harmless calls before the first case: why this endpoint cannot be judged at all, or undefined. */
export async function problemOf(session: Session): Promise<string | undefined> {
  return short(await found(session));
}

async function found(session: Session): Promise<string | undefined> {
  const { target, support } = session;
  const input = { AccessToken: 'conformance' };
  const answers: Answer[] = [];
  try {
    const unicorn = await support.madeUp();
    if (CREDENTIALS.test(unicorn.error ?? '')) {
      return refusesCredentials(session, unicorn);
    }
    if (await refusesSigned(unicorn, session)) {
      return `${target.endpoint} cannot be judged: it refuses signed calls (${brief(unicorn)}); name the base URL that takes them as "admin" in the manifest`;
    }
    for (const operation of TELLING) {
      const answer = readAnswer(await target.send(operationRequest(target, operation, input, { signed: false })));
      if (isThrottled(answer)) return `${target.endpoint} cannot be judged: it throttles (${brief(answer)})`;
      const same = await support.madeUp(operation);
      const strange = isTypeless(answer, same) || isCheerful(answer, same);
      if (!strange && !(await support.lacks(operation, answer))) return await signingProblem(session);
      answers.push(answer);
    }
    if (await makesPools(session)) return undefined;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return `${target.endpoint} cannot be judged: ${error.message}`;
  }
  const [said] = answers.map(brief);
  return `${target.endpoint} is not the Cognito user pools API: it answers GetUser as it answers an operation that does not exist (${said})`;
}

/** Who does not know an operation may say so before it looks who signs: this one is known, and finds nothing. */
async function signingProblem(session: Session): Promise<string | undefined> {
  const { target } = session;
  const input = { UserPoolId: `${target.region}_conformance` };
  const answer = readAnswer(await target.send(operationRequest(target, 'DescribeUserPool', input, { signed: true })));
  // Not to be allowed this one says nothing of the others.
  const isRefused = CREDENTIALS.test(answer.error ?? '') && !answer.error?.startsWith('AccessDenied');
  return isRefused ? refusesCredentials(session, answer) : undefined;
}

/** Where keys are looked at, a signature is good for minutes. */
const LASTING_MS = 5 * 60_000;

function refusesCredentials({ target }: Session, answer: Answer): string {
  const door = target.admin ?? target.endpoint;
  const ahead = Date.parse(answer.headers['date'] ?? '') - Date.now();
  if (Math.abs(ahead) > LASTING_MS) {
    const by = `${Math.round(Math.abs(ahead) / 60_000)} minutes ${ahead > 0 ? 'behind' : 'ahead of'}`;
    return `${door} cannot be judged: it refuses what is signed here (${brief(answer)}), and this computer's clock is ${by} its own; set the clock`;
  }
  return refusesKeys(door, answer);
}

const refusesKeys = (door: string, answer: Answer): string =>
  `${door} cannot be judged: it refuses the credentials (${brief(answer)}); give those that it takes in the manifest, or in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY for --endpoint`;

/** What stands in front of the users alone refuses all that is signed, and not the same where it is not. */
async function refusesSigned({ status, error }: Answer, { target }: Session): Promise<boolean> {
  if (![401, 403].includes(status) || error !== undefined || target.admin !== undefined) return false;
  const unsigned = readAnswer(await target.send(operationRequest(target, MADE_UP, '{}', { signed: false })));
  return unsigned.status !== status;
}

/** The same status and no type to read: error pages may differ by a date or an id. */
function isTypeless(answer: Answer, unicorn: Answer): boolean {
  return !isSuccess(answer) && answer.status === unicorn.status && !answer.error && !unicorn.error;
}

/** Content with an operation that does not exist and with a token that is none, and shows no user. */
function isCheerful(answer: Answer, unicorn: Answer): boolean {
  const user = isObject(answer.body) ? answer.body['Username'] : undefined;
  return isSuccess(unicorn) && isSuccess(answer) && user === undefined;
}

/** Who says the same to all that is wrong can still be told by what is right. The pool is deleted again. */
async function makesPools({ target, id }: Session): Promise<boolean> {
  const send = async (operation: string, input: JsonObject): Promise<Answer> =>
    readAnswer(await target.send(operationRequest(target, operation, input, { signed: true })));
  const { body } = await send('CreateUserPool', { PoolName: `${id}-first` });
  const pool = isObject(body) && isObject(body['UserPool']) ? body['UserPool']['Id'] : undefined;
  if (typeof pool !== 'string') return false;
  await send('DeleteUserPool', { UserPoolId: pool });
  return true;
}
