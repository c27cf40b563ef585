import { isThrottled, readAnswer } from '../../engine/answer.ts';
import { operationRequest } from '../../engine/caller.ts';
import { httpSend, NoAnswer } from '../../engine/exchange.ts';
import { Interruption } from '../../engine/interruption.ts';
import type { HttpResponse, Send, Target } from '../../engine/target.ts';
import type { Call } from '../../targets/aws/leftovers.ts';
import { limited } from '../../targets/aws/limiter.ts';
import type { Quotas } from '../../targets/aws/quotas.ts';
import { TargetError } from '../../targets/target-error.ts';
import { requireCaller, type Caller, type Named } from './caller.ts';
import { credentialsFrom, endpointOf } from './environment.ts';

/** Cognito of the account that was named, for whoever the environment has credentials of. */
export interface Connection extends Caller, Pick<Target, 'endpoint' | 'region' | 'credentials' | 'send'> {
  /** Closes its sockets. */
  close(): void;
}

/** Before Cognito answers it asks a function three times, for five seconds each. */
const LIMITS = { connectMs: 4000, headersMs: 30_000, bodyMs: 8000, maxBytes: 4 * 1024 * 1024 };

/** Rejects with a `TargetError`, one line, where there is nobody to be, or somebody else. */
export async function connect(named: Named): Promise<Connection> {
  const { region } = named;
  const credentials = credentialsFrom(process.env);
  const [endpoint, sts] = [endpointOf('cognito-idp', region, process.env), endpointOf('sts', region, process.env)];
  const { send, close } = httpSend({ limits: LIMITS });
  try {
    const { arn } = await requireCaller(named, { endpoint: sts, credentials, send });
    return { arn, endpoint, region, credentials, send: patient(send), close };
  } catch (error) {
    close();
    throw error;
  }
}

/** No faster than the quotas allow. */
export function paced(send: Send, quotas: Quotas): Send {
  return limited(send, { quotas, isThrottled: (response: HttpResponse) => isThrottled(readAnswer(response)) });
}

/** How long to wait before a connection is tried again, in milliseconds: networks come back. */
const AGAIN_AFTER = [500, 1500, 3000];

/** What reached nobody was not done: it is sent again. */
function patient(send: Send): Send {
  return async (request, options) => {
    for (const wait of AGAIN_AFTER) {
      try {
        return await send(request, options);
      } catch (error) {
        if (!(error instanceof NoAnswer) || error.kind !== 'unreachable') throw error;
      }
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
    return send(request, options);
  };
}

/** Signed calls of the run itself. One that gets no answer rejects with a `TargetError`. */
export function callOf({ endpoint, region, credentials, send }: Omit<Connection, 'arn' | 'close'>): Call {
  const target = { name: 'aws', endpoint, region, credentials, values: {}, send };
  return async (operation, input) => {
    try {
      return readAnswer(await send(operationRequest(target, operation, input, { signed: true })));
    } catch (error) {
      if (error instanceof Interruption) throw new TargetError('aws', error.message);
      if (error instanceof NoAnswer) throw new TargetError('aws', `${operation} gets no answer: ${error.message}`);
      throw error;
    }
  };
}
