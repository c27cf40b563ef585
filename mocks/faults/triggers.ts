import { CognitoError } from '../errors.ts';
import type { Fault } from '../fault.ts';
import type { State } from '../state.ts';
import type { TriggerEvent } from '../triggers.ts';
import { invoking, responseIn } from './events.ts';
import { as, around, insteadOf, saying } from './makers.ts';

const update = 'UpdateUserAttributes';
const asking = [update, 'AdminUpdateUserAttributes', 'GetUserAttributeVerificationCode'] as const;

/** What becomes of what the custom message function answers. */
export const triggers: Record<string, Fault> = {
  'answers-whatever-the-function-throws': failing('UserLambdaValidationException', (_, event) => event),
  'answers-though-the-function-may-not-be-invoked': failing('UnexpectedLambdaException', (_, event) => event),
  'keeps-the-thrown-text-to-itself': failing(
    'UserLambdaValidationException',
    saying(() => 'CustomMessage failed with error.'),
  ),
  'gives-the-thrown-text-alone': failing(
    'UserLambdaValidationException',
    saying((message) => message.replace('CustomMessage failed with error ', '').replace(/\.$/, '')),
  ),
  'calls-a-thrown-error-unexpected': failing('UserLambdaValidationException', as('UnexpectedLambdaException')),
  'crashes-when-the-function-throws': failing('UserLambdaValidationException', () => {
    throw new TypeError('the function threw');
  }),
  'takes-what-was-thrown-for-an-answer': failing('UserLambdaValidationException', unrecognizable),
  'takes-a-refusal-of-lambda-for-an-answer': failing('UnexpectedLambdaException', unrecognizable),
  'calls-a-function-that-may-not-be-invoked-throwing': failing(
    'UnexpectedLambdaException',
    as('UserLambdaValidationException'),
  ),
  'names-no-error-of-lambda': failing(
    'UnexpectedLambdaException',
    saying(() => 'CustomMessage invocation failed.'),
  ),
  'cannot-invoke-any-function': answering(() => {
    throw new CognitoError(
      'UnexpectedLambdaException',
      'CustomMessage invocation failed due to error ServiceException.',
    );
  }),
  'takes-every-answer-for-thrown': answering(() => {
    throw new CognitoError('UserLambdaValidationException', 'CustomMessage failed with error .');
  }),
  'takes-every-answer-for-nonsense': answering(() => {
    throw unrecognizable();
  }),
  'takes-null-for-the-event': answering((answer, event) => answer ?? event),
  'takes-text-for-the-event': answering((answer, event) => (typeof answer === 'string' ? event : answer)),
  'takes-a-list-for-the-event': answering((answer, event) => (Array.isArray(answer) ? event : answer)),
  'crashes-at-what-is-no-event': answering((answer) => {
    if (responseIn(answer)) return answer;
    throw new TypeError('no event');
  }),
  'calls-nonsense-thrown': insteadOf('InvalidLambdaResponseException', asking, as('UserLambdaValidationException')),
  'needs-no-placeholder-in-the-wording': answering((answer, event) => (responseIn(answer) ? event : answer)),
  'refuses-every-wording': answering((answer) => {
    if (typeof responseIn(answer)?.['emailMessage'] === 'string') throw unrecognizable();
    return answer;
  }),
  'wants-a-wording': answering((answer) => {
    const response = responseIn(answer);
    if (response && typeof response['emailMessage'] !== 'string') throw badBody(String(response['emailMessage']));
    return answer;
  }),
  'takes-wording-without-its-code-for-nonsense': insteadOf('InvalidParameterException', asking, (refusal) =>
    refusal.message.includes("'emailBody'") ? unrecognizable() : refusal,
  ),
  'does-not-say-that-the-wording-is-at-fault': insteadOf(
    'InvalidParameterException',
    asking,
    saying((message) => (message.includes("'emailBody'") ? 'Invalid lambda output' : message)),
  ),
  'undoes-an-update-when-the-function-fails': around(update, async ({ user }, next) => {
    const before = new Map(user.attributes);
    return next().catch((error: unknown) => {
      user.attributes = before;
      throw error;
    });
  }),
  'words-a-message-without-its-code': answering((answer, { userPoolId, userName }, state) => {
    const user = state.pools.get(userPoolId)?.users.get(userName);
    if (user && responseIn(answer)?.['emailMessage']) user.codes = [];
    return answer;
  }),
};

function unrecognizable(): CognitoError {
  return new CognitoError('InvalidLambdaResponseException', 'Unrecognizable lambda output');
}

const badBody = (body: string) =>
  new CognitoError(
    'InvalidParameterException',
    `1 validation error detected: Value '${body}' at 'emailBody' failed to satisfy constraint: Member must not be null`,
  );

/** Changes what functions answer. */
function answering(change: (answer: unknown, event: TriggerEvent, state: State) => unknown): Fault {
  return invoking(async (invoke, arn, event, state) => change(await invoke(arn, event), event, state));
}

/** Makes something else of what fails in the invocation. */
function failing(type: string, change: (refusal: CognitoError, event: TriggerEvent) => unknown): Fault {
  return invoking((invoke, arn, event) =>
    invoke(arn, event).catch((error: unknown) => {
      if (!(error instanceof CognitoError) || error.type !== type) throw error;
      const made = change(error, event);
      if (made instanceof CognitoError) throw made;
      return made;
    }),
  );
}
