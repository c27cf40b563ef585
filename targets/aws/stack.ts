import { TargetError } from '../target-error.ts';
import { peer } from './peer.ts';
import { reasonOf } from './reason.ts';

/** Outputs of `template.yaml`. */
const OUTPUTS = [
  'KeyArn',
  'QueueUrl',
  'QueueArn',
  'SenderFunctionArn',
  'PreTokenFunctionArn',
  'CustomMessageFunctionArn',
  'SmsRoleArn',
  'SmsExternalId',
] as const;

/** The fixed parts of an account, that its owner deployed. */
export type Stack = Record<(typeof OUTPUTS)[number], string>;

export const STACK_NAME = 'cognito-conformance';

/** A client of this name gets access tokens without `aws.cognito.signin.user.admin`, in pools with the function `PreTokenFunctionArn`. */
export const WITHOUT_SCOPE = 'cognito-conformance-without-scope';

const DEPLOY = 'deploy targets/aws/template.yaml again';

/** Undefined where there is no such stack: cases that need it cannot be judged. Rejects with a `TargetError` where it is not whole. */
export async function readStack(region: string, name = STACK_NAME): Promise<Stack | undefined> {
  const { CloudFormationClient, DescribeStacksCommand } = await peer(
    '@aws-sdk/client-cloudformation',
    () => import('@aws-sdk/client-cloudformation'),
  );
  const client = new CloudFormationClient({ region });
  try {
    const { Stacks: [stack] = [] } = await client.send(new DescribeStacksCommand({ StackName: name }));
    if (!stack) return undefined;
    const status = stack.StackStatus ?? '';
    if (!/^(CREATE|UPDATE|UPDATE_ROLLBACK)_COMPLETE$/.test(status)) {
      throw new TargetError(
        'aws',
        `the stack ${name} in ${region} is ${status}: wait until it is deployed, or ${DEPLOY}`,
      );
    }
    const found = new Map(stack.Outputs?.map(({ OutputKey, OutputValue }) => [OutputKey, OutputValue]));
    return Object.fromEntries(
      OUTPUTS.map((output) => [output, required(output, found, `${name} in ${region}`)]),
    ) as Stack;
  } catch (error) {
    if (isMissing(error)) return undefined;
    if (error instanceof TargetError) throw error;
    const message = `the stack ${name} in ${region} cannot be read (cloudformation:DescribeStacks): ${reasonOf(error)}`;
    throw new TargetError('aws', message, { cause: error });
  } finally {
    client.destroy();
  }
}

function required(output: string, found: Map<string | undefined, string | undefined>, where: string): string {
  const value = found.get(output);
  if (value !== undefined) return value;
  const there = found.size === 0 ? 'none' : [...found.keys()].join(', ');
  throw new TargetError('aws', `the stack ${where} has no output ${output}, only ${there}: ${DEPLOY}`);
}

/** The service has no error type of its own for a stack that is not there. */
function isMissing(error: unknown): boolean {
  const { name, message } = error as Error;
  return name === 'ValidationError' && /does not exist/.test(message);
}
