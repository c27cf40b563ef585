import { brief, isSuccess } from './answer.ts';
import { operationRequest } from './caller.ts';
import { readAnswer } from './answer.ts';
import { NoAnswer } from './exchange.ts';
import type { Session } from './session.ts';

/** Two harmless calls before the first case: why this endpoint cannot be judged at all, or undefined. */
export async function problemOf(session: Session): Promise<string | undefined> {
  const { target, support } = session;
  try {
    const unicorn = await support.madeUp();
    const input = { AccessToken: 'conformance' };
    const response = await target.send(operationRequest(target, 'GetUser', input, { signed: false }));
    const answer = readAnswer(response);
    const alike = isSuccess(unicorn) && answer.text === unicorn.text;
    if (!alike && !(await support.lacks('GetUser', answer))) return undefined;
    return `${target.endpoint} is not the Cognito user pools API: it answers GetUser as it answers an operation that does not exist (${brief(answer)})`;
  } catch (error) {
    if (!(error instanceof NoAnswer)) throw error;
    return `${target.endpoint} cannot be judged: ${error.message}`;
  }
}
