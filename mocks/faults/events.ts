import { on, type Fault } from '../fault.ts';
import type { Input } from '../inputs.ts';
import type { State } from '../state.ts';
import { customMessage, type Invoke, type Occasion, type TriggerEvent } from '../triggers.ts';
import { around, insteadOf } from './makers.ts';
import { bearerOf } from './views.ts';

const update = 'UpdateUserAttributes';
const adminUpdate = 'AdminUpdateUserAttributes';
const ask = 'GetUserAttributeVerificationCode';

/** When the custom message function is asked, and what it is told. */
export const events: Record<string, Fault> = {
  'never-asks-the-function': invoking((_, __, event) => Promise.resolve(event)),
  'asks-the-function-twice': invoking(async (invoke, arn, event) => (await invoke(arn, event), invoke(arn, event))),
  'asks-no-function-about-sms': invoking((invoke, arn, event) =>
    event.request.userAttributes['phone_number'] ? Promise.resolve(event) : invoke(arn, event),
  ),
  'asks-no-function-for-administrators': on(adminUpdate, (input, state, next) =>
    next(input, { ...state, invoke: undefined }),
  ),
  'asks-the-function-about-every-update': around(update, async ({ pool, user }, next, input, state) => {
    const output = await next();
    if (!output['CodeDeliveryDetailsList']) await customMessage(state, pool, user, occasionOf(input));
    return output;
  }),
  'asks-the-function-when-a-code-comes-back': around('VerifyUserAttribute', async ({ pool, user }, next, _, state) => {
    const output = await next();
    await customMessage(state, pool, user, { source: 'VerifyUserAttribute' });
    return output;
  }),
  'asks-the-function-before-it-refuses': insteadOf(
    'InvalidParameterException',
    update,
    async (refusal, input, state) => {
      const bearer = bearerOf(state, input.AccessToken);
      if (bearer && !refusal.message.includes('emailBody')) {
        await customMessage(state, bearer.client.pool, bearer.user, occasionOf(input));
      }
      return refusal;
    },
  ),
  'cannot-do-without-a-function': around([update, ask], async ({ pool }, next) => {
    const output = await next();
    const sent = output['CodeDeliveryDetailsList'] ?? output['CodeDeliveryDetails'];
    if (sent && !pool.settings.LambdaConfig) throw new TypeError('no function');
    return output;
  }),
  'calls-an-update-a-verification': telling((event) => ({
    ...event,
    triggerSource: 'CustomMessage_VerifyUserAttribute',
  })),
  'calls-a-verification-an-update': telling((event) => ({
    ...event,
    triggerSource: 'CustomMessage_UpdateUserAttribute',
  })),
  'calls-a-verification-a-resend': telling((event) => ({
    ...event,
    triggerSource: event.triggerSource.replace('VerifyUserAttribute', 'ResendCode'),
  })),
  'calls-every-version-the-latest': telling((event) => ({ ...event, version: '$LATEST' })),
  'calls-every-version-zero': telling((event) => ({ ...event, version: '0' })),
  'tells-the-version-as-a-number': telling((event) => ({ ...event, version: 1 })),
  'names-the-pool-by-its-arn': telling((event) => ({
    ...event,
    userPoolId: `arn:aws:cognito-idp:us-east-1:000000000000:userpool/${event.userPoolId}`,
  })),
  'names-no-client': telling((event) => ({
    ...event,
    callerContext: { ...event.callerContext, clientId: 'CLIENT_ID_NOT_APPLICABLE' },
  })),
  'leaves-out-the-sdk': telling(({ callerContext: { clientId }, ...event }) => ({
    ...event,
    callerContext: { clientId },
  })),
  'tells-the-function-the-code': telling((event, state) => {
    const user = state.pools.get(event.userPoolId)?.users.get(event.userName);
    return requesting(event, { codeParameter: user?.codes.at(-1)?.code });
  }),
  'has-a-placeholder-for-the-name': telling((event) => requesting(event, { usernameParameter: '{username}' })),
  'tells-the-function-the-name': telling((event) => requesting(event, { usernameParameter: event.userName })),
  'tells-the-function-nothing-of-the-user': telling((event) => requesting(event, { userAttributes: {} })),
  'leaves-the-sub-out-of-events': telling((event) => {
    const { sub: _, ...userAttributes } = event.request.userAttributes;
    return requesting(event, { userAttributes });
  }),
  'leaves-the-status-out-of-events': telling((event) => {
    const { 'cognito:user_status': _, ...userAttributes } = event.request.userAttributes;
    return requesting(event, { userAttributes });
  }),
  'tells-flags-as-booleans': telling((event) =>
    requesting(event, {
      userAttributes: {
        ...event.request.userAttributes,
        email_verified: event.request.userAttributes['email_verified'] === 'true',
      },
    }),
  ),
  'tells-the-function-the-old-address': around(update, async ({ user }, next, _, state) => {
    const before = Object.fromEntries(user.attributes);
    const invoke = state.invoke;
    return next({
      ...state,
      invoke:
        invoke &&
        ((arn, event) =>
          invoke(arn, requesting(event, { userAttributes: { ...event.request.userAttributes, ...before } }))),
    });
  }),
  'tells-no-function-of-metadata': telling((event) => requesting(event, { clientMetadata: undefined })),
  'tells-of-metadata-where-there-is-none': telling((event) =>
    requesting(event, { clientMetadata: event.request.clientMetadata ?? {} }),
  ),
  'tells-metadata-in-ascii': telling((event) => {
    const entries = Object.entries(event.request.clientMetadata ?? {});
    const clientMetadata = Object.fromEntries(entries.map(([key, value]) => [key, value.replace(/[^ -~]/g, '?')]));
    return entries.length > 0 ? requesting(event, { clientMetadata }) : event;
  }),
  'loses-metadata-of-administrators': losingMetadata(adminUpdate),
  'loses-metadata-of-updates': losingMetadata(update),
  'loses-metadata-of-codes': losingMetadata(ask),
  'begins-the-response-with-empty-texts': invoking(async (invoke, arn, event) => {
    const response = { smsMessage: '', emailMessage: '', emailSubject: '' };
    const answer = await invoke(arn, told({ ...event, response }));
    return responseIn(answer)?.['emailMessage'] === '' ? event : answer;
  }),
  'leaves-the-response-empty': telling((event) => ({ ...event, response: {} })),
};

const occasionOf = ({ ClientMetadata }: Input<typeof update>): Occasion => ({
  source: 'UpdateUserAttribute',
  clientMetadata: ClientMetadata,
});

const requesting = (event: TriggerEvent, changes: Record<string, unknown>) => ({
  ...event,
  request: { ...event.request, ...changes },
});

/** Stands between the mock and its functions. */
export function invoking(
  over: (invoke: Invoke, arn: string, event: TriggerEvent, state: State) => Promise<unknown>,
): Fault {
  return { invoke: (next, state) => (arn, event) => over(next, arn, event, state) };
}

/** Changes what functions are told. */
function telling(change: (event: TriggerEvent, state: State) => object): Fault {
  return invoking((invoke, arn, event, state) => invoke(arn, told(change(event, state))));
}

/** What a function is told is JSON, whatever its shape. */
const told = (event: object) => event as TriggerEvent;

function losingMetadata(name: typeof update | typeof adminUpdate | typeof ask): Fault {
  return on(name, (input, state, next) => next({ ...input, ClientMetadata: undefined }, state));
}

export function responseIn(answer: unknown): Record<string, unknown> | undefined {
  return typeof answer === 'object' && answer !== null && 'response' in answer
    ? (answer.response as Record<string, unknown>)
    : undefined;
}
