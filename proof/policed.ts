import { once } from 'node:events';
import { createServer, request as forward, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CognitoError } from '../mocks/errors.ts';
import { assertAllowed, type Policy } from '../mocks/aws/policy.ts';
import type { Permission } from '../mocks/aws/permissions.ts';

const CALLER = 'arn:aws:iam::123456789012:user/cognito-conformance';

/**
 * Stands before moto as IAM stands before SQS, KMS and CloudFormation: what the policy does not allow is refused, the
 * rest goes on to moto. moto's own IAM would look at the same policy, but refuses in XML whatever protocol was spoken.
 */
export async function policed(endpoint: string, policy: Policy): Promise<{ url: string; close: () => void }> {
  const server = createServer(async (incoming, outgoing) => {
    const body = await text(incoming);
    const wanted = permissionFor(incoming, body);
    const why = wanted && refusal(policy, wanted);
    if (why === undefined) {
      const { method, headers, url: path = '' } = incoming;
      const passed = forward(new URL(path, endpoint), { method, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
        answer.pipe(outgoing);
      });
      passed.on('error', () => outgoing.destroy());
      // Who waits for a message may go away.
      outgoing.on('close', () => passed.destroy());
      passed.end(body);
    } else if (wanted?.action.startsWith('cloudformation:')) {
      const error = `<Error><Type>Sender</Type><Code>AccessDenied</Code><Message>${why}</Message></Error>`;
      outgoing
        .writeHead(403, { 'content-type': 'text/xml' })
        .end(`<ErrorResponse>${error}<RequestId>a</RequestId></ErrorResponse>`);
    } else {
      outgoing
        .writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
        .end(JSON.stringify({ __type: 'AccessDeniedException', message: why }));
    }
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const close = (): void => {
    server.close();
    server.closeAllConnections();
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close };
}

const HOME = 'us-east-1:123456789012';

/** Undefined for what needs none. */
function permissionFor({ headers }: IncomingMessage, body: string): Permission | undefined {
  const target = String(headers['x-amz-target'] ?? '');
  const [, service, operation = ''] = /^(AmazonSQS|TrentService)\.(\w+)$/.exec(target) ?? [];
  if (service === undefined) {
    const form = new URLSearchParams(body);
    const resource = `arn:aws:cloudformation:${HOME}:stack/${form.get('StackName')}/an-id`;
    return { action: `cloudformation:${form.get('Action')}`, resource };
  }
  const { QueueUrl = '', KeyId = '' } = JSON.parse(body) as { QueueUrl?: string; KeyId?: string };
  if (service === 'TrentService') return { action: `kms:${operation}`, resource: KeyId };
  return { action: `sqs:${operation}`, resource: `arn:aws:sqs:${HOME}:${QueueUrl.split('/').at(-1)}` };
}

function refusal(policy: Policy, wanted: Permission): string | undefined {
  try {
    assertAllowed(policy, CALLER, [wanted]);
    return undefined;
  } catch (error) {
    if (error instanceof CognitoError) return error.message;
    throw error;
  }
}

async function text(incoming: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of incoming) body += String(chunk);
  return body;
}
