import type { Target } from '../engine/target.ts';
import type { Fault } from '../mocks/fault.ts';
import { packageRoot } from '../package.ts';
import { partsOf } from '../targets/aws/attach.ts';
import { WITHOUT_SCOPE } from '../targets/aws/stack.ts';
import { startTarget } from '../targets/start.ts';
import { manifestOf, sendTo, targetOf } from './open-target.ts';

const lambda = (name: string): string => `arn:aws:lambda:us-east-1:123456789012:function:${name}`;
const PRE_TOKEN = lambda('PreToken');

/** The mock as an account in which the stack is deployed: it issues what Cognito issues there, and signs nothing else. */
export async function openRehearsal(): Promise<{ target: Target; close: () => Promise<void> }> {
  let ahead = 0;
  const clock = {
    now: () => Date.now() + ahead,
    wait: async (ms: number): Promise<void> => void (ahead += ms),
  };
  const manifest = await manifestOf({ name: 'mock' });
  const { signingKey: _, ...started } = await startTarget(manifest, {
    packageRoot,
    now: clock.now,
    faults: [preToken],
  });
  if (!started.answer) throw new Error('the mock is not called in this process');
  const parts = partsOf({
    KeyArn: 'arn:aws:kms:us-east-1:123456789012:key/codes',
    SenderFunctionArn: lambda('Sender'),
    PreTokenFunctionArn: PRE_TOKEN,
    CustomMessageFunctionArn: lambda('CustomMessage'),
    SmsRoleArn: 'arn:aws:iam::123456789012:role/sms',
  });
  return {
    target: { ...targetOf(manifest, started, sendTo(started.answer)), ...parts, clock },
    close: () => started.stop(),
  };
}

/** What the stack's function does. Others do what cases ask. */
const preToken: Fault = {
  invoke: (next, state) => async (arn, event) => {
    if (arn !== PRE_TOKEN) return next(arn, event);
    const client = state.clients.get(event.callerContext.clientId);
    if (client?.settings.ClientName !== WITHOUT_SCOPE) return event;
    const accessTokenGeneration = { scopesToSuppress: ['aws.cognito.signin.user.admin'] };
    return { ...event, response: { claimsAndScopeOverrideDetails: { accessTokenGeneration } } };
  },
};
